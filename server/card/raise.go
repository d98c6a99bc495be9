package card

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/outbox"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// A blocker can be raised to a person, in the team or outside it, who answers by which day they see to it. The
// record of the blocker itself, by which flow is measured, is not touched by either.

// openBlocker is what raising and promising need to know of a blocker.
type openBlocker struct {
	rid                                    int64
	id, reason, openedBy, raisedTo, raised string // raised: by whom
	promisedOn                             string
}

func blockerIn(q *store.Query, rid int64) (b openBlocker, err error) {
	var open bool
	_, err = q.Row([]any{&b.id, &b.reason, &b.openedBy, &b.raisedTo, &b.raised, &b.promisedOn, &open},
		"SELECT id, reason, opened_by, raised_to, raised_by, promised_on, closed_at IS NULL FROM blockers WHERE rid = ?", rid)
	if err == nil && !open {
		err = fault.Conflict("closed", "That blocker is closed already.")
	}
	b.rid = rid
	return b, err
}

// Raise asks a person to see to a blocker; "" takes the question back. Somebody else is told instead of whoever
// it was raised to before, and what that one promised is forgotten.
func (s *Service) Raise(ctx context.Context, blockerID, personID string) (Changed, error) {
	return s.onPart(ctx, "blockers", "blocker", blockerID, toWork, func(e *edit, rid int64) (Changed, error) {
		b, err := blockerIn(e.tx.Query, rid)
		if err != nil {
			return Changed{}, err
		}
		if b.raisedTo == personID {
			return e.unchanged(), nil
		}
		if personID == "" {
			if err := e.setRaised(b, "", "", ""); err != nil {
				return Changed{}, err
			}
			return e.saved("card.blocker_raised", map[string]any{"blockerId": b.id, "to": ""}, "blockers")
		}
		name, err := e.mayTake(personID)
		if err != nil {
			return Changed{}, err
		}
		if err := e.setRaised(b, personID, e.tx.ActorID, ""); err != nil {
			return Changed{}, err
		}
		if err := e.tellOf(b, "blocker.raised", []string{personID}, fmt.Sprintf("%s is blocked and waits for you: %s", e.card.Key, e.card.Title)); err != nil {
			return Changed{}, err
		}
		return e.saved("card.blocker_raised", map[string]any{"blockerId": b.id, "to": personID, "toName": name}, "blockers")
	})
}

// mayTake says who a person is that a blocker is raised to: one who may see the card.
func (e *edit) mayTake(personID string) (name string, err error) {
	var role string
	found, err := e.tx.Row([]any{&name, &role}, "SELECT name, role FROM people WHERE id = ? AND disabled_at IS NULL", personID)
	if err != nil {
		return "", err
	}
	if found {
		rights, err := team.RightsIn(e.tx.Query, who.Viewer{PersonID: personID, Role: role}, e.l.TeamID)
		if err != nil || rights.CanSee(e.l.Visibility) {
			return name, err
		}
	}
	return "", fault.Invalid("body.personId", "Choose somebody who may see this card")
}

func (e *edit) setRaised(b openBlocker, to, by, promisedOn string) error {
	now := store.Ms(e.tx.Now)
	raisedAt, promisedAt := &now, &now
	if to == "" {
		raisedAt = nil
	}
	if promisedOn == "" {
		promisedAt = nil
	}
	stmt, args := "UPDATE blockers SET raised_to = ?, raised_by = ?, promised_on = ?, promised_at = ?", []any{to, by, promisedOn, promisedAt}
	if to != b.raisedTo {
		stmt, args = stmt+", raised_at = ?", append(args, raisedAt)
	}
	_, err := e.tx.Exec(stmt+" WHERE rid = ?", append(args, b.rid)...)
	return err
}

func (e *edit) tellOf(b openBlocker, kind string, to []string, title string) error {
	var others []string
	for _, id := range unique(to) {
		if id != "" && id != e.tx.ActorID {
			others = append(others, id)
		}
	}
	if len(others) == 0 {
		return nil
	}
	return notice.Post(e.tx, notice.Note{Kind: kind, To: others, TeamID: e.l.TeamID, BoardID: e.l.ID, CardID: e.card.ID, CardKey: e.card.Key,
		Title: title, Text: b.reason, Link: "/c/" + e.card.Key})
}

