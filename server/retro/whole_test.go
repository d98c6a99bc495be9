package retro_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/card"
	"trestle/server/retro"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func ptr[T any](v T) *T { return &v }

// One whole retro from its first page to its summary.
func TestRetro_Whole(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		r := h.begin("", h.bo, h.kai, h.cora)
		id := r.Retro.ID
		if r.Retro.Phase != retro.Checkin || r.Retro.Anonymity != retro.Anonymous || len(r.Columns) != 5 || !r.Me.Facilitator || r.Retro.Code == "" {
			t.Fatalf("begun: %+v %+v", r.Retro, r.Me)
		}
		if v := h.do(h.retros.JoinByCode(h.as(h.bo), " "+strings.ToLower(r.Retro.Code[:3])+"-"+r.Retro.Code[3:])); v.Retro.ID != id || len(v.People) != 4 {
			t.Errorf("joined by code: %+v", v.People)
		}
		h.do(h.retros.Answer(h.as(h.bo), id, "Rainy"))
		if v := h.get(h.kai, id); v.Checkin.N != 1 || len(v.Checkin.Answers) != 0 || v.Checkin.Mine != "" {
			t.Errorf("the check-in before the reveal: %+v", v.Checkin)
		}
		h.to(id, retro.Write)
		h.write(h.bo, id, "surprised", "The load test came on Friday", "Nobody told us of the flag")
		h.write(h.kai, id, "surprised", "We heard of the launch from the news")
		h.write(h.cora, id, "self_service", "A ticket for every database")
		v := h.get(h.bo, id)
		if got := texts(v); len(v.Notes) != 4 || len(got) != 2 || v.Me.NotesRemaining != 38 {
			t.Errorf("bo reads %v of %d", got, len(v.Notes))
		}
		if v := h.get(h.ana, id); v.Me.Quiet == nil || *v.Me.Quiet != 1 {
			t.Errorf("quiet ones: %v", v.Me.Quiet)
		}
		h.do(h.retros.ChangeNote(h.as(h.bo), noteOf(v, "Nobody told us of the flag").ID, retro.NotePatch{Text: ptr("Nobody told us of the new flag")}))
		h.do(h.retros.SetDone(h.as(h.bo), id, true))
		v = h.to(id, retro.Reveal)
		if got := texts(v); len(got) != 4 || slices.ContainsFunc(v.People, func(p retro.PersonView) bool { return p.Done }) {
			t.Errorf("revealed: %v %+v", got, v.People)
		}
		if v.Checkin.Answers[0].Text != "Rainy" || v.Checkin.Answers[0].Author != nil {
			t.Errorf("check-in: %+v", v.Checkin)
		}
		v = h.to(id, retro.Group)
		launch := []string{noteOf(v, "We heard of the launch from the news").ID, noteOf(v, "The load test came on Friday").ID}
		v = h.do(h.retros.GroupNotes(h.as(h.cora), id, retro.NewGroup{NoteIDs: launch, Title: "Told late"}))
		v = h.do(h.retros.GroupNotes(h.as(h.bo), id, retro.NewGroup{NoteIDs: []string{noteOf(v, "Nobody told us of the new flag").ID}, IntoGroupID: v.Groups[0].ID}))
		if len(v.Groups) != 1 || len(v.Groups[0].NoteIDs) != 3 || v.Groups[0].Votes != nil {
			t.Fatalf("grouped: %+v", v.Groups)
		}
		v = h.to(id, retro.Vote)
		if len(v.Groups) != 2 || v.Retro.VoteBudget != 3 || v.Me.VotesLeft != 3 {
			t.Fatalf("to vote: %+v %d", v.Groups, v.Retro.VoteBudget)
		}
		told, ticket := groupOf(v, "Told late").ID, groupOf(v, "A ticket for every database").ID
		h.do(h.retros.CastVotes(h.as(h.bo), id, told, 2))
		h.do(h.retros.CastVotes(h.as(h.bo), id, ticket, 1))
		h.do(h.retros.CastVotes(h.as(h.kai), id, told, 3))
		if v := h.get(h.ana, id); v.Groups[0].Votes != nil || v.Groups[0].MyVotes != 0 || v.Me.VotesLeft != 3 {
			t.Errorf("totals before they are counted: %+v", v.Groups)
		}
		v = h.to(id, retro.Discuss)
		if v.Groups[0].ID != told || *v.Groups[0].Votes != 5 || *v.Groups[1].Votes != 1 || v.Discussing == nil || v.Discussing.GroupID != told || v.Discussing.Thumbs.On {
			t.Fatalf("to discuss: %+v %+v", v.Groups, v.Discussing)
		}
		h.do(h.retros.Thumb(h.as(h.bo), id, retro.GoOn))
		b.Clock.Advance(6 * time.Minute)
		h.do(h.retros.Thumb(h.as(h.kai), id, retro.MoveOn))
		if v := h.get(h.kai, id); v.Discussing.Thumbs != (retro.Thumbs{On: true, Continue: 1, MoveOn: 1, Mine: retro.MoveOn}) {
			t.Errorf("thumbs: %+v", v.Discussing.Thumbs)
		}
		h.do(h.retros.ChangeGroup(h.as(h.ana), told, retro.GroupPatch{Said: ptr("A launch calendar that ops can read")}))
		h.to(id, retro.Commit)
		a := h.action(id, "Keep a launch calendar")
		if a.OwnerName != "bo" || a.State != "open" || a.CardKey != "OWN-1" {
			t.Errorf("the action: %+v", a)
		}
		if d, _, err := h.cards.Detail(h.as(h.bo), a.CardKey); err != nil || d.Card.Type != "improvement" || d.Card.ColumnID != h.l.Columns[0].ID || d.Card.DueOn != "2026-03-20" ||
			!strings.Contains(d.Card.Description, "No page for a week") {
			t.Errorf("its card: %+v %v", d.Card, err)
		}
		h.to(id, retro.Close)
		for i, rated := range []retro.Rating{{Roti: 5, Safety: 4}, {Roti: 4, Safety: 4}, {Roti: 3}} {
			h.do(h.retros.Rate(h.as([]who.Viewer{h.ana, h.bo, h.kai}[i]), id, rated))
		}
		if v := h.get(h.ana, id); v.Close.N != 3 || v.Close.Roti != nil || v.Close.RotiMine != 5 {
			t.Errorf("before it is published: %+v", v.Close)
		}
		v = h.to(id, retro.Published)
		if v.Close.Roti == nil || v.Close.Roti.Mean != 4 || v.Close.Safety != nil || v.Retro.Code != "" || v.Retro.ClosedAt == nil {
			t.Errorf("published: %+v %+v", v.Close, v.Retro)
		}
		if g := v.Groups[1]; g.State != "parked" || v.Groups[0].State != "discussed" {
			t.Errorf("groups: %+v", v.Groups)
		}
		if v := h.get(h.other, id); len(texts(v)) != 4 || v.Me.CanWrite {
			t.Error("a published retro is read by all who may see the board")
		}
		md, err := h.retros.Summary(h.as(h.other), id)
		if err != nil {
			t.Fatal(err)
		}
		at := -1
		for _, part := range []string{"# Working with ops", "4 people: 4 development", "## What we talked about", "**Told late** (5 votes, 3 notes): A launch calendar", "## Actions",
			"| Keep a launch calendar | bo | 20 Mar 2026 | No page for a week | [OWN-1](/c/OWN-1) |", "## Not reached", "## Notes", "- A ticket for every database", "Time well spent: 4.0 of 5 (3 answers)"} {
			if i := strings.Index(md, part); i <= at {
				t.Errorf("%q is missing, or stands elsewhere, in\n%s", part, md)
			} else {
				at = i
			}
		}
		_, file, err := h.retros.CSV(h.as(h.ana), id)
		if err != nil || strings.Count(string(file), "\n") != 8 || !strings.Contains(string(file), "note,Make self-service,A ticket for every database,A ticket for every database") {
			t.Errorf("%v\n%s", err, file)
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE '%retro.published%'"); n != 1 {
			t.Errorf("%d notices", n)
		}
		h.refused("retro_closed", id, func() (retro.View, error) { return h.retros.AddNote(h.as(h.bo), id, "surprised", "late") })
		h.refused("retro_closed", id, func() (retro.View, error) { return h.retros.Turn(h.as(h.ana), id, retro.Published, retro.Close) })
	})
}

