package seed_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"trestle/seed"
	"trestle/server/account"
	"trestle/server/ask"
	"trestle/server/blob"
	"trestle/server/board"
	"trestle/server/calendar"
	"trestle/server/card"
	"trestle/server/catalogue"
	"trestle/server/checklist"
	"trestle/server/clock"
	"trestle/server/fault"
	"trestle/server/flow"
	"trestle/server/health"
	"trestle/server/launch"
	"trestle/server/liaison"
	"trestle/server/notice"
	"trestle/server/retro"
	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func tell(t *testing.T, st *store.Store, clk *clock.Fake, now time.Time) {
	t.Helper()
	accounts := account.New(st, account.Config{Demo: true, Log: slog.New(slog.DiscardHandler), Cost: account.Cost{Passes: 1, Memory: 64}})
	boards := board.New(st)
	cards := card.New(st, boards, "test")
	cards.UseFiles(card.Files{Store: blob.Disk(t.TempDir()), MaxFile: 1 << 20})
	teams := team.New(st, accounts)
	rooms := seed.Rooms{Store: st, Accounts: accounts, Teams: teams, Boards: boards, Cards: cards, Flow: flow.New(st, boards), Asks: ask.New(st, boards, cards), Retros: retro.New(st, boards, cards), Health: health.New(st),
		Notices: notice.New(st, accounts, teams, nil, notice.Config{}), Standups: standup.New(st, boards, cards, nil), Rituals: ritual.New(st, boards, cards)}
	rooms.Calendar = calendar.New(st, accounts, boards, rooms.Standups, rooms.Retros, rooms.Rituals, slog.New(slog.DiscardHandler))
	rooms.Services, rooms.Checklists = catalogue.New(st), checklist.New(st, boards, cards)
	rooms.Launches = launch.New(st, rooms.Checklists, cards)
	rooms.Liaison = liaison.New(st, teams, rooms.Boards, rooms.Cards, rooms.Calendar, rooms.Checklists, rooms.Launches, slog.New(slog.DiscardHandler))
	if err := seed.Story(context.Background(), rooms, clk, now, nil); err != nil {
		t.Fatal(err)
	}
}

