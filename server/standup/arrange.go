package standup

import (
	"context"
	"strconv"
	"strings"
	"time"

	"trestle/server/account"
	"trestle/server/cadence"
	"trestle/server/clock"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/who"
)

const (
	defaultMeet = 30 // minutes
	longestMeet = 480
	farthest    = 366 * 24 * time.Hour
)

// MeetView is when those meet whom something parked concerns.
type MeetView struct {
	At      time.Time `json:"at"`
	Minutes int       `json:"minutes"`
	People  []Named   `json:"people"`
}

// checkMeeting refuses a meeting that nobody could come to.
func (n *Settlement) checkMeeting(now time.Time) error {
	if n.Minutes == 0 {
		n.Minutes = defaultMeet
	}
	switch {
	case n.At == nil:
		return fault.Invalid("body.at", "Say when you meet")
	case !n.At.After(now):
		return fault.Invalid("body.at", "That time has passed")
	case n.At.After(now.Add(farthest)):
		return fault.Invalid("body.at", "Meet within a year")
	case n.Minutes < 5 || n.Minutes > longestMeet:
		return fault.Invalid("body.minutes", "A meeting takes 5 to %d minutes", longestMeet)
	case len(n.PersonIDs) == 0:
		return fault.Invalid("body.personIds", "Say who meets")
	case len(n.PersonIDs) > maxPeople:
		return fault.Invalid("body.personIds", "At most %d people meet for one thing", maxPeople)
	}
	return nil
}

// arrange makes a meeting of what was parked and tells those who are to come.
func (w *sitting) arrange(p *parked, n Settlement) error {
	if err := n.checkMeeting(w.tx.Now); err != nil {
		return err
	}
	if err := w.people("body.personIds", n.PersonIDs...); err != nil {
		return err
	}
	at := store.Ms(*n.At)
	p.MeetAt, p.MeetMinutes, p.MeetPeople = &at, n.Minutes, once(n.PersonIDs)
	return w.invite(p, func(when string) string {
		return "You meet " + when + ", " + strconv.Itoa(p.MeetMinutes) + " minutes: "
	})
}

// callOff tells those who would have come to a meeting that has not begun.
func (w *sitting) callOff(p *parked) error {
	if p.MeetAt == nil || *p.MeetAt <= store.Ms(w.tx.Now) {
		return nil
	}
	return w.invite(p, func(when string) string { return "Called off, you would have met " + when + ": " })
}

// invite writes to each by their own clock.
func (w *sitting) invite(p *parked, words func(when string) string) error {
	about, err := about(w.tx.Query, p)
	if err != nil {
		return err
	}
	known, err := account.PeopleByID(w.tx.Query, p.MeetPeople)
	if err != nil {
		return err
	}
	names := make([]string, 0, len(p.MeetPeople))
	for _, id := range p.MeetPeople {
		names = append(names, known[id].Name)
	}
	for _, id := range p.MeetPeople {
		if err := notice.Post(w.tx, notice.Note{Kind: "standup.meeting", To: []string{id}, BoardID: w.r.BoardID,
			Title: words(onDay(store.At(*p.MeetAt), w.zoneOf(id))) + about, Text: strings.Join(names, ", "), Link: "/standup/" + w.r.ID}); err != nil {
			return err
		}
	}
	return nil
}

// about is what was parked, in words.
func about(q *store.Query, p *parked) (string, error) {
	if p.Text != "" || p.CardID == "" {
		return p.Text, nil
	}
	var key, title string
	_, err := q.Row([]any{&key, &title}, "SELECT key, title FROM cards WHERE id = ?", p.CardID)
	return key + " " + title, err
}

func once(ids []string) []string {
	out := []string{}
	seen := map[string]bool{}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// zoneOf is in which zone somebody reads times: their own, else the series'.
func (w *sitting) zoneOf(personID string) *time.Location {
	if p, err := account.ReachOf(w.tx.Query, personID); err == nil && p.TimeZone != "" {
		if own, ok := clock.Zone(p.TimeZone); ok {
			return own
		}
	}
	return w.r.location()
}

// onDay is a moment with its day, and the zone by whose clock it is told: the reader may be elsewhere.
func onDay(at time.Time, zone *time.Location) string {
	return "on " + at.In(zone).Format("Monday 2 January at 15:04") + " (" + clock.ZoneName(zone) + ")"
}

// Meeting is an arranged meeting as a calendar file; for everybody who sees the standup.
func (s *Service) Meeting(ctx context.Context, itemID string) (file []byte, err error) {
	q := s.store.Rows(ctx)
	items, err := readParked(q, "id = ?", itemID)
	if err != nil {
		return nil, err
	}
	if len(items) != 1 {
		return nil, fault.NotFound("item")
	}
	p := &items[0]
	r, err := readSeries(q, "s.rid = ?", p.SeriesRID)
	if err != nil {
		return nil, err
	}
	if _, err := s.boards.See(q, who.From(ctx), r.BoardID); err != nil {
		return nil, asItem(err)
	}
	if p.MeetAt == nil || p.ReopenedAt != nil {
		return nil, fault.NotFound("item")
	}
	title, err := about(q, p)
	if err != nil {
		return nil, err
	}
	known, err := account.PeopleByID(q, p.MeetPeople)
	if err != nil {
		return nil, err
	}
	names := make([]string, 0, len(p.MeetPeople))
	for _, id := range p.MeetPeople {
		names = append(names, known[id].Name)
	}
	return cadence.Appointment{ID: p.ID, At: store.At(*p.MeetAt), Minutes: p.MeetMinutes, Title: title,
		Text: "Parked in " + r.Name + ". " + strings.Join(names, ", ")}.File("Standup", s.store.Now()), nil
}
