package card_test

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// twoDesks are two teams with a board each; the second one's people are others.
func twoDesks(t *testing.T, st *store.Store) (own, other *desk) {
	t.Helper()
	own = newDesk(t, st)
	o := *own
	other = &o
	other.team = trestletest.Team(t, st, "OTH")
	lead := trestletest.Person(t, st, "otto", who.Member)
	trestletest.Join(t, st, other.team, lead, "lead")
	other.viewer = trestletest.Person(t, st, "oona", who.Member)
	trestletest.Join(t, st, other.team, other.viewer, "worker")
	other.lead, other.worker = trestletest.Ctx(t, lead), trestletest.Ctx(t, other.viewer)
	b, err := other.boards.Create(other.lead, board.NewBoard{TeamID: other.team, Name: "Platform", TimeZone: "Europe/Berlin", Columns: []board.NewColumn{
		{Name: "Next", Kind: board.Queue}, {Name: "Doing", Kind: board.Active, Wip: wip(board.Hard, 1)}, {Name: "Shipped", Kind: board.Done}}})
	if err != nil {
		t.Fatal(err)
	}
	other.b = b
	return own, other
}

func (d *desk) mirror(id, column string) card.Face {
	d.t.Helper()
	out, err := d.cards.Mirror(d.worker, id, card.NewMirror{BoardID: d.b.ID, ColumnID: d.col(column)})
	if err != nil {
		d.t.Fatal(err)
	}
	return out.Card
}

// face is a card as the board shows it; nil when it does not. What is kept on the shelf must be what is in the tables.
func (d *desk) face(id string) *card.Face {
	d.t.Helper()
	kept := d.snapshot()
	fresh := *d
	fresh.cards = card.New(d.st, d.boards, "test")
	defer d.boards.Attach(d.cards)
	if anew := fresh.snapshot(); !reflect.DeepEqual(kept, anew) {
		a, _ := json.MarshalIndent(kept.Cards, "", " ")
		b, _ := json.MarshalIndent(anew.Cards, "", " ")
		d.t.Fatalf("kept:\n%s\nanew:\n%s", a, b)
	}
	i := slices.IndexFunc(kept.Cards, func(f card.Face) bool { return f.ID == id })
	if i < 0 {
		return nil
	}
	return &kept.Cards[i]
}

func (d *desk) types(since int64) string {
	d.t.Helper()
	log, err := d.cards.EventsOf(d.worker, d.b.ID, since, 500)
	if err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for _, e := range log.Items {
		out = append(out, e.Type)
	}
	return strings.Join(out, " ")
}