// The story must hold what every later page wants to show, and be the same each time it is told.
func TestStory(t *testing.T) {
	trestletest.WithoutRace(t)
	now := time.Date(2026, 11, 19, 10, 40, 0, 0, time.UTC)
	clk := clock.NewFake(now)
	st := trestletest.Open(t, trestletest.WithClock(clk))
	begin := time.Now()
	tell(t, st, clk, now)
	t.Logf("told in %v", time.Since(begin).Round(time.Millisecond))
	for what, c := range map[string]struct {
		stmt string
		min  int
	}{
		"people":                       {"SELECT COUNT(*) FROM people", 20},
		"teams":                        {"SELECT COUNT(*) FROM teams", 5},
		"administrators":               {"SELECT COUNT(*) FROM people WHERE role = 'admin'", 2},
		"managers":                     {"SELECT COUNT(*) FROM people WHERE role = 'manager'", 2},
		"guests":                       {"SELECT COUNT(*) FROM people WHERE role = 'guest'", 2},
		"finished cards":               {"SELECT COUNT(*) FROM cards WHERE finished_at IS NOT NULL AND started_at IS NOT NULL", 120},
		"cards in progress":            {"SELECT COUNT(*) FROM cards WHERE finished_at IS NULL AND started_at IS NOT NULL", 30},
		"moves":                        {"SELECT COUNT(*) FROM card_transitions WHERE kind = 'move'", 800},
		"returns with a reason":        {"SELECT COUNT(*) FROM card_transitions WHERE backward = TRUE AND return_category <> ''", 10},
		"overrides with a reason":      {"SELECT COUNT(*) FROM card_transitions WHERE override_reason <> ''", 20},
		"closed blockers":              {"SELECT COUNT(*) FROM blockers WHERE closed_at IS NOT NULL", 30},
		"open blockers":                {"SELECT COUNT(*) FROM blockers WHERE closed_at IS NULL", 4},
		"expedites":                    {"SELECT COUNT(*) FROM cards WHERE class = 'expedite'", 4},
		"finished asks":                {"SELECT COUNT(*) FROM asks a JOIN cards c ON c.rid = a.card_rid WHERE a.state = 'accepted' AND c.finished_at IS NOT NULL", 10},
		"asks in the queue":            {"SELECT COUNT(*) FROM asks WHERE state IN ('raised', 'questioned')", 3},
		"asks of Payments to Security": {"SELECT COUNT(*) FROM asks a JOIN teams t ON t.id = a.team_id JOIN cards c ON c.rid = a.card_rid JOIN places p ON p.card_rid = c.rid JOIN columns k ON k.rid = p.column_rid WHERE t.key = 'SEC' AND a.state = 'raised' AND a.for_team_key = 'PAY' AND k.asks_at IS NOT NULL", 1},
		"retros":                       {"SELECT COUNT(*) FROM retros WHERE closed_at IS NOT NULL", 2},
		"actions of the last retro":    {"SELECT COUNT(*) FROM retro_actions a WHERE a.retro_rid = (SELECT MAX(rid) FROM retros)", 3},
		"actions that are done":        {"SELECT COUNT(*) FROM retro_actions a JOIN cards c ON c.rid = a.card_rid WHERE c.finished_at IS NOT NULL", 1},
		"actions that were carried":    {"SELECT COUNT(*) FROM retro_actions WHERE carried = 1 AND state = 'open'", 1},
		"attachments":                  {"SELECT COUNT(*) FROM attachments", 1},
		"choices about notices":        {"SELECT COUNT(*) FROM notice_ways", 1},
		"standups held":                {"SELECT COUNT(*) FROM standup_meetings WHERE state = 'ended'", 20},
		"rituals that come again":      {"SELECT COUNT(*) FROM ritual_series", 6},
		"agreements to come":           {"SELECT COUNT(*) FROM ritual_agreements", 9},
		"health checks":                {"SELECT COUNT(*) FROM health_checks WHERE state = 'revealed'", 3},
		"things parked":                {"SELECT COUNT(*) FROM standup_parked WHERE settled_at IS NULL", 1},
		"people on call":               {"SELECT COUNT(*) FROM on_call_shifts WHERE from_at < 1795084800000 AND to_at > 1795084800000", 3},
		"services":                     {"SELECT COUNT(*) FROM services", 2},
		"checklists":                   {"SELECT COUNT(*) FROM checklists", 3},
		"answers understood":           {"SELECT COUNT(*) FROM checklist_answers WHERE state = 'understood'", 40},
		"answers that wait":            {"SELECT COUNT(*) FROM checklist_answers WHERE state = 'answered'", 4},
		"answers pushed back":          {"SELECT COUNT(*) FROM checklist_answers WHERE state = 'questioned'", 1},
		"accepted gaps":                {"SELECT COUNT(*) FROM checklist_answers WHERE state = 'gap'", 1},
		"launches planned":             {"SELECT COUNT(*) FROM launches", 3},
		"launches under way":           {"SELECT COUNT(*) FROM launches WHERE state = 'running'", 1},
		"freezes":                      {"SELECT COUNT(*) FROM freezes", 1},
		"comments":                     {"SELECT COUNT(*) FROM comments", 60},
	} {
		if n := trestletest.Count(t, st, c.stmt); n < c.min {
			t.Errorf("%d %s, want at least %d", n, what, c.min)
		} else {
			t.Logf("%d %s", n, what)
		}
	}
	if n := trestletest.Count(t, st, "SELECT COUNT(*) FROM events WHERE at > ?", now.UnixMilli()); n > 0 {
		t.Errorf("%d events lie in the future", n)
	}
	t.Run("a newer version", func(t *testing.T) { newer(t, st) })
	t.Run("one clock", func(t *testing.T) { oneClock(t, st, now) })
	t.Run("the same each time", func(t *testing.T) { again(t, st, now) })
	t.Run("a checklist opens the way", func(t *testing.T) { gate(t, st) })
}

