package port

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"

	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// What can be exported.
const (
	JSON           = "json"
	CardsCSV       = "cards.csv"
	TransitionsCSV = "transitions.csv"
)

// page is how many cards are read at a time.
const page = 200

// Exported says what Export wrote.
type Exported struct {
	BoardName   string
	ContentType string
	Extension   string // "json" or "csv", with what it holds: "cards.csv"
}

// Export writes a board to w, true at one moment, some cards at a time. Everybody who may see the board may
// export it. Errors: not_found; invalid for another format.
func (s *Service) Export(ctx context.Context, boardID, format string, w io.Writer) (Exported, error) {
	types := map[string]string{JSON: "application/json", CardsCSV: "text/csv; charset=utf-8", TransitionsCSV: "text/csv; charset=utf-8"}
	if types[format] == "" {
		return Exported{}, fault.Invalid("query.format", "A board is exported as json, cards.csv or transitions.csv")
	}
	out := Exported{ContentType: types[format], Extension: format}
	buf := bufio.NewWriterSize(w, 64<<10)
	err := s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		seen, err := s.boards.See(q, who.From(ctx), boardID)
		if err != nil {
			return err
		}
		out.BoardName = seen.Name
		e := &exporter{q: q, l: seen.Layout, w: buf, at: stamp(store.Ms(s.store.Now()))}
		if err := e.load(); err != nil {
			return err
		}
		switch format {
		case CardsCSV:
			return e.cardsCSV()
		case TransitionsCSV:
			return e.transitionsCSV()
		}
		return e.json()
	})
	if err != nil {
		return Exported{}, err
	}
	return out, buf.Flush()
}

// exporter writes one board from one snapshot.
type exporter struct {
	q       *store.Query
	l       *board.Layout
	w       *bufio.Writer
	at      stamp
	columns map[int64]*fileColumn
	order   []int64 // columns' surrogates from left to right
	lanes   map[int64]*fileLane
	laneAt  []int64
	fields  map[int64]*fileField
	fieldAt []int64
	people  map[string]filePerson
	cards   []int64 // surrogates, in the order of the file
}

// load reads everything but the cards.
func (e *exporter) load() error {
	e.columns, e.lanes, e.fields, e.people = map[int64]*fileColumn{}, map[int64]*fileLane{}, map[int64]*fileField{}, map[string]filePerson{}
	for _, fn := range []func() error{e.loadPeople, e.loadColumns, e.loadLanes, e.loadFields, e.loadOrder} {
		if err := fn(); err != nil {
			return err
		}
	}
	return nil
}

// loadPeople reads everybody whom anything of the board names.
func (e *exporter) loadPeople() error {
	const ofCards = " x JOIN cards c ON c.rid = x.card_rid WHERE c.board_rid = ?"
	return e.q.Each(func(scan func(...any) error) error {
		var p filePerson
		err := scan(&p.ID, &p.Name, &p.Discipline)
		e.people[p.ID] = p
		return err
	}, `SELECT id, name, discipline FROM people WHERE id IN (
		SELECT created_by FROM cards WHERE board_rid = ?
		UNION SELECT actor_id FROM card_transitions WHERE board_rid = ?
		UNION SELECT actor_id FROM column_versions WHERE board_rid = ?
		UNION SELECT actor_id FROM sle_versions WHERE board_rid = ?
		UNION SELECT opened_by FROM blockers WHERE board_rid = ?
		UNION SELECT closed_by FROM blockers WHERE board_rid = ?
		UNION SELECT raised_to FROM blockers WHERE board_rid = ?
		UNION SELECT raised_by FROM blockers WHERE board_rid = ?
		UNION SELECT x.author_id FROM comments`+ofCards+`
		UNION SELECT x.actor_id FROM card_links`+ofCards+`
		UNION SELECT x.outcome_by FROM hypotheses`+ofCards+`
		UNION SELECT x.author_id FROM card_revisions`+ofCards+`
		UNION SELECT x.person_id FROM mentions`+ofCards+`
		UNION SELECT x.actor_id FROM mentions`+ofCards+`
		UNION SELECT x.person_id FROM watchers`+ofCards+`
		UNION SELECT x.value FROM custom_values x JOIN custom_fields f ON f.rid = x.field_rid WHERE f.type = 'person' AND f.board_rid = ?)
		OR rid IN (SELECT x.person_rid FROM assignments`+ofCards+")",
		times(e.l.RID, 17)...)
}