// The next retro begins with what the last one left.
func TestRetro_Carried(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		first := h.begin("").Retro.ID
		h.to(first, retro.Commit)
		var made []retro.ActionView
		for _, title := range []string{"One", "Two", "Three"} {
			made = append(made, h.action(first, title))
		}
		h.refused("too_many_actions", first, func() (retro.View, error) {
			return h.retros.AddAction(h.as(h.ana), first, retro.NewAction{Title: "Four", OwnerID: h.bo.PersonID, DueOn: "2026-03-20", Signal: "x"})
		})
		four := h.do(h.retros.AddAction(h.as(h.ana), first, retro.NewAction{Title: "Four", OwnerID: h.bo.PersonID, DueOn: "2026-03-20", Signal: "x", Reason: "It is small"})).Actions[3]
		h.do(h.retros.RemoveAction(h.as(h.bo), four.ID))
		h.do(h.retros.ChangeAction(h.as(h.bo), made[0].ID, retro.ActionPatch{Title: ptr("One more"), Signal: ptr("Two weeks of silence")}))
		if d, _, err := h.cards.Detail(h.as(h.bo), made[0].CardKey); err != nil || d.Card.Title != "One more" || !strings.Contains(d.Card.Description, "Two weeks of silence") {
			t.Errorf("changed with its card: %+v %v", d.Card, err)
		}
		h.to(first, retro.Published)
		if _, err := h.cards.Move(h.as(h.bo), made[0].CardID, card.Move{ColumnID: h.l.Columns[2].ID}); err != nil {
			t.Fatal(err)
		}
		var last retro.View
		for round := 1; ; round++ {
			b.Clock.Advance(14 * 24 * time.Hour)
			last = h.begin("")
			id := last.Retro.ID
			if last.Retro.Phase != retro.ReviewActions {
				t.Fatalf("round %d begins with %s", round, last.Retro.Phase)
			}
			if round == 1 {
				if len(last.Carried) != 3 || last.Carried[0].State != retro.Done || last.Carried[1].State != "open" || last.Carried[1].OwnerName != "bo" {
					t.Fatalf("carried: %+v", last.Carried)
				}
				h.do(h.retros.SettleCarried(h.as(h.bo), id, made[2].ID, retro.Settle{Outcome: retro.Done}))
				if d, _, err := h.cards.Detail(h.as(h.bo), made[2].CardKey); err != nil || d.Card.FinishedAt == nil {
					t.Errorf("done on the board too: %+v %v", d.Card, err)
				}
			}
			h.to(id, retro.Checkin)
			h.refused("actions_open", id, func() (retro.View, error) { return h.retros.Turn(h.as(h.ana), id, retro.Checkin, retro.Write) })
			if round == 4 {
				break
			}
			v := h.do(h.retros.SettleCarried(h.as(h.bo), id, made[1].ID, retro.Settle{Outcome: retro.Kept}))
			if round == 2 {
				h.movesTheDay(id, made[1])
			}
			if c := v.Carried[slices.IndexFunc(v.Carried, func(c retro.CarriedView) bool { return c.ID == made[1].ID })]; c.Carried != round-1 || c.State != retro.Kept {
				t.Errorf("round %d: %+v", round, c)
			}
			h.to(id, retro.Published)
		}
		id := last.Retro.ID
		if len(last.Carried) != 1 || last.Carried[0].Carried != 3 {
			t.Fatalf("carried three times: %+v", last.Carried)
		}
		settle := func(s retro.Settle) (retro.View, error) {
			return h.retros.SettleCarried(h.as(h.ana), id, made[1].ID, s)
		}
		h.refused("carried_too_often", id, func() (retro.View, error) { return settle(retro.Settle{Outcome: retro.Kept}) })
		h.refused("invalid", id, func() (retro.View, error) {
			return settle(retro.Settle{Outcome: retro.Reowned, OwnerID: h.bo.PersonID})
		})
		h.refused("invalid", id, func() (retro.View, error) { return settle(retro.Settle{Outcome: retro.Dropped}) })
		h.refused("invalid", id, func() (retro.View, error) { return settle(retro.Settle{Outcome: retro.Split, Into: []string{"half"}}) })
		h.do(settle(retro.Settle{Outcome: retro.Reowned, OwnerID: h.kai.PersonID}))
		v := h.do(settle(retro.Settle{Outcome: retro.Split, Into: []string{"Two, first half", "Two, second half"}}))
		if v.Carried[0].State != retro.Split || len(v.Actions) != 2 || v.Actions[0].OwnerName != "kai" {
			t.Errorf("split: %+v %+v", v.Carried, v.Actions)
		}
		h.refused("settled", id, func() (retro.View, error) { return settle(retro.Settle{Outcome: retro.Kept}) })
		if d, _, err := h.cards.Detail(h.as(h.bo), made[1].CardKey); err != nil || d.Card.ArchivedAt == nil {
			t.Errorf("the split card is off the board: %+v %v", d.Card, err)
		}
		h.to(id, retro.Published)
		next := h.begin("")
		if len(next.Carried) != 2 {
			t.Fatalf("the halves are carried: %+v", next.Carried)
		}
		v = h.do(h.retros.SettleCarried(h.as(h.ana), next.Retro.ID, next.Carried[0].ID, retro.Settle{Outcome: retro.Dropped, Why: "Not ours any more"}))
		if v.Carried[0].State != retro.Dropped || v.Carried[0].Why != "Not ours any more" {
			t.Errorf("dropped: %+v", v.Carried)
		}
	})
}

