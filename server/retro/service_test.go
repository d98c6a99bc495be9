package retro_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/retro"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// at runs the same of several at once and gives what each got.
func at[T any](all []T, do func(T) error) []error {
	out := make([]error, len(all))
	var wg sync.WaitGroup
	for i, v := range all {
		wg.Go(func() { out[i] = do(v) })
	}
	wg.Wait()
	return out
}

// Votes that arrive all at once do not pass the budget.
func TestRetro_VoteBudgetUnderRaces(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := h.begin("", h.bo, h.cora).Retro.ID
		h.to(id, retro.Write)
		h.write(h.ana, id, "surprised", "1", "2", "3", "4", "5", "6")
		v := h.to(id, retro.Vote)
		var jobs []string
		for _, g := range v.Groups {
			jobs = append(jobs, g.ID, g.ID)
		}
		for _, p := range []who.Viewer{h.bo, h.cora} {
			won := 0
			for _, err := range at(jobs, func(g string) error {
				_, err := h.retros.CastVotes(h.as(p), id, g, 1)
				return err
			}) {
				switch {
				case err == nil:
					won++
				case !fault.Is(err, "no_votes_left"):
					t.Errorf("%v", err)
				}
			}
			if n := trestletest.Count(t, b.Store, "SELECT COALESCE(SUM(n), 0) FROM retro_votes WHERE voter IN (SELECT voter FROM retro_votes GROUP BY voter HAVING SUM(n) > 3)"); n != 0 || won < 3 {
				t.Errorf("%s: %d votes past the budget, %d requests done", p.Name, n, won)
			}
			if v := h.get(p, id); v.Me.VotesLeft != 0 {
				t.Errorf("%s has %d left", p.Name, v.Me.VotesLeft)
			}
		}
		h.refused("too_many_for_one", id, func() (retro.View, error) { return h.retros.CastVotes(h.as(h.ana), id, v.Groups[0].ID, 4) })
		h.refused("invalid", id, func() (retro.View, error) { return h.retros.CastVotes(h.as(h.ana), id, "rgr_0000000000000000", 1) })
		h.do(h.retros.CastVotes(h.as(h.ana), id, v.Groups[0].ID, 3))
		h.do(h.retros.CastVotes(h.as(h.ana), id, v.Groups[0].ID, 1))
		if v := h.get(h.ana, id); v.Me.VotesLeft != 2 {
			t.Errorf("two were taken back: %d left", v.Me.VotesLeft)
		}
		h.refused("shown_already", id, func() (retro.View, error) { return h.retros.Turn(h.as(h.ana), id, retro.Vote, retro.Group) })
	})
}

// Two who press Next at once turn one page, and each sees where it is open.
func TestRetro_TwoTurnOnePage(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := h.begin("", h.bo).Retro.ID
		h.do(h.retros.SetFacilitator(h.as(h.ana), id, h.bo.PersonID, true))
		for _, step := range [][2]string{{retro.Checkin, retro.Write}, {retro.Write, retro.Reveal}, {retro.Reveal, retro.Group}} {
			before := len(h.events(id))
			for _, err := range at([]who.Viewer{h.ana, h.bo, h.ana, h.bo}, func(p who.Viewer) error {
				v, err := h.retros.Turn(h.as(p), id, step[0], step[1])
				if err == nil && v.Retro.Phase != step[1] {
					t.Errorf("it is open at %s", v.Retro.Phase)
				}
				return err
			}) {
				if err != nil {
					t.Error(err)
				}
			}
			if n := len(h.events(id)) - before; n != 1 {
				t.Errorf("%s: %d turns", step[0], n)
			}
		}
		h.refused("wrong_phase", id, func() (retro.View, error) { return h.retros.Turn(h.as(h.ana), id, retro.Group, retro.Discuss) })
		h.refused("shown_already", id, func() (retro.View, error) { return h.retros.Turn(h.as(h.ana), id, retro.Group, retro.Reveal) })
	})
}

