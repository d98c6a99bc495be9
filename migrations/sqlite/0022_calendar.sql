-- +goose Up
-- Which rituals of a team operations and security come to. Days are dates of the ritual's own time zone. One that ends
-- keeps its line: the past is judged by what was agreed then. Taken back before it began, until lies before since.
CREATE TABLE ritual_agreements (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  team_id    TEXT NOT NULL REFERENCES teams (id),
  kind       TEXT NOT NULL,
  -- '' is every ritual of the kind
  series_id  TEXT NOT NULL DEFAULT '',
  -- null is anybody of the discipline
  person_id  TEXT REFERENCES people (id),
  discipline TEXT NOT NULL,
  -- "1,3": 1 Monday … 7 Sunday; '' is every day
  weekdays   TEXT NOT NULL DEFAULT '',
  -- each n-th week, counted from the week of since
  every      BIGINT NOT NULL DEFAULT 1,
  since      TEXT NOT NULL,
  until      TEXT NOT NULL DEFAULT '',
  agreed_by  TEXT NOT NULL,
  agreed_at  BIGINT NOT NULL
);
CREATE INDEX ritual_agreements_of_team ON ritual_agreements (team_id, kind);

-- Somebody is asked to come this once.
CREATE TABLE ritual_invitations (
  rid          INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE,
  team_id      TEXT NOT NULL REFERENCES teams (id),
  series_id    TEXT NOT NULL,
  starts_at    BIGINT NOT NULL,
  person_id    TEXT NOT NULL REFERENCES people (id),
  invited_by   TEXT NOT NULL,
  invited_at   BIGINT NOT NULL,
  withdrawn_at BIGINT
);
CREATE UNIQUE INDEX ritual_invitations_once ON ritual_invitations (series_id, starts_at, person_id) WHERE withdrawn_at IS NULL;
CREATE INDEX ritual_invitations_of_team ON ritual_invitations (team_id, starts_at);

-- Secret addresses of .ics feeds: of a person's teams, or of one team. Of the secret only its hash is kept.
CREATE TABLE calendar_feeds (
  id          TEXT PRIMARY KEY,
  person_id   TEXT REFERENCES people (id),
  team_id     TEXT REFERENCES teams (id),
  secret_hash TEXT NOT NULL UNIQUE,
  created_by  TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  read_at     BIGINT,
  revoked_at  BIGINT
);
CREATE INDEX calendar_feeds_of_person ON calendar_feeds (person_id);
CREATE INDEX calendar_feeds_of_team ON calendar_feeds (team_id);
