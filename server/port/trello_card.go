package port

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/board"
)

// card maps one card with everything on it.
func (m *mapping) card(c *trelloCard) {
	created, known := born(c.ID)
	last, err := instant(c.LastActivity)
	if err != nil {
		last = m.latest
	}
	acts := m.acts[c.ID]
	if !known {
		if created = last; len(acts) > 0 {
			created = acts[0].at
		}
	}
	var listClosed *int64
	if l := m.lists[c.IDList]; l != nil && l.Closed {
		at := m.closed[c.IDList]
		listClosed = &at
		if !c.Closed {
			m.change(1, "Open cards of archived lists", "They are archived with their list")
		}
	}
	s := tell(c, acts, m.order, created, max(last, created), listClosed)
	out := inCard{id: c.ID, class: "standard", column: c.IDList, enteredAt: s.entered, createdAt: created, createdBy: s.creator,
		archivedAt: s.archivedAt, incomplete: s.incomplete || !known, steps: s.steps, owners: s.owners, comments: m.comments(s.comments)}
	if s.archiving {
		m.change(1, "Times of archiving", "The file does not say when; the card's last activity is taken")
	}
	out.labels = m.labels(c.Labels)
	out.kind, out.discipline = guessWork(out.labels)
	out.disciplines = []inDiscipline{{discipline: out.discipline, leading: true, from: created}}
	if out.kind == "feature" && out.discipline == "other" {
		m.change(1, "Type and discipline of cards", "Trello has neither, and no label hints at one: feature, discipline other")
	} else {
		m.change(1, "Type and discipline of labelled cards", "Guessed from their labels; Trello has neither")
	}
	out.title, out.description = m.text(c)
	m.dates(c, &out)
	out.todos = m.todoItems(m.todos[c.ID])
	m.values(c, &out)
	m.leave(c)
	m.uses(out.createdBy)
	for _, x := range out.steps {
		m.uses(x.actor)
	}
	for _, x := range out.owners {
		m.uses(x.person)
	}
	for _, x := range out.comments {
		m.uses(x.author)
	}
	m.out.cards = append(m.out.cards, out)
}

func (m *mapping) comments(in []inComment) []inComment {
	out := in[:0]
	for _, c := range in {
		if strings.TrimSpace(c.text) == "" {
			m.drop(1, "Empty comments", "There is nothing in them")
			continue
		}
		if short := clip(c.text, maxComment); short != c.text {
			c.text = short
			m.drop(1, "The ends of long comments", "A comment holds 20,000 characters")
		}
		if c.authorName == "" {
			if c.authorName = m.names[c.author]; c.authorName == "" {
				c.authorName = "A former member"
			}
		}
		out = append(out, c)
	}
	return out
}

const (
	maxTitle       = 300
	maxDescription = 100_000
	maxLabel       = 50
	maxLabels      = 30
	maxTodo        = 500
	maxComment     = 20_000
)

func (m *mapping) labels(in []trelloLabel) []string {
	out := []string{}
	for _, l := range in {
		name := oneLine(l.Name)
		if name == "" {
			if name = oneLine(l.Color); name == "" {
				name = "unnamed"
			}
			m.change(1, "Labels without a name", "They are called by their colour")
		} else if l.Color != "" {
			m.change(1, "Colours of labels", "Labels have no colours here: colour says discipline")
		}
		if utf8.RuneCountInString(name) > maxLabel {
			name = clip(name, maxLabel)
			m.change(1, "Long labels", "Cut to 50 characters")
		}
		switch {
		case slices.Contains(out, name):
			m.change(1, "Labels twice on one card", "Two colours with one name become one label")
		case len(out) == maxLabels:
			m.drop(1, "Labels", "A card holds at most 30")
		default:
			out = append(out, name)
		}
	}
	return out
}

