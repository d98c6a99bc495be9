package flow

import "fmt"

// moved is an entry of the history, as it is written down.
type moved struct {
	card, at, to, came whole // to 0: it left the board; came 1: from another board
	back               string
}

// history is read in parts of a fixed size: it is long, and used once.
type history [][]moved

const historyPart = 4096

// next is where the next entry is written.
func (h *history) next() *moved {
	n := len(*h)
	if n == 0 || len((*h)[n-1]) == historyPart {
		*h, n = append(*h, make([]moved, 0, historyPart)), n+1
	}
	part := &(*h)[n-1]
	*part = (*part)[:len(*part)+1]
	return &(*part)[len(*part)-1]
}

// whole is a number that many rows have: scanning it takes no detour. NULL is 0.
type whole int64

// Scan is for database/sql.
func (n *whole) Scan(v any) error {
	switch v := v.(type) {
	case int64:
		*n = whole(v)
	case nil:
		*n = 0
	default:
		return fmt.Errorf("%T is no whole number", v)
	}
	return nil
}
