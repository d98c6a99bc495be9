package port

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"trestle/server/board"
)

// mapping turns a Trello board into ours and notes on the way what is not as it was.
type mapping struct {
	*notes
	in     *trelloBoard
	out    *inBoard
	zone   *time.Location
	fresh  bool // the first import of this board: notes about the board itself too
	acts   map[string][]trelloAct
	todos  map[string][]trelloChecklist
	lists  map[string]*trelloList
	order  listOrder
	closed map[string]int64 // when a list was archived
	names  map[string]string
	field  map[string]func(trelloValue) (string, bool)
	people map[string]bool
	right  []string // open lists right of the finish whose names do not say done
	latest int64
}

const startField = "trello:start" // the custom field that holds Trello's start dates

// toBoard maps the whole board. Cards for which known answers true are left out: they are here already.
func (b *trelloBoard) toBoard(zone *time.Location, fresh bool, known func(card string) bool) (*inBoard, Counts, *notes) {
	m := &mapping{notes: &notes{}, in: b, zone: zone, fresh: fresh, acts: map[string][]trelloAct{}, todos: map[string][]trelloChecklist{},
		lists: map[string]*trelloList{}, order: listOrder{}, closed: map[string]int64{}, names: map[string]string{},
		field: map[string]func(trelloValue) (string, bool){}, people: map[string]bool{}}
	m.index()
	created, ok := born(b.id)
	if !ok {
		created = m.latest
	}
	m.out = &inBoard{source: Trello, id: b.id, name: m.boardName(), visibility: board.Workspace, timeZone: zone.String(),
		createdAt: created, expedite: board.ExpediteView{Mode: board.Reason, Max: 1, Counts: true}}
	if b.private {
		m.out.visibility = board.TeamOnly
	}
	m.columns(created)
	m.fields()
	for i := range b.lists { // cards are sorted by pos already
		for j := range b.cards {
			if c := &b.cards[j]; c.IDList == b.lists[i].ID && !known(c.ID) {
				m.card(c)
			}
		}
	}
	for j := range b.cards {
		if c := &b.cards[j]; m.lists[c.IDList] == nil && !known(c.ID) {
			m.change(1, "Cards without a list", "Their list is not in the file; they stand in the first one")
			c.IDList = firstOpen(b.lists)
			m.card(c)
		}
	}
	m.persons()
	m.boardNotes()
	return m.out, b.counts(m), m.notes
}

func firstOpen(lists []trelloList) string {
	return lists[slices.IndexFunc(lists, func(l trelloList) bool { return !l.Closed })].ID
}

func (m *mapping) boardName() string {
	name := oneLine(m.in.name)
	if name == "" {
		name = "Board from Trello"
	}
	return clip(name, 80)
}

// index makes the look-ups that everything else uses.
func (m *mapping) index() {
	b := m.in
	for i := range b.lists {
		m.lists[b.lists[i].ID] = &b.lists[i]
		m.order[b.lists[i].ID] = i
	}
	for _, a := range b.acts {
		m.latest = max(m.latest, a.at)
		if a.actor.ID != "" && a.actor.name() != "" {
			m.names[a.actor.ID] = a.actor.name()
		}
		if a.kind == "list" {
			if a.wasClosed != nil && a.isClosed {
				m.closed[a.list] = a.at
			}
			continue
		}
		m.acts[a.card] = append(m.acts[a.card], a)
	}
	for i := range b.cards {
		if at, err := instant(b.cards[i].LastActivity); err == nil {
			m.latest = max(m.latest, at)
		}
	}
	for _, p := range b.members {
		if n := p.name(); n != "" {
			m.names[p.ID] = n
		}
	}
	for _, c := range b.checklists {
		m.todos[c.IDCard] = append(m.todos[c.IDCard], c)
	}
	for i := range b.cards {
		c := &b.cards[i]
		if len(m.todos[c.ID]) == 0 {
			m.todos[c.ID] = c.Checklists
		}
		slices.SortStableFunc(m.todos[c.ID], func(x, y trelloChecklist) int { return compare(x.Pos, y.Pos) })
	}
}

