package retro_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/event"
	"trestle/server/retro"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// everything gives all rows of all tables as texts, by table.
func everything(t *testing.T, st *store.Store) map[string][]string {
	t.Helper()
	var tables []string
	stmt := "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
	if st.SQLite() {
		stmt = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_index%'"
	}
	q := st.Rows(t.Context())
	if err := q.Each(func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		tables = append(tables, name)
		return err
	}, stmt); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, table := range tables {
		var rows []map[string]any
		if err := st.Read(t.Context()).Raw("SELECT * FROM " + table).Scan(&rows).Error; err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		out[table] = []string{}
		for _, r := range rows {
			raw, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			out[table] = append(out[table], string(raw))
		}
	}
	return out
}

// Whoever holds the database after closing, all tables of it, finds nothing that ties a person to a note, a vote or an
// answer; and on SQLite not in the bytes of the file and its log either.
func TestRetro_AnonymityIsUnrecoverable(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := h.begin("", h.bo, h.kai, h.cora).Retro.ID
		h.to(id, retro.Write)
		people := []who.Viewer{h.ana, h.bo, h.kai, h.cora}
		n := 0
		// every request carries an Idempotency-Key
		ctx := func(v who.Viewer, body string) context.Context {
			n++
			return trestletest.CtxKey(t, v, fmt.Sprintf("key-%03d-of-%s", n, v.PersonID), "hash-of-"+body)
		}
		for round := range 3 {
			for _, p := range people {
				text := fmt.Sprintf("thought %d of %s", round, p.Name)
				c := ctx(p, text)
				h.do(h.retros.AddNote(c, id, "surprised", text))
				h.do(h.retros.AddNote(trestletest.CtxKey(t, p, store.CallerOf(c).CommandKey, "hash-of-"+text), id, "surprised", text)) // sent again
				b.Clock.Advance(7 * time.Second)
			}
		}
		if v := h.get(h.bo, id); len(v.Notes) != 12 {
			t.Fatalf("%d notes: a request that was sent again was done again", len(v.Notes))
		}
		before := h.get(h.bo, id)
		h.do(h.retros.Answer(ctx(h.bo, "x"), id, "Cloudy"))
		v := h.to(id, retro.Vote)
		for _, old := range before.Notes {
			if slices.ContainsFunc(v.Notes, func(x retro.NoteView) bool { return x.ID == old.ID }) {
				t.Error("a note has kept the name under which it was watched appearing")
			}
		}
		for i, p := range people {
			h.do(h.retros.CastVotes(ctx(p, "v"), id, v.Groups[i].ID, 2))
		}
		h.to(id, retro.Discuss)
		for _, p := range people {
			h.do(h.retros.Thumb(ctx(p, "t"), id, retro.GoOn))
		}
		h.to(id, retro.Close)
		for i, p := range people {
			h.do(h.retros.Rate(ctx(p, "r"), id, retro.Rating{Roti: i + 2, Safety: i + 1}))
		}
		var secret string
		if _, err := b.Store.Rows(t.Context()).Row([]any{&secret}, "SELECT secret FROM retro_keys"); err != nil || len(secret) != 64 {
			t.Fatalf("the key: %q %v", secret, err)
		}
		inFiles := func(what string) bool {
			for _, file := range []string{b.Store.Path(), b.Store.Path() + "-wal"} {
				raw, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if bytes.Contains(raw, []byte(what)) {
					return true
				}
			}
			return false
		}
		if b.Store.SQLite() && !inFiles(secret) {
			t.Fatal("the key is not found where it is: this test sees nothing")
		}
		h.to(id, retro.Published)
		if err := h.retros.Scour(t.Context()); err != nil {
			t.Fatal(err)
		}
		notes := h.get(h.ana, id).Notes
		all := everything(t, b.Store)
		if len(all) < 30 || len(all["retro_notes"]) != 12 {
			t.Fatalf("looked at %d tables, %d notes", len(all), len(all["retro_notes"]))
		}
		for _, table := range []string{"retro_keys", "retro_votes", "retro_thumbs", "retro_answers", "retro_commands"} {
			if len(all[table]) > 0 {
				t.Errorf("%s still holds %v", table, all[table])
			}
		}
		for table, rows := range all {
			for _, row := range rows {
				if strings.Contains(row, secret) || strings.Contains(row, "hash-of-") && strings.Contains(row, "thought") {
					t.Errorf("%s: %s", table, row)
				}
				for _, p := range people {
					if !strings.Contains(row, p.PersonID) {
						continue
					}
					for _, n := range notes {
						if strings.Contains(row, n.ID) || strings.Contains(row, n.Text) {
							t.Errorf("%s ties %s to a note: %s", table, p.Name, row)
						}
					}
					if strings.Contains(row, "-of-"+p.PersonID) { // the key of a request that must name nobody
						t.Errorf("%s ties %s to a request: %s", table, p.Name, row)
					}
				}
			}
		}
		for _, e := range h.events(id) {
			switch e.Type {
			case "retro.note_changed", "retro.voted", "retro.thumbed", "retro.answered":
				if e.ActorID != "" || e.CommandID != "" || !onlyKeys(e.Data, "phase", "version") {
					t.Errorf("an event says too much: %+v %s", e, e.Data)
				}
			}
		}
		if b.Store.SQLite() {
			for _, what := range []string{secret, secret[:16], secret[48:], "key-001-of-", "hash-of-thought"} {
				if inFiles(what) {
					t.Errorf("%q is still in the file or its log", what)
				}
			}
		}
	})
}