// again tells the story anew, elsewhere, and holds it beside the first.
func again(t *testing.T, first *store.Store, now time.Time) {
	clk := clock.NewFake(now)
	second := trestletest.Open(t, trestletest.WithClock(clk))
	tell(t, second, clk, now)
	a, b := told(t, first), told(t, second)
	if len(a) != len(b) {
		t.Fatalf("%d cards, then %d", len(a), len(b))
	}
	for i := range a {
		if a[i] != b[i] {
			t.Fatalf("line %d: %q, then %q", i, a[i], b[i])
		}
	}
}

func told(t *testing.T, st *store.Store) (lines []string) {
	err := st.Rows(t.Context()).Each(func(scan func(...any) error) error {
		var title, column string
		err := scan(&title, &column)
		lines = append(lines, title+" in "+column)
		return err
	}, "SELECT c.key || ' ' || c.title, k.name FROM cards c JOIN places p ON p.card_rid = c.rid JOIN columns k ON k.rid = p.column_rid ORDER BY c.rid")
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// gate holds that the board of launches lets one of its cards in and refuses the other, and that no board of everyday
// work asks for a checklist.
func gate(t *testing.T, st *store.Store) {
	if n := trestletest.Count(t, st, "SELECT COUNT(*) FROM columns WHERE checklist <> ''"); n != 1 {
		t.Errorf("%d columns ask for a checklist", n)
	}
	boards := board.New(st)
	cards := card.New(st, boards, "test")
	checklist.New(st, boards, cards)
	var id, team string
	if _, err := st.Rows(t.Context()).Row([]any{&id, &team}, "SELECT p.id, m.team_id FROM people p JOIN members m ON m.person_id = p.id WHERE p.name LIKE 'Ana %' AND m.role = 'lead'"); err != nil {
		t.Fatal(err)
	}
	ana := trestletest.Ctx(t, who.Viewer{PersonID: id, Role: who.Member})
	for title, code := range map[string]string{"Receipts in the shopper’s language": "checklist_required", "Delivery on Sundays": ""} {
		var cardID, column string
		var version int64
		if found, err := st.Rows(t.Context()).Row([]any{&cardID, &version, &column}, `SELECT c.id, c.version, k.id FROM cards c JOIN columns k ON k.board_rid = c.board_rid AND k.checklist <> '' WHERE c.title = ?`, title); err != nil || !found {
			t.Fatal(title, found, err)
		}
		_, err := cards.Move(ana, cardID, card.Move{ColumnID: column, Version: &version})
		if (code == "") != (err == nil) || code != "" && !fault.Is(err, code) {
			t.Errorf("%s: %v, want %q", title, err, code)
		}
	}
}

// newer holds that a checklist that runs is of the first of two versions, and that the second names where it comes from.
func newer(t *testing.T, st *store.Store) {
	if n := trestletest.Count(t, st, `SELECT COUNT(*) FROM checklists k JOIN checklist_template_versions v ON v.rid = k.version_rid JOIN cards c ON c.rid = k.card_rid
		WHERE c.title = 'One-tap pay with a saved card' AND k.frozen_at IS NULL AND v.number = 1
		AND (SELECT MAX(n.number) FROM checklist_template_versions n WHERE n.template_rid = v.template_rid) = 2`); n != 1 {
		t.Errorf("%d running checklists of an older version", n)
	}
	if n := trestletest.Count(t, st, `SELECT COUNT(*) FROM checklist_template_versions v JOIN checklist_proposals p ON p.source_kind = 'retro' AND p.item = 'O11' AND v.items LIKE '%' || p.id || '%'
		JOIN retros r ON r.id = p.source_id AND r.phase = 'published' WHERE v.number = 2`); n != 1 {
		t.Errorf("%d questions of version 2 come from a retro", n)
	}
}