// columns maps lists, guesses their kinds and rebuilds the dated versions that the actions tell.
func (m *mapping) columns(created int64) {
	position := 0
	for i := range m.in.lists {
		l := &m.in.lists[i]
		c := inColumn{id: l.ID, name: columnName(l.Name), position: position, wip: warnAt(string(l.SoftLimit))}
		if l.Closed {
			at, known := m.closed[l.ID]
			if !known {
				at = m.latest
			}
			c.retiredAt, c.position = &at, position-1
			m.closed[l.ID] = at
		} else {
			position++
		}
		m.out.columns = append(m.out.columns, c)
	}
	m.ghosts(created)
	m.out.start, m.out.finish = guessKinds(m.out.columns)
	past := false
	for _, c := range m.out.columns {
		if past && c.retiredAt == nil && kindOf(c.name) != board.Done {
			m.right = append(m.right, "“"+c.name+"”")
		}
		past = past || c.id == m.out.finish
	}
	for i := range m.out.columns {
		m.versions(&m.out.columns[i], created)
	}
}

func columnName(s string) string {
	if s = oneLine(s); s == "" {
		s = "Unnamed"
	}
	return clip(s, 60)
}

func warnAt(softLimit string) board.Wip {
	if n := limit(softLimit); n != nil {
		return board.Wip{Mode: board.Warn, Max: n}
	}
	return board.Wip{Mode: board.Off}
}

// ghosts adds retired columns for lists that moves name and the board no longer has (they were moved to
// another board). Whether a move to or from them went backwards cannot be known, so it is not said.
func (m *mapping) ghosts(created int64) {
	add := func(id, name string) {
		if id == "" || m.lists[id] != nil || slices.ContainsFunc(m.out.columns, func(c inColumn) bool { return c.id == id }) {
			return
		}
		at := m.latest
		m.out.columns = append(m.out.columns, inColumn{id: id, name: columnName(name), retiredAt: &at, wip: board.Wip{Mode: board.Off}})
		if m.fresh {
			m.change(1, "Lists that left the board", "Moves name them; they are kept as removed columns so that the history stays whole")
		}
	}
	for i := range m.in.cards {
		for _, a := range m.acts[m.in.cards[i].ID] {
			switch a.kind {
			case "move":
				add(a.from, a.fromName)
				add(a.to, a.toName)
			case "create", "in", "out":
				add(a.list, a.listName)
			}
		}
	}
}

// versions rewinds the list's changes to its beginning and writes one dated version for each.
func (m *mapping) versions(c *inColumn, created int64) {
	began, ok := born(c.id)
	if !ok {
		began = created
	}
	v := inVersion{name: c.name, kind: c.kind, position: c.position, wip: c.wip, isStart: c.id == m.out.start, isFinish: c.id == m.out.finish,
		retired: c.retiredAt != nil}
	var newest []inVersion
	for i := len(m.in.acts) - 1; i >= 0; i-- {
		a := &m.in.acts[i]
		if a.kind != "list" || a.list != c.id || a.at <= began {
			continue
		}
		v.at, v.actor = a.at, a.actor.ID
		if m.fresh {
			m.uses(a.actor.ID)
		}
		newest = append(newest, v)
		if a.wasClosed != nil {
			v.retired = *a.wasClosed
		}
		if a.wasName != nil {
			v.name = columnName(*a.wasName)
		}
		if a.wasLimit != nil {
			v.wip = warnAt(string(a.wasLimit))
		}
	}
	v.at, v.actor = began, ""
	newest = append(newest, v)
	slices.Reverse(newest)
	if last := &newest[len(newest)-1]; c.retiredAt != nil && len(newest) == 1 {
		last.retired = false
		gone := *last
		gone.retired, gone.at = true, max(*c.retiredAt, began)
		newest = append(newest, gone)
	}
	c.versions = newest
}

func (m *mapping) uses(person string) {
	if person != "" {
		m.people[person] = true
	}
}

