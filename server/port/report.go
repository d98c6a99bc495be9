package port

// Report says what an import did, or in a dry run would do.
type Report struct {
	BoardID   string `json:"boardId,omitempty" doc:"Absent in the dry run of a board that is not here yet"`
	BoardName string `json:"boardName"`
	Source    string `json:"source" enum:"trello,trestle"`
	DryRun    bool   `json:"dryRun"`
	Counts    Counts `json:"counts"`
	Kept      []Line `json:"kept"`
	Changed   []Line `json:"changed"`
	Dropped   []Line `json:"dropped"`
	// AlreadyThere is how many cards came with an earlier import; they were left as they are.
	AlreadyThere int `json:"alreadyThere"`
}

// Line is one kind of thing, how many of it, and why it is not as it was.
type Line struct {
	What  string `json:"what"`
	Count int    `json:"count"`
	Why   string `json:"why,omitempty"`
}

// Counts are taken from the file, whether its cards are here already or not.
type Counts struct {
	Lists                int `json:"lists" doc:"All lists, archived ones too"`
	ListsArchived        int `json:"listsArchived"`
	Cards                int `json:"cards" doc:"All cards, archived ones too"`
	CardsOpen            int `json:"cardsOpen"`
	CardsArchived        int `json:"cardsArchived"`
	CardsInArchivedLists int `json:"cardsInArchivedLists" doc:"Cards that are open themselves, in a list that is archived"`
	Comments             int `json:"comments"`
	Moves                int `json:"moves" doc:"Moves from list to list of the cards in the file"`
	BackwardMoves        int `json:"backwardMoves"`
	TodoLists            int `json:"todoLists"`
	TodoItems            int `json:"todoItems"`
	Labels               int `json:"labels" doc:"Labels on cards, counted on each card"`
	DueDates             int `json:"dueDates"`
	CustomFields         int `json:"customFields"`
	CustomValues         int `json:"customValues"`
	Attachments          int `json:"attachments"`
	People               int `json:"people"`
}

// notes collects the lines of a report; the same thing twice becomes one line.
type notes struct{ changed, dropped []Line }

func (n *notes) change(count int, what, why string) { add(&n.changed, count, what, why) }
func (n *notes) drop(count int, what, why string)   { add(&n.dropped, count, what, why) }

func add(list *[]Line, count int, what, why string) {
	if count == 0 {
		return
	}
	for i := range *list {
		if l := &(*list)[i]; l.What == what && l.Why == why {
			l.Count += count
			return
		}
	}
	*list = append(*list, Line{what, count, why})
}

// kept lists what of the board is written as it is.
func kept(b *inBoard) []Line {
	var lines []Line
	archived, moves, comments, lists, items, labels, due, values, blockers, history := 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
	for i := range b.cards {
		c := &b.cards[i]
		if c.archivedAt != nil {
			archived++
		}
		for _, s := range c.steps {
			history++
			if s.kind == "move" {
				moves++
			}
		}
		comments += len(c.comments)
		lists += todoLists(c.todos)
		items += len(c.todos)
		labels += len(c.labels)
		values += len(c.values)
		blockers += len(c.blockers)
		if c.dueOn != "" {
			due++
		}
	}
	for _, l := range []Line{
		{What: "Lists", Count: len(b.columns)}, {What: "Cards", Count: len(b.cards) - archived}, {What: "Archived cards", Count: archived},
		{What: "Moves, with their times", Count: moves}, {What: "Lines of history", Count: history}, {What: "Comments", Count: comments},
		{What: "To-do lists", Count: lists}, {What: "To-do items", Count: items}, {What: "Labels on cards", Count: labels},
		{What: "Due dates", Count: due}, {What: "Custom fields", Count: len(b.fields)}, {What: "Custom field values", Count: values},
		{What: "Blockers", Count: blockers}, {What: "Lanes", Count: len(b.lanes)},
	} {
		if l.Count > 0 {
			lines = append(lines, l)
		}
	}
	return lines
}

func todoLists(todos []inTodo) int {
	seen := map[string]bool{}
	for _, t := range todos {
		seen[t.list] = true
	}
	return len(seen)
}

// lines is never null on the wire.
func lines(l []Line) []Line {
	if l == nil {
		return []Line{}
	}
	return l
}