// One card on two boards: what happens to it is told on both, each with its own place and its own sequence.
func TestMirror_OneCardOnTwoBoards(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		own, other := twoDesks(t, st)
		c := own.add("Token vault", "Ready")
		f := other.mirror(c.ID, "Next")
		if f.ColumnID != other.col("Next") || f.Key != c.Key || f.Mirror == nil || *f.Mirror != (card.MirrorView{BoardID: own.b.ID, BoardName: "Delivery",
			TeamKey: "TRS", TeamName: "Team TRS", ColumnName: "Ready", ColumnKind: board.Queue}) {
			t.Fatalf("%+v %+v", f, f.Mirror)
		}
		if o := own.face(c.ID); !o.Mirrored || o.Mirror != nil || o.ColumnID != own.col("Ready") || o.Version != c.Version {
			t.Fatalf("on its own board: %+v", o)
		}
		since := other.snapshot().Seq
		if _, err := own.move(c.ID, "Build", card.Move{}); err != nil {
			t.Fatal(err)
		}
		m := other.face(c.ID)
		if m.ColumnID != other.col("Next") || m.Mirror.ColumnName != "Build" || m.StartedAt == nil {
			t.Fatalf("the owner's move: %+v", m)
		}
		title := "Token vault: second region"
		if _, err := own.cards.Change(own.worker, c.ID, card.Patch{Title: &title}); err != nil {
			t.Fatal(err)
		}
		if _, err := own.cards.Block(own.worker, c.ID, card.NewBlocker{Category: "vendor", Reason: "waits"}); err != nil {
			t.Fatal(err)
		}
		if _, err := own.cards.Comment(own.worker, c.ID, "hello"); err != nil {
			t.Fatal(err)
		}
		if m = other.face(c.ID); m.Title != title || len(m.Blockers) != 1 || m.Comments != 1 {
			t.Fatalf("%+v", m)
		}
		if got := other.types(since); got != "card.updated card.updated card.blocked card.commented" {
			t.Fatalf("told: %s", got)
		}
		if n := trestletest.Count(t, st, "SELECT count(*) FROM card_transitions t JOIN boards b ON b.rid = t.board_rid WHERE b.id = ?", other.b.ID); n != 0 {
			t.Errorf("flow has %d lines of it on the other board", n)
		}
		d, _, err := own.cards.Detail(own.worker, c.Key)
		if err != nil || len(d.Mirrors) != 1 || d.Mirrors[0].BoardName != "Platform" || d.Mirrors[0].CanRemove {
			t.Fatalf("%+v %v", d.Mirrors, err)
		}
		if d.History[len(d.History)-2].Text != "showed it on Platform" {
			t.Errorf("%+v", d.History)
		}

		// the other team moves it there, and only there
		since = own.snapshot().Seq
		moved, err := other.move(c.ID, "Doing", card.Move{})
		if err != nil || moved.ColumnID != other.col("Doing") || moved.Mirror.ColumnName != "Build" {
			t.Fatalf("%+v %v", moved, err)
		}
		if own.snapshot().Seq != since || own.face(c.ID).ColumnID != own.col("Build") || other.face(c.ID).ColumnID != other.col("Doing") {
			t.Error("a mirror's move is not its board's alone")
		}
		back, err := other.cards.UndoMirror(other.worker, c.ID, other.b.ID, moved.Seq)
		if err != nil || back.ColumnID != other.col("Next") {
			t.Fatalf("%+v %v", back, err)
		}
		_, err = other.cards.UndoMirror(other.worker, c.ID, other.b.ID, moved.Seq)
		wantCode(t, err, "stale")
		_, err = other.cards.Mirror(other.worker, c.ID, card.NewMirror{BoardID: other.b.ID, ColumnID: other.col("Next")})
		wantCode(t, err, "already_mirrored")
		_, err = other.cards.Mirror(own.worker, c.ID, card.NewMirror{BoardID: own.b.ID, ColumnID: own.col("Ready")})
		wantCode(t, err, "invalid")
		_, err = other.cards.Mirror(own.worker, c.ID, card.NewMirror{BoardID: other.b.ID, ColumnID: other.col("Next")})
		wantCode(t, err, "forbidden") // no worker there
		_, err = other.move(c.ID, "Next", card.Move{Class: board.Expedite})
		wantCode(t, err, "invalid")
		_, err = own.cards.Move(other.worker, c.ID, card.Move{ColumnID: own.col("Ready")})
		wantCode(t, err, "forbidden")

		if _, err := other.cards.Unmirror(own.worker, c.ID, other.b.ID); err == nil {
			t.Error("somebody without rights there took it off")
		}
		if _, err := other.cards.Unmirror(other.worker, c.ID, other.b.ID); err != nil {
			t.Fatal(err)
		}
		if other.face(c.ID) != nil || own.face(c.ID).Mirrored {
			t.Error("it is still there")
		}
		_, err = other.cards.Unmirror(other.worker, c.ID, other.b.ID)
		wantCode(t, err, "not_found")
		stays := trestletest.Count(t, st, "SELECT count(*) FROM mirror_stays WHERE to_at IS NOT NULL")
		if open := trestletest.Count(t, st, "SELECT count(*) FROM mirror_stays WHERE to_at IS NULL"); open != 0 || stays != 3 {
			t.Errorf("%d stays, %d open", stays, open)
		}
		noWrongFaces(t, st)
	})
}

func noWrongFaces(t *testing.T, st *store.Store) {
	t.Helper()
	err := st.Rows(context.Background()).Each(func(scan func(...any) error) error {
		var rid int64
		if err := scan(&rid); err != nil {
			return err
		}
		wrong, err := card.WrongFaces(st.Rows(context.Background()), rid)
		if len(wrong) > 0 {
			t.Errorf("wrong faces: %v", wrong)
		}
		return err
	}, "SELECT rid FROM boards")
	if err != nil {
		t.Fatal(err)
	}
}