// A page can be turned back until something was shown.
func TestRetro_BackUntilTheReveal(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := h.begin("").Retro.ID
		h.to(id, retro.Write)
		if v := h.do(h.retros.Turn(h.as(h.ana), id, retro.Write, retro.Checkin)); v.Retro.Phase != retro.Checkin {
			t.Errorf("back in %s", v.Retro.Phase)
		}
		h.to(id, retro.Reveal)
		h.refused("shown_already", id, func() (retro.View, error) { return h.retros.Turn(h.as(h.ana), id, retro.Reveal, retro.Write) })
		h.refused("shown_already", id, func() (retro.View, error) { return h.retros.AddNote(h.as(h.ana), id, "waited", "late") })
	})
}

// Where a retro has names, something may be added after the reveal until people vote, and is marked. One without names
// refuses it: a note that comes alone is known by its moment.
func TestRetro_LateNote(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := h.do(h.retros.Create(h.as(h.ana), retro.NewRetro{BoardID: h.l.ID, TemplateKey: "ops_integration", Anonymity: retro.Named})).Retro.ID
		h.to(id, retro.Write)
		h.do(h.retros.AddNote(h.as(h.ana), id, "waited", "In time"))
		h.to(id, retro.Reveal)
		h.do(h.retros.AddNote(h.as(h.ana), id, "waited", "While reading"))
		h.to(id, retro.Group)
		v := h.do(h.retros.AddNote(h.as(h.ana), id, "waited", "While grouping"))
		late := map[string]bool{}
		for _, n := range v.Notes {
			late[n.Text] = n.Late
			if n.Author == nil || n.Author.Name != "ana" {
				t.Errorf("%s is by %v", n.Text, n.Author)
			}
		}
		if len(late) != 3 || late["In time"] || !late["While reading"] || !late["While grouping"] {
			t.Errorf("late are %v", late)
		}
		v = h.to(id, retro.Vote)
		if len(v.Groups) != 3 {
			t.Errorf("%d topics to vote on", len(v.Groups))
		}
		h.refused("wrong_phase", id, func() (retro.View, error) { return h.retros.AddNote(h.as(h.ana), id, "waited", "too late") })
		h.to(id, retro.Published)
		md, err := h.retros.Summary(h.as(h.ana), id)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(md, "- While reading (ana), added after the reveal\n") || !strings.Contains(md, "- In time (ana)\n") {
			t.Errorf("told:\n%s", md)
		}
		for _, c := range v.Columns { // those in which nobody wrote have nothing to say
			if said := strings.Contains(md, "### "+c.Title+"\n"); said != (c.Key == "waited") {
				t.Errorf("the column %s is told: %v", c.Title, said)
			}
		}
	})
}

// The clock of the server runs the timer; a pause keeps what is left.
func TestRetro_Timer(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := h.begin("").Retro.ID
		v := h.to(id, retro.Write)
		if v.Retro.Timer.Seconds != 480 || !v.Retro.Timer.EndsAt.Equal(b.Clock.Now().Add(8*time.Minute)) {
			t.Fatalf("begun: %+v at %s", v.Retro.Timer, b.Clock.Now())
		}
		set := func(c retro.Clock) retro.TimerView { return h.do(h.retros.SetTimer(h.as(h.ana), id, c)).Retro.Timer }
		b.Clock.Advance(time.Minute)
		if got := set(retro.Clock{Pause: true}); got.EndsAt != nil || *got.PausedLeft != 420 {
			t.Errorf("paused: %+v", got)
		}
		b.Clock.Advance(time.Hour)
		if got := set(retro.Clock{AddSeconds: ptr(60)}); *got.PausedLeft != 480 {
			t.Errorf("a minute more while paused: %+v", got)
		}
		if got := set(retro.Clock{Resume: true}); !got.EndsAt.Equal(b.Clock.Now().Add(8 * time.Minute)) {
			t.Errorf("resumed: %+v", got)
		}
		b.Clock.Advance(10 * time.Minute)
		if got := set(retro.Clock{AddSeconds: ptr(60)}); !got.EndsAt.Equal(b.Clock.Now().Add(time.Minute)) {
			t.Errorf("a minute more when it was over: %+v", got)
		}
		if got := set(retro.Clock{Seconds: ptr(0)}); got.EndsAt != nil || got.PausedLeft != nil {
			t.Errorf("off: %+v", got)
		}
		h.refused("invalid", id, func() (retro.View, error) { return h.retros.SetTimer(h.as(h.ana), id, retro.Clock{}) })
		h.refused("invalid", id, func() (retro.View, error) {
			return h.retros.SetTimer(h.as(h.ana), id, retro.Clock{Pause: true, Resume: true})
		})
	})
}