func times(rid int64, n int) []any {
	out := make([]any, n)
	for i := range out {
		out[i] = rid
	}
	return out
}

// who is a person's id if the file tells them.
func (e *exporter) who(id string) string {
	if _, ok := e.people[id]; ok {
		return id
	}
	return ""
}

func (e *exporter) loadColumns() error {
	err := e.q.Each(func(scan func(...any) error) error {
		c := &fileColumn{Versions: []fileVersion{}}
		var rid int64
		var retired *int64
		err := scan(&rid, &c.ID, &c.Name, &c.Kind, &c.Policy, &c.Position, &c.Wip.Mode, &c.Wip.Min, &c.Wip.Max, &retired)
		c.RetiredAt = stampPtr(retired)
		e.columns[rid] = c
		e.order = append(e.order, rid)
		return err
	}, "SELECT rid, id, name, kind, policy, position, wip_mode, wip_min, wip_max, retired_at FROM columns WHERE board_rid = ? ORDER BY position, rid", e.l.RID)
	if err != nil {
		return err
	}
	return e.q.Each(func(scan func(...any) error) error {
		var v fileVersion
		var rid, at int64
		if err := scan(&rid, &v.Name, &v.Kind, &v.Position, &v.Wip.Mode, &v.Wip.Min, &v.Wip.Max, &v.IsStart, &v.IsFinish, &v.Retired, &v.ActorID, &at); err != nil {
			return err
		}
		v.At, v.ActorID = stamp(at), e.who(v.ActorID)
		if c := e.columns[rid]; c != nil {
			c.Versions = append(c.Versions, v)
		}
		return nil
	}, `SELECT column_rid, name, kind, position, wip_mode, wip_min, wip_max, is_start, is_finish, retired, actor_id, from_at
		FROM column_versions WHERE board_rid = ? ORDER BY from_at, rid`, e.l.RID)
}

func (e *exporter) loadLanes() error {
	return e.q.Each(func(scan func(...any) error) error {
		n := &fileLane{}
		var rid int64
		var retired *int64
		err := scan(&rid, &n.ID, &n.Name, &n.Position, &n.Wip.Mode, &n.Wip.Min, &n.Wip.Max, &retired)
		n.RetiredAt = stampPtr(retired)
		e.lanes[rid] = n
		e.laneAt = append(e.laneAt, rid)
		return err
	}, "SELECT rid, id, name, position, wip_mode, wip_min, wip_max, retired_at FROM lanes WHERE board_rid = ? ORDER BY position, rid", e.l.RID)
}

func (e *exporter) loadFields() error {
	return e.q.Each(func(scan func(...any) error) error {
		f := &fileField{}
		var rid int64
		var options string
		var retired *int64
		err := scan(&rid, &f.ID, &f.Name, &f.Type, &f.Unit, &options, &f.OnFace, &retired)
		if err == nil && options != "[]" {
			err = json.Unmarshal([]byte(options), &f.Options)
		}
		f.RetiredAt = stampPtr(retired)
		e.fields[rid] = f
		e.fieldAt = append(e.fieldAt, rid)
		return err
	}, "SELECT rid, id, name, type, unit, options, on_face, retired_at FROM custom_fields WHERE board_rid = ? ORDER BY position, rid", e.l.RID)
}

// loadOrder lists the cards column by column.
func (e *exporter) loadOrder() error {
	byColumn := map[int64][]int64{}
	err := e.q.Each(func(scan func(...any) error) error {
		var card, column int64
		err := scan(&card, &column)
		byColumn[column] = append(byColumn[column], card)
		return err
	}, `SELECT c.rid, p.column_rid FROM cards c JOIN places p ON p.card_rid = c.rid AND p.board_rid = c.board_rid
		WHERE c.board_rid = ? ORDER BY p.pos, c.id`, e.l.RID)
	for _, rid := range e.order {
		e.cards = append(e.cards, byColumn[rid]...)
	}
	return err
}

