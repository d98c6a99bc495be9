package port

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/clock"
)

// trestleFile is a board file while it is read; every member is checked before anything is written.
type trestleFile struct {
	format  string
	board   fileBoard
	people  []filePerson
	columns []fileColumn
	lanes   []fileLane
	sles    []fileSLE
	fields  []fileField
	cards   []fileCard
	mirrors []fileMirror
}

func readTrestle(file io.ReadSeeker, now time.Time) (*inBoard, Counts, *notes, error) {
	dec, err := open(file)
	if err != nil {
		return nil, Counts{}, nil, err
	}
	f := &trestleFile{}
	err = object(dec, func(name string) error {
		switch name {
		case "format":
			if err := dec.Decode(&f.format); err != nil {
				return err
			}
			if f.format != Format {
				return refuse("its format is %q, and this version reads %s", clip(f.format, 40), Format)
			}
			return nil
		case "board":
			return dec.Decode(&f.board)
		case "people":
			return each(dec, "people", maxCards, func(v filePerson) error { f.people = append(f.people, v); return nil })
		case "columns":
			return each(dec, "columns", maxLists, func(v fileColumn) error { f.columns = append(f.columns, v); return nil })
		case "lanes":
			return each(dec, "lanes", maxLists, func(v fileLane) error { f.lanes = append(f.lanes, v); return nil })
		case "sle":
			return each(dec, "expectations", maxActs, func(v fileSLE) error { f.sles = append(f.sles, v); return nil })
		case "fields":
			return each(dec, "custom fields", maxLists, func(v fileField) error { f.fields = append(f.fields, v); return nil })
		case "mirrors":
			return each(dec, "mirrors", maxCards, func(v fileMirror) error { f.mirrors = append(f.mirrors, v); return nil })
		case "cards":
			return each(dec, "cards", maxCards, func(v fileCard) error { f.cards = append(f.cards, v); return nil })
		}
		return skip(dec)
	})
	if err != nil {
		return nil, Counts{}, nil, err
	}
	c := &checker{limit: now.Add(24 * time.Hour).UnixMilli()}
	b := f.toBoard(c)
	if c.err != nil {
		return nil, Counts{}, nil, c.err
	}
	n := &notes{}
	n.change(len(b.people), "People", "The file tells names, not accounts: they are here by name, so that owners and authors stay true, but nobody can sign in as them")
	n.change(len(b.cards), "Keys of cards", "Cards get the next numbers of this team")
	for _, m := range f.mirrors {
		n.drop(1, "Mirrors", "They show cards of "+clip(oneLine(m.TeamName), 60)+" · "+clip(oneLine(m.BoardName), 80)+", and belong to that board")
	}
	return b, b.counts(), n, nil
}

// checker collects the first thing in a board file that cannot be.
type checker struct {
	err   error
	limit int64
}

func (c *checker) fail(why string, args ...any) {
	if c.err == nil {
		c.err = refuse(why, args...)
	}
}

func (c *checker) oneOf(what, v string, list ...string) string {
	if !slices.Contains(list, v) {
		c.fail("%s in it is %q, which is none of %s", what, clip(v, 40), strings.Join(list, ", "))
	}
	return v
}

// text checks a length in characters; a name must be there.
func (c *checker) text(what, s string, max int) string {
	s = tidy(s)
	if utf8.RuneCountInString(s) > max {
		c.fail("%s in it is longer than %d characters", what, max)
	}
	return s
}

func (c *checker) name(what, s string, max int) string {
	s = oneLine(s)
	if s == "" {
		c.fail("%s in it has no name", what)
	}
	return c.text(what, s, max)
}

func (c *checker) id(what, s string, seen map[string]bool) string {
	if s == "" || len(s) > 64 || seen[s] {
		c.fail("two of its %s have the same id, or none", what)
	}
	seen[s] = true
	return s
}

func (c *checker) ref(what, s string, seen map[string]bool) string {
	if s != "" && !seen[s] {
		c.fail("it names a %s that is not in it", what)
	}
	return s
}

func (c *checker) at(s stamp) int64 {
	if int64(s) <= 0 || int64(s) > c.limit {
		c.fail("a time in it is missing or lies in the future")
	}
	return int64(s)
}

func (c *checker) maybe(s *stamp) *int64 {
	if s != nil {
		c.at(*s)
	}
	return s.ms()
}

func (c *checker) wip(w board.Wip) board.Wip {
	c.oneOf("a limit", w.Mode, board.Off, board.Warn, board.Reason, board.Hard)
	for _, n := range []*int{w.Min, w.Max} {
		if n != nil && (*n < 0 || *n > 10_000) {
			c.fail("a limit in it is not between 0 and 10,000")
		}
	}
	if w.Mode != board.Off && w.Min == nil && w.Max == nil {
		c.fail("a limit in it has no number")
	}
	return w
}

