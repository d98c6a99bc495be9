-- +goose Up
-- How critical a team is and when it launches next, as somebody has said it: of the team, for every discipline. It was
-- kept per discipline in team_needs, whose two columns nothing reads any more. Kept is the more critical, and of the days
-- the one that was said last.
CREATE TABLE team_facts (
  team_id     TEXT NOT NULL PRIMARY KEY REFERENCES teams (id),
  criticality BIGINT,
  launch_on   TEXT NOT NULL DEFAULT '',
  said_by     TEXT NOT NULL,
  said_at     BIGINT NOT NULL
);
INSERT INTO team_facts (team_id, criticality, launch_on, said_by, said_at)
SELECT n.team_id, (SELECT MAX(c.criticality) FROM team_needs c WHERE c.team_id = n.team_id),
  COALESCE((SELECT l.launch_on FROM team_needs l WHERE l.team_id = n.team_id AND l.launch_on <> '' ORDER BY l.said_at DESC, l.discipline LIMIT 1), ''),
  n.said_by, n.said_at
FROM team_needs n
WHERE NOT EXISTS (SELECT 1 FROM team_needs o WHERE o.team_id = n.team_id AND (o.said_at > n.said_at OR (o.said_at = n.said_at AND o.discipline < n.discipline)))
  AND EXISTS (SELECT 1 FROM team_needs h WHERE h.team_id = n.team_id AND (h.criticality IS NOT NULL OR h.launch_on <> ''));