func (e *exporter) sles() ([]fileSLE, error) {
	out := []fileSLE{}
	err := e.q.Each(func(scan func(...any) error) error {
		var x fileSLE
		var from int64
		var to *int64
		err := scan(&x.Class, &x.Days, &x.Percent, &x.ActorID, &from, &to)
		x.From, x.To, x.ActorID = stamp(from), stampPtr(to), e.who(x.ActorID)
		out = append(out, x)
		return err
	}, "SELECT class, days, percent, actor_id, from_at, to_at FROM sle_versions WHERE board_rid = ? ORDER BY rid", e.l.RID)
	return out, err
}

// mirrors names what stands on the board and belongs to another one: the file leaves it out, and says so.
func (e *exporter) mirrors() (out []fileMirror, err error) {
	err = e.q.Each(func(scan func(...any) error) error {
		var m fileMirror
		err := scan(&m.Key, &m.BoardName, &m.TeamName, &m.ColumnID)
		out = append(out, m)
		return err
	}, `SELECT c.key, b.name, t.name, k.id FROM places p JOIN cards c ON c.rid = p.card_rid JOIN boards b ON b.rid = c.board_rid
		JOIN teams t ON t.id = b.team_id JOIN columns k ON k.rid = p.column_rid
		WHERE p.board_rid = ? AND p.mirror = TRUE AND p.archived = FALSE ORDER BY k.position, p.pos, c.id`, e.l.RID)
	return out, err
}

// pages calls fn with some cards at a time.
func (e *exporter) pages(fn func([]*fileCard) error) error {
	for rids := range slices.Chunk(e.cards, page) {
		cards, err := e.page(rids)
		if err != nil {
			return err
		}
		if err := fn(cards); err != nil {
			return err
		}
	}
	return nil
}

func (e *exporter) json() error {
	l := e.l
	sles, err := e.sles()
	if err != nil {
		return err
	}
	mirrors, err := e.mirrors()
	if err != nil {
		return err
	}
	people := make([]filePerson, 0, len(e.people))
	for _, p := range e.people {
		people = append(people, p)
	}
	slices.SortFunc(people, func(a, b filePerson) int { return compareText(a.Name+"\x00"+a.ID, b.Name+"\x00"+b.ID) })
	b := fileBoard{ID: l.ID, Name: l.Name, Visibility: l.Visibility, TimeZone: l.TimeZone, StartColumnID: l.StartColumnID, FinishColumnID: l.FinishColumnID,
		Expedite:   board.ExpediteView{Mode: l.ExpediteMode, Max: l.ExpediteMax, Counts: l.ExpediteCounts},
		Categories: l.Categories, MirrorsCount: l.MirrorsCount, CreatedAt: stamp(store.Ms(l.CreatedAt)), ArchivedAt: stampPtr(store.MsPtr(l.ArchivedAt))}
	enc := json.NewEncoder(e.w)
	enc.SetEscapeHTML(false)
	sep := "{"
	for _, m := range []struct {
		name  string
		value any
	}{{"format", Format}, {"exportedAt", e.at}, {"board", b}, {"people", people}, {"columns", pick(e.order, e.columns)},
		{"lanes", pick(e.laneAt, e.lanes)}, {"sle", sles}, {"fields", pick(e.fieldAt, e.fields)},
		{"mirrors", mirrors}} {
		if m.name == "mirrors" && len(mirrors) == 0 {
			continue
		}
		_, _ = e.w.WriteString(sep + `"` + m.name + `":`)
		if err := enc.Encode(m.value); err != nil {
			return err
		}
		sep = ","
	}
	_, _ = e.w.WriteString(`,"cards":[`)
	first := true
	err = e.pages(func(cards []*fileCard) error {
		for _, c := range cards {
			if !first {
				_ = e.w.WriteByte(',')
			}
			first = false
			if err := enc.Encode(c); err != nil {
				return err
			}
		}
		return nil
	})
	_, _ = e.w.WriteString("]}\n") // a writer that failed says so at Flush
	return err
}

func pick[T any](order []int64, from map[int64]*T) []*T {
	out := make([]*T, 0, len(order))
	for _, rid := range order {
		out = append(out, from[rid])
	}
	return out
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// table is a CSV file (RFC 4180) whose cells no spreadsheet takes for formulas.
func (e *exporter) table(header ...string) *csv.Writer {
	w := csv.NewWriter(e.w)
	w.UseCRLF = true
	_ = w.Write(header) // a writer that failed says so at the end
	return w
}