func (f *trestleFile) toBoard(c *checker) *inBoard {
	in := f.board
	columns, lanes, people, fields := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	b := &inBoard{source: Trestle, id: c.id("boards", in.ID, map[string]bool{}), name: c.name("the board", in.Name, 80),
		visibility: c.oneOf("visibility", in.Visibility, board.Workspace, board.TeamOnly), timeZone: in.TimeZone,
		createdAt: c.at(in.CreatedAt), archivedAt: c.maybe(in.ArchivedAt), start: in.StartColumnID, finish: in.FinishColumnID,
		expedite: in.Expedite, categories: in.Categories, mirrorsCount: in.MirrorsCount}
	if _, ok := clock.Zone(in.TimeZone); !ok {
		c.fail("there is no time zone %q", clip(in.TimeZone, 40))
	}
	c.oneOf("the expedite limit", in.Expedite.Mode, board.Off, board.Warn, board.Reason, board.Hard)
	if in.Expedite.Max < 0 || in.Expedite.Max > 1000 || len(in.Categories) > 40 {
		c.fail("its expedite limit or its blocker categories are out of bounds")
	}
	for _, x := range in.Categories {
		c.name("a blocker category", x.Key, 40)
		c.name("a blocker category", x.Name, 60)
	}
	for _, p := range f.people {
		b.people = append(b.people, inPerson{c.id("people", p.ID, people), c.name("a person", p.Name, 200), c.oneOf("a discipline", p.Discipline, card.Disciplines...)})
	}
	live := 0
	for _, x := range f.columns {
		b.columns = append(b.columns, x.read(c, columns, people))
		if x.RetiredAt == nil {
			live++
		}
	}
	if live == 0 || live > 50 {
		c.fail("a board has 1 to 50 columns")
	}
	c.ref("column", b.start, columns)
	c.ref("column", b.finish, columns)
	for _, x := range f.lanes {
		b.lanes = append(b.lanes, inLane{id: c.id("lanes", x.ID, lanes), name: c.name("a lane", x.Name, 60), position: x.Position, wip: c.wip(x.Wip), retiredAt: c.maybe(x.RetiredAt)})
	}
	b.sles = []inSLE{}
	for _, x := range f.sles {
		if x.Days < 1 || x.Days > 3650 || x.Percent < 1 || x.Percent > 99 {
			c.fail("an expectation in it is out of bounds")
		}
		b.sles = append(b.sles, inSLE{c.oneOf("a class", x.Class, append([]string{""}, board.Classes...)...), x.Days, x.Percent, c.ref("person", x.ActorID, people), c.at(x.From), c.maybe(x.To)})
	}
	for _, x := range f.fields {
		b.fields = append(b.fields, x.read(c, fields))
	}
	seen := map[string]bool{}
	for i := range f.cards {
		b.cards = append(b.cards, f.cards[i].read(c, seen, columns, lanes, people, fields))
	}
	c.families(b, seen)
	c.waits(b, seen)
	c.values(b)
	optionsFromValues(b)
	slices.SortStableFunc(b.columns, func(x, y inColumn) int { return compare(int64(x.position), int64(y.position)) })
	return b
}

func (x *fileColumn) read(c *checker, columns, people map[string]bool) inColumn {
	out := inColumn{id: c.id("columns", x.ID, columns), name: c.name("a column", x.Name, 60), kind: kind(c, x.Kind), policy: c.text("a policy", x.Policy, 4000),
		position: x.Position, wip: c.wip(x.Wip), retiredAt: c.maybe(x.RetiredAt)}
	for _, v := range x.Versions {
		out.versions = append(out.versions, inVersion{c.name("a column", v.Name, 60), kind(c, v.Kind), v.Position, c.wip(v.Wip), v.IsStart, v.IsFinish, v.Retired,
			c.ref("person", v.ActorID, people), c.at(v.At)})
	}
	return out
}

func kind(c *checker, s string) string {
	return c.oneOf("a column's kind", s, board.Queue, board.Active, board.Done)
}

func (x *fileCard) read(c *checker, seen, columns, lanes, people, fields map[string]bool) inCard {
	out := inCard{id: c.id("cards", x.ID, seen), title: c.name("a card", x.Title, maxTitle), description: c.text("a description", x.Description, maxDescription),
		kind: c.oneOf("a card's type", x.Type, card.Types...), discipline: c.oneOf("a discipline", x.Discipline, card.Disciplines...),
		class: c.oneOf("a class", x.Class, board.Classes...), involves: x.Involves, labels: x.Labels, dueOn: c.date("a due date", x.DueOn), size: x.Size,
		column: c.ref("column", x.ColumnID, columns), lane: c.ref("lane", x.LaneID, lanes), enteredAt: c.at(x.EnteredAt),
		createdBy: c.ref("person", x.CreatedBy, people), createdAt: c.at(x.CreatedAt), archivedAt: c.maybe(x.ArchivedAt), incomplete: x.HistoryIncomplete}
	if out.column == "" || len(x.Labels) > maxLabels || len(x.Involves) > len(card.Disciplines) {
		c.fail("a card in it has no column, or more labels or disciplines than a card holds")
	}
	if x.Size != nil && (*x.Size < 0 || *x.Size > card.MaxSize) {
		c.fail("a card's size in it is not between 0 and 100,000")
	}
	for i := range out.labels {
		out.labels[i] = c.name("a label", out.labels[i], maxLabel)
	}
	for _, d := range x.Involves {
		c.oneOf("a discipline", d, card.Disciplines...)
	}
	for _, s := range x.Transitions {
		out.steps = append(out.steps, inStep{kind: c.oneOf("a transition's kind", s.Kind, "create", "move", "archive", "unarchive", "finish", "reopen", "import", "delete", "board_in", "board_out"),
			from: c.ref("column", s.From, columns), to: c.ref("column", s.To, columns), fromLane: c.ref("lane", s.FromLane, lanes), lane: c.ref("lane", s.Lane, lanes),
			backward: s.Backward, returnCategory: c.oneOf("a return's category", s.ReturnCategory, append([]string{""}, card.ReturnCategories...)...),
			returnText: c.text("a return's text", s.ReturnText, 2000), override: c.text("a reason", s.Override, 2000), overrideOver: c.limits(s.Limits),
			actor: c.ref("person", s.ActorID, people), actorName: c.text("a name", s.ActorName, 200), at: c.at(s.At), voidedAt: c.maybe(s.VoidedAt)})
	}
	x.readParts(c, &out, people, fields)
	return out
}