// persons makes the people that anything of the board names.
func (m *mapping) persons() {
	left := 0
	members := map[string]bool{}
	for _, p := range m.in.members {
		members[p.ID] = true
	}
	ids := make([]string, 0, len(m.people))
	for id := range m.people {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		name := m.names[id]
		if name == "" {
			name = "A former member"
		}
		if !members[id] {
			left++
		}
		m.out.people = append(m.out.people, inPerson{id: id, name: name, discipline: "other"})
	}
	m.change(len(ids), "People", "Trello tells no e-mail addresses: they are here by name, so that owners and authors stay true, but nobody can sign in as them")
	m.change(left, "People who left the Trello board", "Their names stay on what they wrote and did")
}

// boardNotes are the lines about the board itself.
func (m *mapping) boardNotes() {
	if len(m.out.cards) > 0 {
		incomplete := 0
		for i := range m.out.cards {
			if m.out.cards[i].incomplete {
				incomplete++
			}
		}
		why := "Part of their actions is missing, so they are left out of cycle times"
		if m.in.actions >= 1000 {
			why = fmt.Sprintf("A Trello export holds at most 1,000 actions (this one has %d); %s", m.in.actions, strings.ToLower(why[:1])+why[1:])
		}
		m.change(incomplete, "Cards with an incomplete history", why)
	}
	if !m.fresh {
		return
	}
	m.change(m.in.countIf(func(l *trelloList) bool { return limit(string(l.SoftLimit)) != nil }), "List limits",
		"They become WIP limits that warn, which is what they did in Trello")
	m.change(m.in.countIf(func(l *trelloList) bool { return l.Closed }), "Archived lists", "They become removed columns: their cards are archived, their history stays")
	m.change(len(m.out.columns), "Kinds of columns", m.kindSentence())
	m.change(len(m.right), "Lists to the right of the finish", "Cards in them count as finished: "+strings.Join(m.right, ", ")+". Move those columns to the left if they do not mean that")
	if m.in.closed {
		m.change(1, "Closed board", "It is open here")
	}
	if m.in.private {
		m.change(1, "Private board", "It is visible to its team only; board settings can open it to the workspace")
	}
	if strings.TrimSpace(m.in.desc) != "" {
		m.drop(1, "Board description", "Boards have no description here; columns have policies")
	}
	m.drop(m.in.pluginData, "Power-up data of the board", "Only the power-up can read it")
	deleted := 0
	for id, acts := range m.acts {
		if id != "" && !slices.ContainsFunc(m.in.cards, func(c trelloCard) bool { return c.ID == id }) {
			deleted += len(acts)
		}
	}
	m.drop(deleted, "Actions of cards that are not in the file", "Their cards were deleted or moved to another board")
}

func (b *trelloBoard) countIf(is func(*trelloList) bool) (n int) {
	for i := range b.lists {
		if is(&b.lists[i]) {
			n++
		}
	}
	return n
}

// kindSentence says what was guessed of the flow, from the lists' names.
func (m *mapping) kindSentence() string {
	by := map[string][]string{}
	start, finish := "", ""
	for _, c := range m.out.columns {
		if c.retiredAt != nil {
			continue
		}
		by[c.kind] = append(by[c.kind], "“"+c.name+"”")
		if c.id == m.out.start {
			start = c.name
		}
		if c.id == m.out.finish {
			finish = c.name
		}
	}
	s := "Guessed from the names."
	for _, k := range []struct{ kind, say string }{{board.Queue, "Waiting"}, {board.Active, "Work"}, {board.Done, "Done"}} {
		if len(by[k.kind]) > 0 {
			s += " " + k.say + ": " + strings.Join(by[k.kind], ", ") + "."
		}
	}
	if start != "" {
		s += " Cards count as started in “" + start + "”."
	} else {
		s += " No list is work, so no card counts as started."
	}
	if finish != "" {
		s += " They count as finished in “" + finish + "” and in every list to its right."
	} else {
		s += " No list's name says that work is done, so no card counts as finished: choose that column in the board's settings."
	}
	return s + " Board settings can change all of it; the times follow."
}