// A server that starts anew finds the retro where it stood, the writers' own notes and all; who comes late is there at once.
func TestRetro_RestartAndLateJoiner(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := h.begin("", h.bo).Retro.ID
		h.to(id, retro.Write)
		h.write(h.bo, id, "waited", "Half a thought")
		before := h.get(h.bo, id)
		if err := b.Store.Close(); err != nil {
			t.Fatal(err)
		}
		again, err := store.Open(t.Context(), b.Options)
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		boards := board.New(again)
		retros := retro.New(again, boards, card.New(again, boards, "test"))
		v := h.do(retros.Get(h.as(h.bo), id))
		if v.Retro.Phase != retro.Write || v.Seq != before.Seq || !noteOf(v, "Half a thought").Mine || !v.Retro.Timer.EndsAt.Equal(*before.Retro.Timer.EndsAt) {
			t.Errorf("after the restart: %+v", v.Retro)
		}
		late := h.do(retros.Join(h.as(h.kai), id))
		if late.Retro.Phase != retro.Write || !late.Me.CanWrite || len(late.Notes) != 1 || len(texts(late)) != 0 || len(late.People) != 3 {
			t.Errorf("who comes late: %+v %+v", late.Retro, late.Notes)
		}
	})
}

// Who facilitates may go; after a minute anybody who works in the team may take over.
func TestRetro_Facilitators(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := h.begin("", h.bo, h.cora).Retro.ID
		h.refused("last_facilitator", id, func() (retro.View, error) { return h.retros.SetFacilitator(h.as(h.ana), id, h.ana.PersonID, false) })
		h.refused("invalid", id, func() (retro.View, error) { return h.retros.SetFacilitator(h.as(h.ana), id, h.kai.PersonID, true) })
		h.refused("facilitator_present", id, func() (retro.View, error) { return h.retros.TakeOver(h.as(h.bo), id) })
		b.Clock.Advance(61 * time.Second)
		h.do(h.retros.Join(h.as(h.bo), id))
		here := func(v retro.View) (names []string) {
			for _, p := range v.People {
				if p.Here {
					names = append(names, p.Name)
				}
			}
			return names
		}
		if v := h.get(h.bo, id); !v.Me.CanTakeOver || !slices.Equal(here(v), []string{"bo"}) {
			t.Errorf("gone: %+v %+v", v.Me, v.People)
		}
		h.refused("forbidden", id, func() (retro.View, error) { return h.retros.TakeOver(h.as(h.cora), id) })
		if v := h.do(h.retros.TakeOver(h.as(h.bo), id)); !v.Me.CanFacilitate {
			t.Errorf("taken over: %+v", v.Me)
		}
		h.do(h.retros.Turn(h.as(h.bo), id, retro.Checkin, retro.Write))
		h.refused("forbidden", id, func() (retro.View, error) { return h.retros.Turn(h.as(h.cora), id, retro.Write, retro.Reveal) })
	})
}