// text is the title and the description, with the attachments' links under a heading.
func (m *mapping) text(c *trelloCard) (title, description string) {
	description = tidy(c.Desc)
	full := oneLine(c.Name)
	switch title = clip(full, maxTitle); {
	case title == "":
		title = "Untitled"
		m.change(1, "Cards without a title", "They are called Untitled")
	case title != full:
		description = strings.TrimSpace(full + "\n\n" + description)
		m.change(1, "Long titles", "Cut to 300 characters; the whole title begins the description")
	}
	var links []string
	for _, a := range c.Attachments {
		u, err := url.Parse(tidy(a.URL))
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			m.drop(1, "Attachments without a web address", "There is nothing to link to")
			continue
		}
		if a.IsUpload {
			m.change(1, "Attached files", "An export holds no files: a link to the file at Trello stands under “Attachments” in the description, and opens only for whom Trello lets in")
		} else {
			m.change(1, "Attached links", "They stand under “Attachments” in the description")
		}
		name := oneLine(a.Name)
		if name == "" {
			name = u.Host
		}
		links = append(links, "- ["+escapeLink.Replace(name)+"](<"+u.String()+">)")
	}
	if len(links) > 0 {
		description = strings.TrimSpace(description + "\n\n## Attachments\n\n" + strings.Join(links, "\n"))
	}
	if utf8.RuneCountInString(description) > maxDescription {
		description = clip(description, maxDescription)
		m.change(1, "Long descriptions", "Cut to 100,000 characters")
	}
	return title, description
}

var escapeLink = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, "`", "\\`")

func (m *mapping) day(at int64) string { return time.UnixMilli(at).In(m.zone).Format(time.DateOnly) }

func (m *mapping) dates(c *trelloCard, out *inCard) {
	if c.Due != "" {
		if at, err := instant(c.Due); err == nil {
			out.dueOn = m.day(at)
			m.change(1, "Times of due dates", "Due dates are days here; the day in the board's time zone ("+m.zone.String()+") is kept")
		} else {
			m.drop(1, "Due dates", "They are no dates")
		}
		if c.DueComplete {
			m.drop(1, "Ticks on due dates", "Here the column says whether a card is done")
		}
		if r := string(c.DueReminder); r != "" && r != "null" && r != "-1" {
			m.drop(1, "Reminders of due dates", "There are none yet")
		}
	}
	if c.Start != "" {
		if at, err := instant(c.Start); err == nil {
			out.values = append(out.values, inValue{startField, m.day(at)})
			m.change(1, "Start dates", "They become the custom field “Start date”: here work starts when a card enters a column")
		} else {
			m.drop(1, "Start dates", "They are no dates")
		}
	}
}

// todoItems maps checklists. Two lists of one name on a card are numbered, so that they stay two.
func (m *mapping) todoItems(in []trelloChecklist) (out []inTodo) {
	used := map[string]int{}
	for i := range in {
		l := &in[i]
		name := clip(oneLine(l.Name), 80)
		if len(l.CheckItems) == 0 {
			m.drop(1, "Empty checklists", "There is nothing in them")
			continue
		}
		if used[name]++; used[name] > 1 {
			name = clip(name, 74) + " (" + string(rune('0'+min(used[name], 9))) + ")"
			m.change(1, "Checklists of the same name on a card", "They are numbered")
		}
		items := slices.Clone(l.CheckItems)
		slices.SortStableFunc(items, func(x, y trelloCheckItem) int { return compare(x.Pos, y.Pos) })
		for _, it := range items {
			text := oneLine(it.Name)
			if text == "" {
				text = "Untitled"
			}
			if short := clip(text, maxTodo); short != text {
				text = short
				m.drop(1, "The ends of long to-do items", "An item holds 500 characters")
			}
			out = append(out, inTodo{list: name, text: text, done: it.State == "complete"})
			if it.Due != "" || it.IDMember != "" {
				m.drop(1, "Owners and due dates of to-do items", "Items have neither here; make it a card")
			}
		}
	}
	return out
}

