package board

import (
	"slices"

	"trestle/server/fault"
)

// PullQueue is the queue from which work is started: the last one to the left of the column in which cards
// count as started. nil when the board has none.
func (l *Layout) PullQueue() *Column {
	at := l.orderOf(l.StartColumnID)
	if at < 0 {
		at = len(l.Columns)
	}
	for i := at - 1; i >= 0; i-- {
		if l.Columns[i].Kind == Queue {
			return &l.Columns[i]
		}
	}
	return nil
}

// PullWay is the queue that is pulled from, "" for the usual one, and the column where its cards go: the next
// active one to its right.
func (l *Layout) PullWay(queueID string) (from, to *Column, err error) {
	if from = l.PullQueue(); queueID != "" {
		from = l.Column(queueID)
		if from == nil {
			return nil, nil, fault.Invalid("body.columnId", "That column is not on this board")
		}
		if from.Kind != Queue {
			return nil, nil, fault.Invalid("body.columnId", "%s is not a queue: only from a queue is pulled", from.Name)
		}
	}
	if from == nil {
		return nil, nil, fault.Conflict("nothing_to_pull", "This board has no queue before the column in which work starts.").With("why", "no_queue")
	}
	i := l.orderOf(from.ID)
	j := slices.IndexFunc(l.Columns[i+1:], func(c Column) bool { return c.Kind == Active })
	if j < 0 {
		return nil, nil, fault.Conflict("nothing_to_pull", "There is no column to the right of %s in which somebody works.", from.Name).With("why", "no_queue")
	}
	return from, &l.Columns[i+1+j], nil
}