// An open retro is the team's own; what is absent and what is not for one's eyes are the same.
func TestRetro_ForeignAndAbsent(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		r := h.begin("").Retro
		h.to(r.ID, retro.Write)
		h.write(h.ana, r.ID, "waited", "Ours")
		note := h.get(h.ana, r.ID).Notes[0].ID
		for name, do := range map[string]func(id string) error{
			"get":  func(id string) error { _, err := h.retros.Get(h.as(h.other), id); return err },
			"join": func(id string) error { _, err := h.retros.Join(h.as(h.other), id); return err },
			"live": func(id string) error { return h.retros.CanListen(t.Context(), h.other, id) },
			"note": func(id string) error { _, err := h.retros.AddNote(h.as(h.other), id, "waited", "x"); return err },
			"csv":  func(id string) error { _, _, err := h.retros.CSV(h.as(h.other), id); return err },
		} {
			there, absent := do(r.ID), do("ret_0000000000000000")
			if !fault.Is(there, "not_found") || there.Error() != absent.Error() {
				t.Errorf("%s: %v / %v", name, there, absent)
			}
		}
		change := func(id string) error {
			_, err := h.retros.ChangeNote(h.as(h.other), id, retro.NotePatch{Text: ptr("x")})
			return err
		}
		if there, absent := change(note), change("rno_0000000000000000"); there.Error() != absent.Error() {
			t.Errorf("note: %v / %v", there, absent)
		}
		if _, err := h.retros.JoinByCode(h.as(h.other), r.Code); !fault.Is(err, "not_found") {
			t.Errorf("a code opens nothing: %v", err)
		}
		if items, err := h.retros.List(h.as(h.other), ""); err != nil || len(items) != 0 {
			t.Errorf("listed: %v %v", items, err)
		}
		if items, err := h.retros.List(h.as(h.vic), h.team); err != nil || len(items) != 1 || items[0].People != 1 {
			t.Errorf("listed to the team: %+v %v", items, err)
		}
		h.refused("forbidden", r.ID, func() (retro.View, error) { return h.retros.Join(h.as(h.vic), r.ID) })
		h.refused("not_joined", r.ID, func() (retro.View, error) { return h.retros.AddNote(h.as(h.bo), r.ID, "waited", "x") })
		token := h.bo
		token.TeamID, token.Scopes = h.team, []string{"read", "write"}
		h.refused("forbidden", r.ID, func() (retro.View, error) { return h.retros.Join(h.as(token), r.ID) })
	})
}

// What cannot be is refused and changes nothing.
func TestRetro_BadInput(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		for name, n := range map[string]retro.NewRetro{
			"no template": {BoardID: h.l.ID, TemplateKey: "nonsense"},
			"no writing":  {BoardID: h.l.ID, TemplateKey: "daki", Phases: []retro.PhaseChoice{{Key: retro.Write}}},
			"long title":  {BoardID: h.l.ID, TemplateKey: "daki", Title: strings.Repeat("long ", 30)},
		} {
			if _, err := h.retros.Create(h.as(h.ana), n); !fault.Is(err, "invalid") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM topics WHERE id LIKE 'retro:%'"); n != 0 {
			t.Errorf("%d topics are left of refusals", n)
		}
		id := h.begin("", h.bo).Retro.ID
		h.to(id, retro.Write)
		h.write(h.bo, id, "waited", "Mine")
		mine := h.get(h.bo, id).Notes[0].ID
		h.refused("invalid", id, func() (retro.View, error) { return h.retros.AddNote(h.as(h.bo), id, "nowhere", "x") })
		h.refused("invalid", id, func() (retro.View, error) { return h.retros.AddNote(h.as(h.bo), id, "waited", "  \n ") })
		h.refused("forbidden", id, func() (retro.View, error) {
			return h.retros.ChangeNote(h.as(h.ana), mine, retro.NotePatch{Text: ptr("x")})
		})
		h.refused("forbidden", id, func() (retro.View, error) { return h.retros.RemoveNote(h.as(h.ana), mine) })
		h.refused("wrong_phase", id, func() (retro.View, error) { return h.retros.CastVotes(h.as(h.bo), id, "x", 1) })
		h.refused("wrong_phase", id, func() (retro.View, error) { return h.retros.Rate(h.as(h.bo), id, retro.Rating{Roti: 1}) })
		h.refused("wrong_phase", id, func() (retro.View, error) { return h.retros.Thumb(h.as(h.bo), id, retro.GoOn) })
		h.do(h.retros.RemoveNote(h.as(h.bo), mine))
		h.refused("not_found", id, func() (retro.View, error) {
			return h.retros.ChangeNote(h.as(h.bo), mine, retro.NotePatch{Text: ptr("x")})
		})
		if v := h.get(h.bo, id); len(v.Notes) != 0 || v.Me.NotesRemaining != 40 {
			t.Errorf("taken away: %+v", v.Notes)
		}
		h.write(h.bo, id, "waited", "Another")
		v := h.to(id, retro.Group)
		h.refused("invalid", id, func() (retro.View, error) {
			return h.retros.GroupNotes(h.as(h.bo), id, retro.NewGroup{NoteIDs: []string{v.Notes[0].ID, "rno_0000000000000000"}})
		})
		h.refused("invalid", id, func() (retro.View, error) {
			return h.retros.GroupNotes(h.as(h.bo), id, retro.NewGroup{NoteIDs: []string{v.Notes[0].ID}, IntoGroupID: "rgr_0000000000000000"})
		})
		h.to(id, retro.Commit)
		for name, n := range map[string]retro.NewAction{
			"no day":     {Title: "x", OwnerID: h.bo.PersonID, DueOn: "soon", Signal: "x"},
			"no owner":   {Title: "x", OwnerID: "per_0000000000000000", DueOn: "2026-03-20", Signal: "x"},
			"no signal":  {Title: "x", OwnerID: h.bo.PersonID, DueOn: "2026-03-20", Signal: " "},
			"no group":   {Title: "x", OwnerID: h.bo.PersonID, DueOn: "2026-03-20", Signal: "x", GroupID: "rgr_0000000000000000"},
			"no column":  {Title: "x", OwnerID: h.bo.PersonID, DueOn: "2026-03-20", Signal: "x", ColumnID: "col_0000000000000000"},
			"only space": {Title: " ", OwnerID: h.bo.PersonID, DueOn: "2026-03-20", Signal: "x"},
		} {
			h.refused("invalid", id, func() (retro.View, error) {
				v, err := h.retros.AddAction(h.as(h.ana), id, n)
				if err == nil {
					t.Errorf("%s: taken", name)
				}
				return v, err
			})
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM cards"); n != 0 {
			t.Errorf("%d cards are left of refusals", n)
		}
	})
}