// movesTheDay keeps an action until later, in an open retro: its card and the retro tell from when to when.
func (h *house) movesTheDay(id string, a retro.ActionView) {
	h.t.Helper()
	keep := func(on string) (retro.View, error) {
		return h.retros.SettleCarried(h.as(h.bo), id, a.ID, retro.Settle{Outcome: retro.Kept, DueOn: on})
	}
	of := func(v retro.View) retro.CarriedView {
		return v.Carried[slices.IndexFunc(v.Carried, func(c retro.CarriedView) bool { return c.ID == a.ID })]
	}
	h.refused("invalid", id, func() (retro.View, error) { return keep("tomorrow") })
	h.refused("invalid", id, func() (retro.View, error) {
		return h.retros.SettleCarried(h.as(h.bo), id, a.ID, retro.Settle{Outcome: retro.Done, DueOn: "2026-05-01"})
	})
	h.do(keep("2026-05-01"))
	if c := of(h.do(keep("2026-05-08"))); c.DueOn != "2026-05-08" || c.DueWas != a.DueOn || c.State != retro.Kept {
		h.t.Errorf("moved twice: %+v", c)
	}
	if d, _, err := h.cards.Detail(h.as(h.bo), a.CardKey); err != nil || d.Card.DueOn != "2026-05-08" {
		h.t.Errorf("its card: %+v %v", d.Card, err)
	}
	if c := of(h.do(keep(a.DueOn))); c.DueOn != a.DueOn || c.DueWas != "" {
		h.t.Errorf("moved back: %+v", c)
	}
	h.do(keep("2026-05-08"))
}