// limits checks the kept list of exceeded limits.
func (c *checker) limits(raw json.RawMessage) string {
	var over []board.Exceeded
	if len(raw) == 0 {
		return ""
	}
	if err := json.Unmarshal(raw, &over); err != nil || len(raw) > 10_000 {
		c.fail("an exceeded limit in it cannot be read")
	}
	return string(raw)
}

func (x *fileCard) readParts(c *checker, out *inCard, people, fields map[string]bool) {
	for _, o := range x.Owners {
		out.owners = append(out.owners, inSpan{c.ref("person", o.PersonID, people), c.at(o.From), c.maybe(o.To)})
	}
	for _, d := range x.Disciplines {
		out.disciplines = append(out.disciplines, inDiscipline{c.oneOf("a discipline", d.Discipline, card.Disciplines...), d.Leading, c.at(d.From), c.maybe(d.To)})
	}
	for _, b := range x.Blockers {
		out.blockers = append(out.blockers, inBlocker{c.name("a blocker's category", b.Category, 40), c.text("a blocker's reason", b.Reason, 2000), c.text("a blocker", b.WaitingFor, 200),
			b.External, c.ref("person", b.OpenedBy, people), c.ref("person", b.ClosedBy, people), c.at(b.OpenedAt), c.maybe(b.ClosedAt),
			c.ref("person", b.RaisedTo, people), c.ref("person", b.RaisedBy, people), c.maybe(b.RaisedAt), c.date("a promised day", b.PromisedOn), c.maybe(b.PromisedAt), b.WaitsForID, c.other(b)})
	}
	for _, m := range x.Comments {
		out.comments = append(out.comments, inComment{c.ref("person", m.AuthorID, people), c.text("a name", m.AuthorName, 200), c.text("a comment", m.Text, maxComment), c.at(m.At), c.maybe(m.EditedAt)})
	}
	for _, t := range x.Todos {
		out.todos = append(out.todos, inTodo{c.text("a to-do list", t.List, 100), c.text("a to-do item", t.Text, maxTodo), t.Done, t.CardID})
	}
	keys := map[string]bool{}
	for _, s := range x.Signals {
		if s.URL != "" && !onWeb(s.URL) {
			c.fail("a signal's address in it is no web address")
		}
		out.signals = append(out.signals, inSignal{c.id("signals", s.Key, keys), c.oneOf("a signal's state", s.State, "ok", "running", "failed", "info"),
			c.text("a signal", s.Text, 500), c.text("a signal's address", s.URL, 2000), c.at(s.At), s.ExpiresAt.ms()})
	}
	values := map[string]bool{}
	for _, v := range x.Fields {
		out.values = append(out.values, inValue{c.ref("custom field", c.id("custom field values", v.FieldID, values), fields), c.text("a value", v.Value, maxComment)})
	}
	x.readFull(c, out, people)
}

// counts of a board file.
func (b *inBoard) counts() Counts {
	n := Counts{Lists: len(b.columns), Cards: len(b.cards), CustomFields: len(b.fields), People: len(b.people)}
	for _, c := range b.columns {
		if c.retiredAt != nil {
			n.ListsArchived++
		}
	}
	for i := range b.cards {
		c := &b.cards[i]
		if c.archivedAt != nil {
			n.CardsArchived++
		} else {
			n.CardsOpen++
		}
		for _, s := range c.steps {
			if s.kind == "move" && s.voidedAt == nil && s.from != s.to {
				n.Moves++
				if s.backward {
					n.BackwardMoves++
				}
			}
		}
		n.Comments += len(c.comments)
		n.TodoLists += todoLists(c.todos)
		n.TodoItems += len(c.todos)
		n.Labels += len(c.labels)
		n.CustomValues += len(c.values)
		if c.dueOn != "" {
			n.DueDates++
		}
	}
	return n
}

// dropKnown leaves out the cards that are here already.
func (b *inBoard) dropKnown(known func(card string) bool) {
	b.cards = slices.DeleteFunc(b.cards, func(c inCard) bool { return known(c.id) })
}
