package notice

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"trestle/server/account"
	"trestle/server/outbox"
	"trestle/server/store"
)

// MailKind is the kind under which mail waits in the outbox.
const MailKind = "notice.mail"

const (
	// mailAfter is how long a notice may be read in the inbox before a mail goes, and gathers with others.
	mailAfter = time.Minute
	// a note that comes this late (a start after a long stop, a restored backup) is news no more
	mailUntil = 24 * time.Hour
	mailMost  = 50 // notices told in one mail; the rest is counted
)

// Mailer sends one mail. An error that outbox.Permanent made will not be tried again. What it says holds no secret.
type Mailer interface {
	Send(ctx context.Context, m Letter) error
}

// Letter is one mail to one person.
type Letter struct {
	ToName, ToAddress string
	Subject           string
	Text, HTML        string
	ID                string // stable over tries, for the Message-ID
	EndURL            string // List-Unsubscribe
}

type mailJob struct {
	PersonID string `json:"personId"`
}

// mailDue is when a notice may go by mail, nil when it does not.
func (s *Service) mailDue(q *store.Query, r recipient, j outbox.Job, now time.Time) (*int64, error) {
	if s.mailer == nil || (r.way != ByMail && r.way != Daily) || now.Sub(j.Enqueued) > mailUntil {
		return nil, nil
	}
	t, err := timesOf(q, r.id)
	if err != nil || !t.Mail {
		return nil, err
	}
	due := t.loud(now.Add(mailAfter), r.zone)
	if r.way == Daily {
		due = t.digest(now, r.zone)
	}
	ms := store.Ms(due)
	return &ms, nil
}

// mail sends somebody one mail with all that is due to them. A job that finds nothing left has nothing to say.
func (s *Service) mail(ctx context.Context, j outbox.Job) error {
	var p mailJob
	if err := json.Unmarshal(j.Payload, &p); err != nil {
		return outbox.Permanent(err)
	}
	q := s.store.Rows(ctx)
	person, err := account.ReachOf(q, p.PersonID)
	if err != nil {
		return err
	}
	t, err := timesOf(q, p.PersonID)
	if err != nil {
		return err
	}
	now := s.store.Now()
	if later := t.loud(now, zoneOf(person.TimeZone)); later.After(now) {
		return s.postpone(ctx, j, p, later)
	}
	taken, err := s.take(ctx, j, p.PersonID)
	if err != nil || len(taken) == 0 {
		return err
	}
	left, why, err := s.worth(q, p.PersonID, taken)
	switch {
	case err != nil:
		return err
	case s.mailer == nil:
		why = "This installation no longer sends mail."
	case !person.Active:
		why = "They have left."
	case !t.Mail:
		why = "They turned mail off."
	}
	d := delivery{channel: "mail", job: j, personID: p.PersonID, notices: len(left)}
	if len(left) == 0 || why != "" && (s.mailer == nil || !person.Active || !t.Mail) {
		d.state, d.reason, d.notices = skipped, why, len(taken)
		return s.settleMail(ctx, d)
	}
	letter, err := s.letter(ctx, p.PersonID, person, left, j)
	if err != nil {
		return err
	}
	d.subject = letter.Subject
	if err := s.mailer.Send(ctx, letter); err != nil {
		return s.tryAgain(ctx, d, err)
	}
	d.state = sent
	return s.settleMail(ctx, d)
}

// take claims what is due to somebody for this job: two jobs at once do not send the same.
func (s *Service) take(ctx context.Context, j outbox.Job, personID string) (out []line, err error) {
	return store.InTx(store.As(ctx, "", ""), s.store, nil, func(tx *store.Tx) ([]line, error) {
		if _, err := tx.Exec(`UPDATE notices SET mail_job = ? WHERE person_id = ? AND mail_due <= ? AND mail_done IS NULL AND mail_job = 0`,
			j.ID, personID, store.Ms(tx.Now)); err != nil {
			return nil, err
		}
		return page(tx.Query, personID, fmt.Sprintf(" AND n.mail_job = %d AND n.mail_done IS NULL", j.ID), 1<<62-1, 500)
	})
}

// worth leaves out what was read meanwhile, may no longer be seen or is no longer wanted, and says why nothing is left.
func (s *Service) worth(q *store.Query, personID string, taken []line) (left []line, why string, err error) {
	sight := s.sightOf(q, personID)
	for _, n := range taken {
		way, err := wayOf(q, personID, n.Kind)
		if err != nil {
			return nil, "", err
		}
		ok, err := sight.sees(n.BoardID)
		switch {
		case err != nil:
			return nil, "", err
		case n.ReadAt != nil:
			why = "It was read before."
		case !ok:
			why = "They may no longer see it."
		case way != ByMail && way != Daily:
			why = "They no longer want this kind by mail."
		default:
			left = append(left, n)
		}
	}
	return left, why, nil
}

// postpone puts off what is due until the quiet hours are over.
func (s *Service) postpone(ctx context.Context, j outbox.Job, p mailJob, until time.Time) error {
	return store.Do(store.As(ctx, "", ""), s.store, nil, func(tx *store.Tx) error {
		n, err := tx.Exec("UPDATE notices SET mail_due = ?, mail_job = 0 WHERE person_id = ? AND mail_due <= ? AND mail_done IS NULL AND mail_job IN (0, ?)",
			store.Ms(until), p.PersonID, store.Ms(tx.Now), j.ID)
		if err != nil || n == 0 {
			return err
		}
		// a try of this job that failed in louder hours is not the one that comes again
		if _, err := tx.Exec("UPDATE deliveries SET state = ?, reason = ?, at = ? WHERE channel = 'mail' AND job = ?",
			skipped, "Put off until their quiet hours are over.", store.Ms(tx.Now), j.ID); err != nil {
			return err
		}
		return tx.Enqueue(MailKind, "", p, until)
	})
}

// settleMail notes how it went, together with what was taken.
func (s *Service) settleMail(ctx context.Context, d delivery) error {
	return store.Do(store.As(ctx, "", ""), s.store, nil, func(tx *store.Tx) error {
		if _, err := tx.Exec("UPDATE notices SET mail_done = ? WHERE person_id = ? AND mail_job = ? AND mail_done IS NULL",
			store.Ms(tx.Now), d.personID, d.job.ID); err != nil {
			return err
		}
		return d.save(tx)
	})
}