// A card that is archived leaves every board, and comes back to each; what its own board calls its columns is
// true on the others; a column that goes takes mirrors along.
func TestMirror_FollowsItsBoards(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		own, other := twoDesks(t, st)
		c := own.add("Vault", "Ready")
		other.mirror(c.ID, "Next")
		if _, err := own.cards.Archive(own.worker, c.ID); err != nil {
			t.Fatal(err)
		}
		if other.face(c.ID) != nil {
			t.Fatal("archived, and still shown")
		}
		if _, err := own.cards.Restore(own.worker, c.ID, "", ""); err != nil {
			t.Fatal(err)
		}
		if f := other.face(c.ID); f == nil || f.Mirror == nil || f.ColumnID != other.col("Next") {
			t.Fatalf("%+v", f)
		}
		name := "Prêt"
		if _, err := own.boards.ChangeColumn(own.lead, own.col("Ready"), board.ColumnPatch{Name: &name}); err != nil {
			t.Fatal(err)
		}
		if got := other.face(c.ID).Mirror.ColumnName; got != name {
			t.Errorf("still %s", got)
		}
		start := own.col("Ready")
		if _, err := own.boards.Change(own.lead, own.b.ID, board.Patch{StartColumnID: &start}); err != nil {
			t.Fatal(err)
		}
		if other.face(c.ID).StartedAt == nil {
			t.Error("started by its own board's new point, and not shown so")
		}
		lane, err := other.boards.AddLane(other.lead, other.b.ID, board.NewLane{Name: "Fast"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.cards.Move(other.worker, c.ID, card.Move{ColumnID: other.col("Next"), LaneID: web.Some(lane.Lanes[0].ID)}); err != nil {
			t.Fatal(err)
		}
		if _, err := other.boards.RemoveLane(other.lead, lane.Lanes[0].ID); err != nil {
			t.Fatal(err)
		}
		if f := other.face(c.ID); f.LaneID != "" {
			t.Errorf("%+v", f)
		}
		_, err = other.boards.RemoveColumn(other.lead, other.col("Next"), "")
		wantCode(t, err, "invalid") // something stands in it
		if _, err := other.boards.RemoveColumn(other.lead, other.col("Next"), other.col("Doing")); err != nil {
			t.Fatal(err)
		}
		if f := other.face(c.ID); f.ColumnID != other.col("Doing") || f.Mirror.ColumnName != name {
			t.Errorf("%+v", f)
		}
		if _, err := own.boards.Change(own.lead, own.b.ID, board.Patch{StartColumnID: ptr(own.col("Build"))}); err != nil {
			t.Fatal(err)
		}
		if _, err := own.boards.RemoveColumn(own.lead, own.col("Ready"), own.col("Build")); err != nil {
			t.Fatal(err)
		}
		if f := other.face(c.ID); f.Mirror.ColumnName != "Build" {
			t.Errorf("its own column went: %+v", f.Mirror)
		}
		noWrongFaces(t, st)
	})
}

// Nobody sees through a mirror what they may not see: not when it is made, not when a board is shut or opened.
func TestMirror_RevealsNothing(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		own, other := twoDesks(t, st)
		c := own.add("Vault", "Ready")
		other.mirror(c.ID, "Next")
		shut, open := board.TeamOnly, board.Workspace
		if _, err := own.boards.Change(own.lead, own.b.ID, board.Patch{Visibility: &shut}); err != nil {
			t.Fatal(err)
		}
		if other.face(c.ID) != nil {
			t.Fatal("its board was shut, and it is still shown to others")
		}
		_, err := other.cards.Mirror(other.worker, c.ID, card.NewMirror{BoardID: other.b.ID, ColumnID: other.col("Next")})
		wantCode(t, err, "not_found")
		again := own.again() // open, of the same team: to the workspace it would be shown
		_, err = again.cards.Mirror(own.worker, c.ID, card.NewMirror{BoardID: again.b.ID, ColumnID: again.col("Ready")})
		wantCode(t, err, "would_reveal")
		if err := store.Do(own.worker, st, []string{event.BoardTopic(own.b.ID), event.BoardTopic(other.b.ID)}, func(tx *store.Tx) error {
			return own.cards.MirrorIn(tx, c.ID, other.b.ID, other.col("Next"))
		}); err == nil {
			t.Error("not even another room may")
		}
		if _, err := again.boards.Change(own.lead, again.b.ID, board.Patch{Visibility: &shut}); err != nil {
			t.Fatal(err)
		}
		again.mirror(c.ID, "Ready")
		if _, err := again.boards.Change(own.lead, again.b.ID, board.Patch{Visibility: &open}); err != nil {
			t.Fatal(err)
		}
		if again.face(c.ID) != nil || own.face(c.ID).Mirrored {
			t.Error("the mirroring board was opened, and it is still shown")
		}
		// an open board's card may be shown on one that only its team sees, whose name its own board does not tell
		if _, err := other.boards.Change(other.lead, other.b.ID, board.Patch{Visibility: &shut}); err != nil {
			t.Fatal(err)
		}
		d := again.add("Open", "Ready")
		other.mirror(d.ID, "Next")
		log, err := again.cards.EventsOf(own.worker, again.b.ID, 0, 500)
		raw, _ := json.Marshal(log)
		if err != nil || strings.Contains(string(raw), other.b.ID) || strings.Contains(string(raw), "Platform") {
			t.Errorf("the open board tells of the shut one: %s %v", raw, err)
		}
		detail, _, err := again.cards.Detail(own.worker, d.ID)
		if err != nil || !detail.Card.Mirrored || len(detail.Mirrors) != 0 {
			t.Errorf("%+v %v", detail.Mirrors, err)
		}
		if n := trestletest.Count(t, st, card.Revealing); n != 0 {
			t.Errorf("%d mirrors reveal", n)
		}
	})
}

