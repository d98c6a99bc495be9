-- +goose Up
-- How critical a team is and when it launches stand in team_facts since step 53; what is said per discipline no longer
-- has room for them.
CREATE TABLE team_needs_now (
  team_id    TEXT NOT NULL REFERENCES teams (id),
  discipline TEXT NOT NULL,
  pages      BIGINT,
  skill      BIGINT,
  said_by    TEXT NOT NULL,
  said_at    BIGINT NOT NULL,
  PRIMARY KEY (team_id, discipline)
);
INSERT INTO team_needs_now (team_id, discipline, pages, skill, said_by, said_at)
SELECT team_id, discipline, pages, skill, said_by, said_at FROM team_needs;
-- rebuild: of team_needs, without two columns that nothing reads
DROP TABLE team_needs;
ALTER TABLE team_needs_now RENAME TO team_needs;