func (h *house) events(id string) []event.Event {
	h.t.Helper()
	out, err := h.b.Store.Events(h.t.Context(), event.RetroTopic(id), 0, 1000)
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

func onlyKeys(raw []byte, keys ...string) bool {
	var m map[string]any
	if json.Unmarshal(raw, &m) != nil {
		return false
	}
	for k := range m {
		if !slices.Contains(keys, k) {
			return false
		}
	}
	return true
}

// A named retro says from the reveal on who wrote what, votes stay secret in it too.
func TestRetro_Named(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := h.begin(retro.Named, h.bo).Retro.ID
		h.to(id, retro.Write)
		h.write(h.bo, id, "waited", "Three days for a port")
		if v := h.get(h.ana, id); len(texts(v)) > 0 || v.Notes[0].Author != nil || v.Notes[0].Mine {
			t.Errorf("before the reveal: %+v", v.Notes)
		}
		h.do(h.retros.Answer(h.as(h.bo), id, "Sunny"))
		v := h.to(id, retro.Published)
		if n := v.Notes[0]; n.Author == nil || n.Author.Name != "bo" || v.Checkin.Answers[0].Author.Name != "bo" {
			t.Errorf("published: %+v %+v", n, v.Checkin)
		}
	})
}

// One to which nobody comes back is closed by itself, and what was never revealed is gone.
func TestRetro_Abandoned(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id, other := h.begin("", h.bo).Retro.ID, h.begin("").Retro.ID
		h.to(id, retro.Write)
		h.write(h.bo, id, "waited", "Never to be read")
		h.to(other, retro.Write)
		h.write(h.ana, other, "waited", "Was read")
		h.to(other, retro.Group)
		b.Clock.Advance(6 * 24 * time.Hour)
		if err := h.retros.Sweep(t.Context()); err != nil || h.get(h.ana, id).Retro.Phase != retro.Write {
			t.Fatalf("too early: %v", err)
		}
		b.Clock.Advance(2 * 24 * time.Hour)
		if err := h.retros.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if v := h.get(h.bo, id); v.Retro.Phase != retro.Published || !v.Retro.Abandoned || len(v.Notes) != 0 {
			t.Errorf("left in writing: %+v %v", v.Retro, v.Notes)
		}
		if v := h.get(h.bo, other); !v.Retro.Abandoned || len(texts(v)) != 1 {
			t.Errorf("left in grouping: %+v", v.Notes)
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM retro_keys"); n != 0 {
			t.Errorf("%d keys are left", n)
		}
	})
}