// Where mirrors count, a hard limit holds for them too, for cards and mirrors against each other; elsewhere no
// limit is in their way.
func TestMirror_Limits(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		own, other := twoDesks(t, st)
		a, b := own.add("a", "Ready"), own.add("b", "Ready")
		other.mirror(a.ID, "Doing")
		other.mirror(b.ID, "Doing") // 2 in a column of 1: they do not count
		x, err := other.cards.Create(other.worker, other.b.ID, card.NewCard{Title: "x", ColumnID: other.col("Doing")})
		if err != nil {
			t.Fatal(err)
		}
		yes := true
		l, err := other.boards.Change(other.lead, other.b.ID, board.Patch{MirrorsCount: &yes})
		if err != nil || !l.MirrorsCount {
			t.Fatal(err)
		}
		if n := trestletest.Count(t, st, "SELECT count(*) FROM mirror_stays WHERE to_at IS NULL AND counted = TRUE"); n != 2 {
			t.Errorf("%d stays are counted", n)
		}
		for _, id := range []string{a.ID, b.ID, x.Card.ID} {
			if _, err := other.move(id, "Next", card.Move{Return: &card.Return{Category: "other"}}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := other.move(a.ID, "Doing", card.Move{}); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{b.ID, x.Card.ID} {
			_, err = other.move(id, "Doing", card.Move{})
			wantCode(t, err, "wip_limit")
		}
		// at once, from every side: one gets in
		if _, err := other.move(a.ID, "Next", card.Move{}); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for _, id := range []string{a.ID, b.ID, x.Card.ID, a.ID, b.ID, x.Card.ID} {
			wg.Go(func() { _, _ = other.move(id, "Doing", card.Move{}) })
		}
		wg.Wait()
		if n := trestletest.Count(t, st, "SELECT count(*) FROM places p JOIN columns k ON k.rid = p.column_rid WHERE k.id = ?", other.col("Doing")); n != 1 {
			t.Errorf("%d in a column of one", n)
		}
	})
}

// A mirror is added and taken away while the card is edited and moved: both boards' records stay whole, and each
// shows in the end what the card is.
func TestMirror_WhileItIsEdited(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		own, other := twoDesks(t, st)
		c := own.add("Vault", "Ready")
		var wg sync.WaitGroup
		for i := range 3 {
			wg.Go(func() {
				for j := range 12 {
					switch i {
					case 0:
						if _, err := own.cards.Comment(own.worker, c.ID, "word"); err != nil {
							t.Error(err)
						}
					case 1:
						m := card.Move{}
						column := "Build"
						if j%2 == 1 {
							column, m.Return = "Ready", &card.Return{Category: "other"}
						}
						if _, err := own.move(c.ID, column, m); err != nil {
							t.Error(err)
						}
					case 2:
						if _, err := other.cards.Mirror(other.worker, c.ID, card.NewMirror{BoardID: other.b.ID, ColumnID: other.col("Next")}); err != nil {
							t.Error(err)
						}
						if j == 11 {
							return
						}
						if _, err := other.cards.Unmirror(other.worker, c.ID, other.b.ID); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		wg.Wait()
		o, m := own.face(c.ID), other.face(c.ID)
		if o.Comments != 12 || m == nil || m.Comments != 12 || m.Version != o.Version || !o.Mirrored || m.Mirror.ColumnName != "Ready" {
			t.Errorf("%+v\n%+v", o, m)
		}
		noWrongFaces(t, st)
	})
}

func TestMirrorIn(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		own, other := twoDesks(t, st)
		c := own.add("Vault", "Ready")
		for range 2 { // the second time it stands there already
			if err := store.Do(own.worker, st, []string{event.BoardTopic(own.b.ID)}, func(tx *store.Tx) error {
				return own.cards.MirrorIn(tx, c.ID, other.b.ID, other.col("Next"))
			}); err != nil {
				t.Fatal(err)
			}
		}
		if f := other.face(c.ID); f == nil || f.Mirror == nil {
			t.Fatalf("%+v", f)
		}
	})
}

func ptr[T any](v T) *T { return &v }
