// Package measure is the law of flow: pure functions from the record of a board to every number that Trestle shows
// about it, under the rules of the Kanban Guide (May 2025) and of docs/flow.md. It reads no store and no clock; times
// are epoch milliseconds, days are calendar days of the board's time zone, both ends counted (the same day is 1).
package measure

// Kind of a column.
type Kind uint8

// Queue waits, Active works, Done is behind the work.
const (
	Queue Kind = iota
	Active
	Done
)

// Column of a board, retired ones included. Columns are named by their index in Board.Columns, which is today's order;
// retired ones stand where they last stood.
type Column struct {
	ID      string
	Name    string
	Kind    Kind
	Retired bool
}

// Board is what a board declares: its columns in order and the points at which an item counts as started and as
// finished (indices; len(Columns) = none). Recomputing with other points recomputes all of history.
type Board struct {
	Columns       []Column
	Start, Finish int
	// Restart: a return before the start point stops the clock, and the next start begins anew. Off unless declared.
	Restart bool
	// Orders are the orders that columns had before, oldest first: what counts as "later" is judged by the order of the
	// day. None = always today's.
	Orders []Order
}

// Order is the rank of every column from an instant on.
type Order struct {
	From int64
	Rank []int // by column index
}

// rank gives the ranks that held at an instant; nil = today's indices.
func (b *Board) rank(at int64) []int {
	var held []int
	for i := range b.Orders {
		if b.Orders[i].From > at {
			break
		}
		held = b.Orders[i].Rank
	}
	return held
}

// Step is one entry of an item's history: it came into a column, or left the board (Column = Away).
type Step struct {
	At     int64
	Column int
	Reason string // why it went back, where somebody said it
}

// Away is no column: archived, deleted, or taken to another board.
const Away = -1

// Span is an interval of time, To = Unset while it lasts.
type Span struct{ From, To int64 }

// Block is one time that an item was blocked.
type Block struct {
	Span
	Category string
	External bool
	Reason   string
}

// Owner is one time that somebody held an item. Team and Discipline say whose work it was; people are never a result.
type Owner struct {
	Span
	Person           int64
	Discipline, Team string
}

// Item is one card with its history, steps ordered by (at, order of writing).
type Item struct {
	ID, Key, Title string
	Type, Class    string
	Discipline     string // that leads it
	Board          int64  // whose record it is, by the caller's number, where several boards are put together
	Created        int64
	Steps          []Step
	Blocks         []Block
	Owners         []Owner
	// Incomplete: the history before the first step is not known (an import without actions).
	Incomplete bool
	// Planned: the item stood in a queue before it was started, whatever the steps here say (it came from another board).
	Planned bool
}

// Record is everything that a board remembers about flow.
type Record struct {
	Board    Board
	Calendar *Calendar
	Items    []Item
	Now      int64
}
