package standup

import (
	"time"

	"trestle/server/board"
	"trestle/server/store"
)

// Ops is what of its team's launches and checklists a standup is told: what everybody may see who sees the board.
type Ops struct {
	Launches []BriefCard `json:"launches,omitempty" doc:"Within seven days, or under way: then reason is the stage; key is that of its card, where it has one"`
	Freezes  []BriefCard `json:"freezes,omitempty" doc:"Now or within seven days: on is the first day, from the last"`
	GapsOver int         `json:"gapsOver,omitempty" doc:"Accepted gaps whose day has passed"`
	RanOut   int         `json:"ranOut,omitempty" doc:"Answers whose evidence ran out"`
}

// Launches is asked for it when a standup begins.
type Launches interface {
	OpsOf(q *store.Query, l *board.Layout, now time.Time) (Ops, error)
}

// UseLaunches introduces the room of launches.
func (s *Service) UseLaunches(x Launches) { s.launches = x }

// ops fills the brief in; without that room there is nothing to tell.
func (s *Service) ops(q *store.Query, l *board.Layout, b *Brief, now time.Time) (err error) {
	if s.launches != nil {
		b.Ops, err = s.launches.OpsOf(q, l, now)
	}
	return err
}
