package seed

import "trestle/server/board"

// views keeps what the team of Checkout looks at most, for everybody who sees its board.
func (t *table) views() error {
	if t.crew.key != "CHK" {
		return nil
	}
	for _, v := range []board.NewView{
		{Name: "Operations and security, by owner", Query: "disc=operations&disc=security&lanes=owner", Shared: true},
		{Name: "What is stuck", Query: "quick=blocked", Shared: true},
	} {
		if _, err := t.s.rooms.Boards.AddView(t.as(t.crew.lead), t.l.ID, v); err != nil {
			return err
		}
	}
	return nil
}