// An action's card is let in like every other card.
func TestRetro_LimitsAtCommit(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		limit := func(mode string) {
			one := 1
			if _, err := h.boards.ChangeColumn(h.as(h.ana), h.l.Columns[0].ID, board.ColumnPatch{Wip: &board.WipPatch{Mode: &mode, Max: web.Some(one)}}); err != nil {
				t.Fatal(err)
			}
		}
		id := h.begin("").Retro.ID
		h.to(id, retro.Commit)
		limit(board.Hard)
		h.action(id, "One")
		n := retro.NewAction{Title: "Two", OwnerID: h.bo.PersonID, DueOn: "2026-03-20", Signal: "x"}
		add := func() (retro.View, error) { return h.retros.AddAction(h.as(h.ana), id, n) }
		h.refused("wip_limit", id, add)
		limit(board.Reason)
		h.refused("reason_required", id, add)
		n.Reason = "It cannot wait"
		if v := h.do(add()); len(v.Actions) != 2 {
			t.Errorf("with a reason: %+v", v.Actions)
		}
		if got := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM card_transitions WHERE override_reason = 'It cannot wait'"); got != 1 {
			t.Errorf("the reason is kept %d times", got)
		}
		limit(board.Off)
		h.refused("forbidden", id, func() (retro.View, error) { return h.retros.AddAction(h.as(h.cora), id, n) })
	})
}

// Who loses their place in the team loses the retro with it.
func TestRetro_ARightThatIsTakenAway(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := h.begin("", h.bo).Retro.ID
		must := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		epoch := func() int64 {
			_, n, err := b.Store.Topic(t.Context(), "retro:"+id)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		before := epoch()
		must(team.New(b.Store, account.New(b.Store, account.Config{KeyDir: t.TempDir()})).RemoveMember(h.as(h.ana), h.team, h.bo.PersonID))
		if epoch() <= before {
			t.Error("nobody is asked again who may listen")
		}
		if _, err := h.retros.Get(h.as(h.bo), id); !fault.Is(err, "not_found") {
			t.Errorf("still seen: %v", err)
		}
	})
}
