-- +goose Up
-- What hangs on a team need not hang on one of its boards.
CREATE TABLE side_topics_now (
  topic    TEXT PRIMARY KEY,
  board_id TEXT REFERENCES boards (id),
  team_id  TEXT NOT NULL REFERENCES teams (id)
);
INSERT INTO side_topics_now (topic, board_id, team_id) SELECT topic, board_id, team_id FROM side_topics;
-- rebuild: of side_topics
DROP TABLE side_topics;
ALTER TABLE side_topics_now RENAME TO side_topics;
CREATE INDEX side_topics_of_board ON side_topics (board_id);
CREATE INDEX side_topics_of_team ON side_topics (team_id);

-- Templates of liaison checklists: the organisation's (no team) and those of teams.
CREATE TABLE checklist_templates (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  key        TEXT NOT NULL,
  team_id    TEXT REFERENCES teams (id),
  name       TEXT NOT NULL,
  version    BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  retired_at BIGINT
);
CREATE INDEX checklist_templates_of_team ON checklist_templates (team_id);

-- Published versions; they never change. Items are JSON; none are those that come with the program.
CREATE TABLE checklist_template_versions (
  rid          INTEGER PRIMARY KEY AUTOINCREMENT,
  template_rid BIGINT NOT NULL REFERENCES checklist_templates (rid),
  number       BIGINT NOT NULL,
  items        TEXT NOT NULL,
  note         TEXT NOT NULL DEFAULT '',
  published_by TEXT NOT NULL DEFAULT '',
  published_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX checklist_template_versions_by_number ON checklist_template_versions (template_rid, number);

INSERT INTO checklist_templates (id, key, name, created_at) VALUES ('ckt_launch', 'launch', 'Launch', 0);
INSERT INTO checklist_template_versions (template_rid, number, items, note, published_at)
  SELECT rid, 1, '', 'Comes with Trestle', 0 FROM checklist_templates WHERE id = 'ckt_launch';

-- A checklist of a card, of a service (its one standing one) or of a launch. Its name is empty where its subject names
-- it. adopted: item to the newer version from which it was taken over, as JSON. Days are text, in the team's time zone.
CREATE TABLE checklists (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  team_id     TEXT NOT NULL REFERENCES teams (id),
  kind        TEXT NOT NULL,
  card_rid    BIGINT REFERENCES cards (rid),
  service_rid BIGINT REFERENCES services (rid),
  name        TEXT NOT NULL DEFAULT '',
  version_rid BIGINT NOT NULL REFERENCES checklist_template_versions (rid),
  adopted     TEXT NOT NULL DEFAULT '{}',
  level       TEXT NOT NULL,
  phase       TEXT NOT NULL,
  launch_on   TEXT NOT NULL DEFAULT '',
  version     BIGINT NOT NULL DEFAULT 1,
  created_by  TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  frozen_at   BIGINT,
  frozen_by   TEXT NOT NULL DEFAULT '',
  archived_at BIGINT
);
CREATE INDEX checklists_of_team ON checklists (team_id, archived_at);
CREATE UNIQUE INDEX checklists_of_card ON checklists (card_rid) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX checklists_of_service ON checklists (service_rid) WHERE archived_at IS NULL;

-- The services whose answers a checklist inherits, in their order.
CREATE TABLE checklist_services (
  checklist_rid BIGINT NOT NULL REFERENCES checklists (rid),
  service_rid   BIGINT NOT NULL REFERENCES services (rid),
  place         BIGINT NOT NULL,
  PRIMARY KEY (checklist_rid, service_rid)
) WITHOUT ROWID;
CREATE INDEX checklist_services_of_service ON checklist_services (service_rid);

-- One answer to one item. rev counts what was said, not how it stands. What decides whether it counts has columns; the
-- rest is JSON, by whom and when in it. word: what was said when that is short, for items that depend on it. still: of which checklist of a service and of which of its revs somebody has
-- said that it is still true here.
CREATE TABLE checklist_answers (
  checklist_rid BIGINT NOT NULL REFERENCES checklists (rid),
  item          TEXT NOT NULL,
  state         TEXT NOT NULL,
  rev           BIGINT NOT NULL,
  explained_by  TEXT NOT NULL DEFAULT '',
  answered_at   BIGINT,
  confirm_by    TEXT NOT NULL DEFAULT '',
  expires_on    TEXT NOT NULL DEFAULT '',
  gap_until     TEXT NOT NULL DEFAULT '',
  differs       BIGINT NOT NULL DEFAULT 0,
  still_of      BIGINT NOT NULL DEFAULT 0,
  still_rev     BIGINT NOT NULL DEFAULT 0,
  word          TEXT NOT NULL DEFAULT '',
  said          TEXT NOT NULL,
  PRIMARY KEY (checklist_rid, item)
);
-- lists of checklists read how every answer stands and nothing of what it says
CREATE INDEX checklist_answers_standing ON checklist_answers (checklist_rid, item, state, rev, explained_by, answered_at, confirm_by, expires_on, gap_until,
  differs, still_of, still_rev, word);

-- Which rev of an answer somebody has opened: only what was opened can be understood.
CREATE TABLE checklist_opened (
  checklist_rid BIGINT NOT NULL REFERENCES checklists (rid),
  item          TEXT NOT NULL,
  person_id     TEXT NOT NULL REFERENCES people (id),
  rev           BIGINT NOT NULL,
  PRIMARY KEY (checklist_rid, person_id, item)
) WITHOUT ROWID;

CREATE TABLE checklist_comments (
  rid           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT NOT NULL UNIQUE,
  checklist_rid BIGINT NOT NULL REFERENCES checklists (rid),
  item          TEXT NOT NULL,
  person_id     TEXT NOT NULL REFERENCES people (id),
  text          TEXT NOT NULL,
  at            BIGINT NOT NULL,
  removed_at    BIGINT
);
CREATE INDEX checklist_comments_of_item ON checklist_comments (checklist_rid, item);
