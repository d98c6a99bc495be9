package notice

import (
	"context"
	"errors"
	"strconv"
	"time"

	"trestle/server/fault"
	"trestle/server/outbox"
	"trestle/server/store"
	"trestle/server/who"
)

// How a delivery went.
const (
	waiting  = "waiting"
	sent     = "sent"
	skipped  = "skipped"
	retrying = "retrying"
	failed   = "failed"
)

// delivery is a line of the log, one per job.
type delivery struct {
	channel          string
	job              outbox.Job
	personID, teamID string
	subject          string
	notices          int
	state, reason    string
}

func (d delivery) save(tx *store.Tx) error {
	_, err := tx.Exec(`INSERT INTO deliveries (channel, job, person_id, team_id, subject, notices, state, reason, tries, at) VALUES (?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (channel, job) DO UPDATE SET subject = excluded.subject, notices = excluded.notices, state = excluded.state, reason = excluded.reason,
		tries = excluded.tries, at = excluded.at`,
		d.channel, d.job.ID, d.personID, d.teamID, d.subject, d.notices, d.state, clip(d.reason, 300), d.job.Try, store.Ms(tx.Now))
	return err
}

// tryAgain notes why a try failed, and whether there will be another one.
func (s *Service) tryAgain(ctx context.Context, d delivery, why error) error {
	d.state, d.reason = retrying, why.Error()
	final := outbox.IsPermanent(why) || s.store.Now().Sub(d.job.Enqueued) >= outbox.GiveUpAfter
	var err error
	if final {
		d.state = failed
		err = s.settle(ctx, d)
	} else {
		err = store.Do(store.As(ctx, "", ""), s.store, nil, d.save)
	}
	return errors.Join(why, err)
}

// settle is the end of a delivery of its channel.
func (s *Service) settle(ctx context.Context, d delivery) error {
	if d.channel == "mail" {
		return s.settleMail(ctx, d)
	}
	return store.Do(store.As(ctx, "", ""), s.store, nil, d.save)
}

// Delivery is what went out by mail or chat, or why not.
type Delivery struct {
	ID         string    `json:"id"`
	Channel    string    `json:"channel" enum:"mail,chat"`
	PersonID   string    `json:"personId,omitempty"`
	PersonName string    `json:"personName,omitempty"`
	TeamID     string    `json:"teamId,omitempty"`
	TeamName   string    `json:"teamName,omitempty"`
	Subject    string    `json:"subject,omitempty"`
	Notices    int       `json:"notices" doc:"How many it told"`
	State      string    `json:"state" enum:"waiting,sent,skipped,retrying,failed"`
	Reason     string    `json:"reason,omitempty"`
	Tries      int       `json:"tries"`
	At         time.Time `json:"at"`
}

// Log reads what went out, newest first; for administrators. state "" is all.
func (s *Service) Log(ctx context.Context, state string, limit int, cursor string) (out []Delivery, next string, err error) {
	v := who.From(ctx)
	if !v.IsAdmin() {
		return nil, "", fault.Forbidden("Only an administrator may read the log of what was sent.")
	}
	before := int64(1<<62 - 1)
	if cursor != "" {
		if before, err = strconv.ParseInt(cursor, 10, 64); err != nil || before < 0 {
			return nil, "", fault.Invalid("query.cursor", "This is not a cursor of this list")
		}
	}
	out = []Delivery{}
	where, args := "d.rid < ?", []any{before}
	if state != "" {
		where, args = where+" AND d.state = ?", append(args, state)
	}
	err = s.deliveries(s.store.Rows(ctx), where+" ORDER BY d.rid DESC LIMIT ?", append(args, limit), func(d Delivery) { out = append(out, d) })
	if len(out) == limit {
		next = out[len(out)-1].ID
	}
	return out, next, err
}

func (s *Service) deliveries(q *store.Query, where string, args []any, fn func(Delivery)) error {
	return q.Each(func(scan func(...any) error) error {
		var d Delivery
		var rid, at int64
		err := scan(&rid, &d.Channel, &d.PersonID, &d.PersonName, &d.TeamID, &d.TeamName, &d.Subject, &d.Notices, &d.State, &d.Reason, &d.Tries, &at)
		d.ID, d.At = strconv.FormatInt(rid, 10), store.At(at)
		if err == nil {
			fn(d)
		}
		return err
	}, `SELECT d.rid, d.channel, d.person_id, COALESCE(p.name, ''), d.team_id, COALESCE(t.name, ''), d.subject, d.notices, d.state, d.reason, d.tries, d.at
		FROM deliveries d LEFT JOIN people p ON p.id = d.person_id LEFT JOIN teams t ON t.id = d.team_id WHERE `+where, args...)
}

// clip cuts a text after n characters.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
