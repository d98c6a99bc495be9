package port

import "trestle/server/card"

// fit leaves out what the doors of a card would refuse: more to-do items, links or signals than a card holds. The
// first ones stay, and the report says how many do not.
func (b *inBoard) fit(n *notes) {
	todos, links, signals := 0, 0, 0
	for i := range b.cards {
		c := &b.cards[i]
		todos += cut(&c.todos, card.MaxTodos)
		links += cut(&c.links, card.MaxLinks)
		signals += cut(&c.signals, card.MaxSignals)
	}
	n.drop(todos, "To-do items", "A card holds at most 500; the first ones of each card came along.")
	n.drop(links, "Links", "A card holds at most 100; the first ones of each card came along.")
	n.drop(signals, "Signals", "A card holds at most 20; the first ones of each card came along.")
}

func cut[T any](list *[]T, most int) (gone int) {
	if gone = len(*list) - most; gone > 0 {
		*list = (*list)[:most]
		return gone
	}
	return 0
}
