-- +goose Up
-- What a service is (digital, cots, foundational), who runs it (team, operations), and why. What both ran is the team's,
-- and says so; of the rest nobody has said why.
ALTER TABLE services ADD COLUMN operating_model_why TEXT NOT NULL DEFAULT '';
UPDATE services SET kind = CASE kind WHEN 'external' THEN 'cots' WHEN 'data' THEN 'foundational' WHEN 'platform' THEN 'foundational' ELSE 'digital' END;
UPDATE services SET operating_model = 'team', operating_model_why = 'Shared with operations before this was asked.' WHERE operating_model = 'shared';
