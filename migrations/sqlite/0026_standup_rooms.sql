-- +goose Up
-- Of a turn of somebody who has no account here: their name.
ALTER TABLE standup_steps ADD COLUMN person_name TEXT NOT NULL DEFAULT '';

-- When those meet whom something parked concerns, for how many minutes, and who.
ALTER TABLE standup_parked ADD COLUMN meet_at BIGINT;
ALTER TABLE standup_parked ADD COLUMN meet_minutes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE standup_parked ADD COLUMN meet_people TEXT NOT NULL DEFAULT '[]';
CREATE INDEX standup_parked_meets ON standup_parked (series_rid, meet_at) WHERE meet_at IS NOT NULL;

-- core was all heads of the team as somebody counted them. It is those now who are counted besides whoever is known by
-- name, so that nobody counts twice.
UPDATE standup_meetings SET core = MAX(0, core - (SELECT COUNT(*) FROM standup_attendance a
  WHERE a.meeting_rid = standup_meetings.rid AND a.role = 'core' AND a.state <> 'away')) WHERE core IS NOT NULL;