// Promise is "I have it, by Tuesday": whoever the blocker was raised to names the day by which they see to it; a
// manager may take on any, and a worker of the team one that was raised to nobody. on is a date in the board's
// time zone, today or later; "" takes the promise back. When the day comes they are reminded.
func (s *Service) Promise(ctx context.Context, blockerID, on string) (Changed, error) {
	v := who.From(ctx)
	return s.onPart(ctx, "blockers", "blocker", blockerID, toSee, func(e *edit, rid int64) (Changed, error) {
		b, err := blockerIn(e.tx.Query, rid)
		if err != nil {
			return Changed{}, err
		}
		mine := v.PersonID != "" && (b.raisedTo == v.PersonID || e.seen.Rights.Manager || (b.raisedTo == "" && e.seen.Rights.CanWork()))
		if !mine {
			return Changed{}, fault.Forbidden("Only whoever a blocker was raised to can take it on, or a manager.")
		}
		if on == "" {
			if b.promisedOn == "" {
				return e.unchanged(), nil
			}
			if err := e.setRaised(b, b.raisedTo, b.raised, ""); err != nil {
				return Changed{}, err
			}
			return e.saved("card.blocker_promised", map[string]any{"blockerId": b.id, "on": ""}, "blockers")
		}
		zone := e.l.Location()
		day, err := time.ParseInLocation(time.DateOnly, on, zone)
		if err != nil {
			return Changed{}, fault.Invalid("body.on", "A day looks like 2026-11-30")
		}
		today := e.tx.Now.In(zone).Format(time.DateOnly)
		if on < today || day.After(e.tx.Now.AddDate(1, 0, 0)) {
			return Changed{}, fault.Invalid("body.on", "Promise a day from today on, within a year")
		}
		if b.raisedTo == v.PersonID && b.promisedOn == on {
			return e.unchanged(), nil
		}
		by := b.raised
		if b.raisedTo != v.PersonID {
			by = v.PersonID
		}
		if err := e.setRaised(b, v.PersonID, by, on); err != nil {
			return Changed{}, err
		}
		if err := e.tx.Enqueue(RemindKind, "", reminder{b.id, on, false}, remindAt(day, e.tx.Now)); err != nil {
			return Changed{}, err
		}
		told := append([]string{b.raised, b.openedBy, b.raisedTo}, e.card.Face.OwnerIDs...)
		if err := e.tellOf(b, "blocker.promised", told, fmt.Sprintf("%s has it, by %s: %s %s", e.tx.ActorName, day.Format("Monday 2 January"), e.card.Key, e.card.Title)); err != nil {
			return Changed{}, err
		}
		return e.saved("card.blocker_promised", map[string]any{"blockerId": b.id, "on": on}, "blockers")
	})
}

// RemindKind is the outbox's name for reminders of what was promised.
const RemindKind = "blocker.due"

// reminder is one, good as long as the blocker is open and the promise is that one.
type reminder struct {
	BlockerID string `json:"blockerId"`
	On        string `json:"on"`
	Late      bool   `json:"late"` // the day has passed
}

// remindAt is eight in the morning of the promised day; for a promise made on that day itself four in the
// afternoon, or the next morning.
func remindAt(day, now time.Time) time.Time {
	for _, at := range []time.Time{day.Add(8 * time.Hour), day.Add(16 * time.Hour)} {
		if at.After(now) {
			return at
		}
	}
	return day.AddDate(0, 0, 1).Add(8 * time.Hour)
}

// Remind is the outbox's handler of reminders: on the day whoever promised is told, and the morning after those
// who wait are told as well.
func (s *Service) Remind(ctx context.Context, j outbox.Job) error {
	var r reminder
	if err := json.Unmarshal(j.Payload, &r); err != nil {
		return outbox.Permanent(err)
	}
	return store.Do(store.As(ctx, "", ""), s.store, nil, func(tx *store.Tx) error {
		var b openBlocker
		var cardID, boardID string
		found, err := tx.Row([]any{&b.id, &b.reason, &b.openedBy, &b.raisedTo, &b.raised, &b.promisedOn, &cardID, &boardID},
			`SELECT k.id, k.reason, k.opened_by, k.raised_to, k.raised_by, k.promised_on, c.id, b.id FROM blockers k JOIN cards c ON c.rid = k.card_rid
			JOIN boards b ON b.rid = c.board_rid WHERE k.id = ? AND k.closed_at IS NULL AND k.promised_on = ? AND c.archived_at IS NULL`, r.BlockerID, r.On)
		if err != nil || !found {
			return err
		}
		l, err := s.boards.LayoutTx(tx, boardID)
		if err != nil || l == nil {
			return err
		}
		c, err := loadCard(tx.Query, cardID)
		if err != nil {
			return err
		}
		e := &edit{tx: tx, l: l, card: c, s: s}
		if r.Late {
			to := append([]string{b.raisedTo, b.raised, b.openedBy}, c.Face.OwnerIDs...)
			return e.tellOf(b, "blocker.due", to, fmt.Sprintf("%s is still blocked, a day after it was promised: %s", c.Key, c.Title))
		}
		day, err := time.ParseInLocation(time.DateOnly, r.On, l.Location())
		if err != nil {
			return outbox.Permanent(err)
		}
		if err := e.tellOf(b, "blocker.due", []string{b.raisedTo}, fmt.Sprintf("You said you would see to it by today: %s %s", c.Key, c.Title)); err != nil {
			return err
		}
		return tx.Enqueue(RemindKind, "", reminder{r.BlockerID, r.On, true}, day.AddDate(0, 0, 1).Add(8*time.Hour))
	})
}
