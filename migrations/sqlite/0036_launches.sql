-- +goose Up
-- How something is launched: the plan beside a checklist that has a day, and how far it has come. The plan is JSON:
-- stages, stop rules, watchers, the way back.
CREATE TABLE launches (
  checklist_rid BIGINT NOT NULL PRIMARY KEY REFERENCES checklists (rid),
  plan          TEXT NOT NULL,
  state         TEXT NOT NULL,
  began_at      BIGINT,
  ended_at      BIGINT,
  version       BIGINT NOT NULL
);
CREATE INDEX launches_under_way ON launches (state);

-- Days on which nothing should launch, both included: of a team, or of everybody (no team).
CREATE TABLE freezes (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  team_id    TEXT REFERENCES teams (id),
  title      TEXT NOT NULL,
  why        TEXT NOT NULL DEFAULT '',
  from_day   TEXT NOT NULL,
  to_day     TEXT NOT NULL,
  made_by    TEXT NOT NULL,
  made_at    BIGINT NOT NULL,
  version    BIGINT NOT NULL DEFAULT 1,
  removed_at BIGINT
);
CREATE INDEX freezes_by_day ON freezes (to_day);
