package port

import "slices"

// story is what a card's actions tell, oldest first.
type story struct {
	steps      []inStep
	entered    int64
	archivedAt *int64
	incomplete bool // part of it is missing: its times are not to be trusted
	archiving  bool // the instant of archiving is not in the file
	owners     []inSpan
	creator    string
	comments   []inComment
}

// lists knows the order in which moves go forwards or backwards.
type listOrder map[string]int

func (o listOrder) backward(from, to string) bool {
	a, known := o[from]
	b, too := o[to]
	return known && too && b < a
}

// tell turns a card's actions into its history. created is its creation instant; last is when it was last
// touched, which stands in for instants that the file does not have. listClosed is when the card's list was
// archived, nil when it is open.
func tell(c *trelloCard, acts []trelloAct, order listOrder, created, last int64, listClosed *int64) story {
	s := story{creator: c.IDMemberCreator, entered: created}
	cur, out := "", false
	begin := func(list string) {
		s.incomplete = true
		s.steps = append(s.steps, inStep{kind: "import", to: list, at: created})
		cur = list
	}
	archived := false
	for i := range acts {
		a := &acts[i]
		at := max(a.at, created)
		by := inStep{at: at, actor: a.actor.ID, actorName: a.actor.name()}
		if len(s.steps) == 0 && slices.Contains([]string{"move", "archive", "unarchive", "out"}, a.kind) {
			begin(firstKnown(c, acts))
		}
		switch a.kind {
		case "create":
			if len(s.steps) > 0 {
				continue
			}
			by.kind, by.to, by.at = "create", first(a.list, c.IDList), created
			s.creator, cur = a.actor.ID, by.to
		case "in":
			by.kind, by.from, by.to = "board_in", cur, first(a.list, c.IDList)
			cur, out = by.to, false
			s.entered = at
		case "out":
			by.kind, by.from = "board_out", cur
			cur, out = "", true
		case "move":
			if a.from != "" && cur != a.from {
				s.incomplete = true
			}
			by.kind, by.from, by.to = "move", first(a.from, cur), a.to
			by.backward = order.backward(by.from, by.to)
			cur, s.entered = a.to, at
		case "archive":
			by.kind, by.from = "archive", cur
			archived, s.archivedAt = true, &by.at
		case "unarchive":
			by.kind, by.to = "unarchive", cur
			archived, s.archivedAt = false, nil
		case "own", "disown":
			s.own(a.member, a.kind == "own", at, created)
			continue
		case "comment":
			s.comments = append(s.comments, inComment{author: a.actor.ID, authorName: a.actor.name(), text: a.text, at: a.at, editedAt: a.editedAt})
			continue
		default:
			continue
		}
		s.steps = append(s.steps, by)
	}
	if len(s.steps) == 0 {
		begin(c.IDList)
	}
	last = max(last, s.steps[len(s.steps)-1].at)
	if cur != c.IDList || out {
		s.incomplete = true
		s.steps = append(s.steps, inStep{kind: "import", from: cur, to: c.IDList, at: last})
		s.entered = last
	}
	switch {
	case c.Closed && !archived:
		s.archiving = true
		s.archive(c.IDList, last)
	case !c.Closed && archived:
		s.incomplete = true
		s.archivedAt = nil
		s.steps = append(s.steps, inStep{kind: "unarchive", to: c.IDList, at: last})
		archived = false
	}
	if !c.Closed && listClosed != nil {
		s.archive(c.IDList, max(*listClosed, s.steps[len(s.steps)-1].at))
	}
	s.settleOwners(c.IDMembers, created, last)
	return s
}

func (s *story) archive(list string, at int64) {
	s.steps = append(s.steps, inStep{kind: "archive", from: list, at: at})
	s.archivedAt = &at
}

// firstKnown is the list in which the file first sees a card whose beginning it does not have.
func firstKnown(c *trelloCard, acts []trelloAct) string {
	for i := range acts {
		switch a := &acts[i]; {
		case a.kind == "move" && a.from != "":
			return a.from
		case a.kind == "out" && a.list != "":
			return a.list
		case a.kind == "in":
			return first(a.list, c.IDList)
		}
	}
	return c.IDList
}

// own opens or closes an interval of ownership.
func (s *story) own(person string, on bool, at, created int64) {
	if person == "" {
		return
	}
	i := slices.IndexFunc(s.owners, func(o inSpan) bool { return o.person == person && o.to == nil })
	switch {
	case on && i < 0:
		s.owners = append(s.owners, inSpan{person: person, from: at})
	case !on && i >= 0:
		s.owners[i].to = &at
	case !on && !slices.ContainsFunc(s.owners, func(o inSpan) bool { return o.person == person }):
		s.owners = append(s.owners, inSpan{person: person, from: created, to: &at})
	}
}

// settleOwners makes the open intervals those of the people the card names today.
func (s *story) settleOwners(now []string, created, last int64) {
	for i := range s.owners {
		if o := &s.owners[i]; o.to == nil && !slices.Contains(now, o.person) {
			o.to = &last
		}
	}
	for _, p := range now {
		if p != "" && !slices.ContainsFunc(s.owners, func(o inSpan) bool { return o.person == p && o.to == nil }) {
			s.owners = append(s.owners, inSpan{person: p, from: created})
		}
	}
	// today's owners in the order in which the card names them, those of the past first
	slices.SortStableFunc(s.owners, func(a, b inSpan) int {
		return compare(int64(rankOf(a, now)), int64(rankOf(b, now)))
	})
}

func rankOf(o inSpan, now []string) int {
	if o.to != nil {
		return -1
	}
	return slices.Index(now, o.person)
}
