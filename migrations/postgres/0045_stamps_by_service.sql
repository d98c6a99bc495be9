-- +goose Up
-- Of which services' answers somebody has said that they are still true for a checklist: of which checklist (of_rid is
-- the service's own) and of which rev of its answer. checklist_answers.still_of and still_rev held one of them and are
-- not read any more.
CREATE TABLE checklist_stamps (
  checklist_rid BIGINT NOT NULL REFERENCES checklists (rid),
  item          TEXT NOT NULL,
  of_rid        BIGINT NOT NULL REFERENCES checklists (rid),
  rev           BIGINT NOT NULL,
  by_id         TEXT NOT NULL,
  at            BIGINT NOT NULL,
  PRIMARY KEY (checklist_rid, item, of_rid)
);
INSERT INTO checklist_stamps (checklist_rid, item, of_rid, rev, by_id, at)
  SELECT checklist_rid, item, still_of, still_rev, COALESCE((said::json #>> '{still,by}'), ''), COALESCE((said::json #>> '{still,at}')::bigint, 0)
  FROM checklist_answers WHERE still_of <> 0 AND said LIKE '%"still":{"by":%' AND EXISTS (SELECT 1 FROM checklists k WHERE k.rid = still_of);
