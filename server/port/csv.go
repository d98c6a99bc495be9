package port

import (
	"slices"
	"strconv"
	"strings"

	"trestle/server/text"
)

// cardsCSV writes one line per card, archived ones too; custom fields are the last columns.
func (e *exporter) cardsCSV() error {
	header := []string{"key", "title", "type", "discipline", "involves", "class", "column", "columnKind", "lane", "owners", "labels", "dueOn", "size",
		"createdAt", "enteredAt", "startedAt", "finishedAt", "archivedAt", "openBlockers", "todoDone", "todoTotal", "comments", "historyIncomplete", "description", "parent", "links", "hypothesis", "outcome"}
	for _, rid := range e.fieldAt {
		header = append(header, text.Cell(e.fields[rid].Name))
	}
	w := e.table(header...)
	columns, lanes := e.columnsByID(), e.lanesByID()
	err := e.pages(func(cards []*fileCard) error {
		for _, c := range cards {
			col := columns[c.ColumnID]
			open, done := 0, 0
			for _, b := range c.Blockers {
				if b.ClosedAt == nil {
					open++
				}
			}
			for _, t := range c.Todos {
				if t.Done {
					done++
				}
			}
			line := []string{c.Key, text.Cell(c.Title), c.Type, c.Discipline, strings.Join(c.Involves, "; "), c.Class, text.Cell(col.Name), col.Kind, text.Cell(lanes[c.LaneID]),
				text.Cell(strings.Join(e.ownersOf(c), "; ")), text.Cell(strings.Join(c.Labels, "; ")), c.DueOn, number(c.Size), c.CreatedAt.String(), c.EnteredAt.String(),
				maybe(c.StartedAt), maybe(c.FinishedAt), maybe(c.ArchivedAt), strconv.Itoa(open), strconv.Itoa(done), strconv.Itoa(len(c.Todos)),
				strconv.Itoa(len(c.Comments)), strconv.FormatBool(c.HistoryIncomplete), text.Cell(c.Description),
				e.keyOf(c.ParentID), text.Cell(c.linksText()), text.Cell(c.Hypothesis.text()), text.Cell(c.Hypothesis.outcome())}
			for _, rid := range e.fieldAt {
				i := slices.IndexFunc(c.Fields, func(v fileValue) bool { return v.FieldID == e.fields[rid].ID })
				if i < 0 {
					line = append(line, "")
				} else {
					line = append(line, text.Cell(e.valueText(e.fields[rid], c.Fields[i].Value)))
				}
			}
			if err := w.Write(line); err != nil {
				return err
			}
		}
		return nil
	})
	w.Flush()
	if err == nil {
		err = w.Error()
	}
	return err
}

// transitionsCSV writes one line per entry of every card's history, undone ones too.
func (e *exporter) transitionsCSV() error {
	w := e.table("key", "title", "at", "kind", "from", "to", "fromLane", "toLane", "backward", "returnCategory", "returnText", "overrideReason", "actor", "voidedAt")
	columns, lanes := e.columnsByID(), e.lanesByID()
	err := e.pages(func(cards []*fileCard) error {
		for _, c := range cards {
			for _, t := range c.Transitions {
				actor := t.ActorName
				if p, ok := e.people[t.ActorID]; ok {
					actor = p.Name
				}
				if err := w.Write([]string{c.Key, text.Cell(c.Title), t.At.String(), t.Kind, text.Cell(columns[t.From].Name), text.Cell(columns[t.To].Name), text.Cell(lanes[t.FromLane]), text.Cell(lanes[t.Lane]),
					strconv.FormatBool(t.Backward), t.ReturnCategory, text.Cell(t.ReturnText), text.Cell(t.Override), text.Cell(actor), maybe(t.VoidedAt)}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	w.Flush()
	if err == nil {
		err = w.Error()
	}
	return err
}

func (e *exporter) columnsByID() map[string]fileColumn {
	out := map[string]fileColumn{}
	for _, c := range e.columns {
		out[c.ID] = *c
	}
	return out
}

func (e *exporter) lanesByID() map[string]string {
	out := map[string]string{}
	for _, n := range e.lanes {
		out[n.ID] = n.Name
	}
	return out
}

// ownersOf are the names of those who own the card now.
func (e *exporter) ownersOf(c *fileCard) (names []string) {
	for _, o := range c.Owners {
		if o.To == nil {
			names = append(names, e.people[o.PersonID].Name)
		}
	}
	return names
}

func number(n *float64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}

func maybe(s *stamp) string {
	if s == nil {
		return ""
	}
	return s.String()
}