// fields maps custom field definitions and learns how to read their values.
func (m *mapping) fields() {
	for _, f := range m.in.fields {
		kind := f.Type
		options := map[string]string{}
		for _, o := range f.Options {
			options[o.ID] = tidy(o.Value.Text)
		}
		switch kind {
		case "text", "number", "checkbox", "date":
		case "list":
			kind = board.FieldChoice
		default:
			kind = "text"
		}
		m.field[f.ID] = func(v trelloValue) (string, bool) { return m.value(kind, options, v) }
		field := inField{id: f.ID, name: clip(first(oneLine(f.Name), "Unnamed"), 80), kind: kind}
		for _, o := range f.Options {
			name := options[o.ID]
			if kind == board.FieldChoice && name != "" && !slices.ContainsFunc(field.options, func(x board.Option) bool { return x.ID == name }) {
				field.options = append(field.options, board.Option{ID: name, Name: name})
			}
		}
		m.out.fields = append(m.out.fields, field)
	}
	if slices.ContainsFunc(m.in.cards, func(c trelloCard) bool { return c.Start != "" }) {
		m.out.fields = append(m.out.fields, inField{id: startField, name: "Start date", kind: "date"})
	}
}

func (m *mapping) value(kind string, options map[string]string, v trelloValue) (string, bool) {
	if kind == board.FieldChoice {
		text, ok := options[v.IDValue]
		return text, ok
	}
	if v.Value == nil {
		return "", false
	}
	switch kind {
	case "number":
		return string(v.Value.Number), v.Value.Number != ""
	case "checkbox":
		return v.Value.Checked, v.Value.Checked != ""
	case "date":
		at, err := instant(v.Value.Date)
		if err != nil {
			return "", false
		}
		m.change(1, "Times of custom date fields", "The day in the board's time zone ("+m.zone.String()+") is kept")
		return m.day(at), true
	}
	text := tidy(v.Value.Text)
	return text, text != ""
}

func (m *mapping) values(c *trelloCard, out *inCard) {
	for _, v := range c.CustomFieldItems {
		read := m.field[v.IDCustomField]
		if read == nil {
			m.drop(1, "Custom field values", "Their field is not in the file")
			continue
		}
		text, ok := read(v)
		if !ok || slices.ContainsFunc(out.values, func(o inValue) bool { return o.field == v.IDCustomField }) {
			m.drop(1, "Custom field values", "They are empty, or their option is not in the file")
			continue
		}
		out.values = append(out.values, inValue{v.IDCustomField, text})
	}
}

// leave notes what stays behind of a card.
func (m *mapping) leave(c *trelloCard) {
	if c.CoverAttachment != "" || c.Cover.Attachment != "" || c.Cover.Color != "" || c.Cover.Background != "" {
		m.drop(1, "Covers", "Cards have no covers: their colour says discipline and state")
	}
	m.drop(len(c.Stickers), "Stickers", "There are none here")
	m.drop(len(c.IDMembersVoted), "Votes", "Order is priority here, and it is shared")
	m.drop(len(c.PluginData), "Power-up data of cards", "Only the power-up can read it")
	if loc := string(c.Coordinates); c.Address != "" || (loc != "" && loc != "null") {
		m.drop(1, "Locations", "Cards have no place on a map")
	}
}

// counts are taken from the file as it is, whatever of it is new.
func (b *trelloBoard) counts(m *mapping) Counts {
	n := Counts{Lists: len(b.lists), Cards: len(b.cards), CustomFields: len(b.fields), People: len(b.members)}
	n.ListsArchived = b.countIf(func(l *trelloList) bool { return l.Closed })
	for i := range b.cards {
		c := &b.cards[i]
		switch {
		case c.Closed:
			n.CardsArchived++
		case m.lists[c.IDList] != nil && m.lists[c.IDList].Closed:
			n.CardsInArchivedLists++
			n.CardsOpen++
		default:
			n.CardsOpen++
		}
		for _, a := range m.acts[c.ID] {
			switch a.kind {
			case "comment":
				n.Comments++
			case "move":
				n.Moves++
				if m.order.backward(a.from, a.to) {
					n.BackwardMoves++
				}
			}
		}
		for _, l := range m.todos[c.ID] {
			n.TodoLists++
			n.TodoItems += len(l.CheckItems)
		}
		n.Labels += len(c.Labels)
		n.CustomValues += len(c.CustomFieldItems)
		n.Attachments += len(c.Attachments)
		if c.Due != "" {
			n.DueDates++
		}
	}
	return n
}
