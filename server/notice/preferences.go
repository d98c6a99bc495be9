package notice

import (
	"context"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
)

// Preferences is what reaches somebody how, and when.
type Preferences struct {
	MailAvailable bool       `json:"mailAvailable" doc:"This installation can send mail"`
	Mail          bool       `json:"mail" doc:"False: no mail at all, whatever the kinds say"`
	Kinds         []KindView `json:"kinds"`
	DigestAt      string     `json:"digestAt" doc:"HH:MM"`
	Quiet         Quiet      `json:"quiet"`
	TimeZone      string     `json:"timeZone" doc:"Empty: nobody said, so no hour is quiet, and the digest goes by UTC"`
}

// KindView is a kind of notice and how it reaches somebody.
type KindView struct {
	Kind    string `json:"kind"`
	Way     Way    `json:"way" enum:"mail,digest,inbox,off"`
	Default Way    `json:"default" enum:"mail,digest,inbox,off"`
}

// Quiet is when nothing but the inbox is used.
type Quiet struct {
	On       bool   `json:"on"`
	From     string `json:"from" doc:"HH:MM"`
	To       string `json:"to" doc:"HH:MM; the same as from: no hour"`
	Weekends bool   `json:"weekends" doc:"Saturday and Sunday too"`
}

// QuietChange is what somebody changes of their quiet hours; nil leaves it.
type QuietChange struct {
	On       *bool   `json:"on,omitempty" required:"false"`
	From     *string `json:"from,omitempty" required:"false" doc:"HH:MM"`
	To       *string `json:"to,omitempty" required:"false" doc:"HH:MM; the same as from: no hour"`
	Weekends *bool   `json:"weekends,omitempty" required:"false" doc:"Saturday and Sunday too"`
}

// Choices is what somebody changes of their preferences; nil leaves it.
type Choices struct {
	Mail     *bool
	Ways     map[string]Way
	DigestAt *string
	Quiet    *QuietChange
}

// Preferences reads the viewer's.
func (s *Service) Preferences(ctx context.Context) (p Preferences, err error) {
	v, err := reader(ctx)
	if err != nil {
		return p, err
	}
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		p, err = s.preferences(q, v.PersonID)
		return err
	})
	return p, err
}

func (s *Service) preferences(q *store.Query, personID string) (Preferences, error) {
	t, err := timesOf(q, personID)
	if err != nil {
		return Preferences{}, err
	}
	person, err := account.ReachOf(q, personID)
	if err != nil {
		return Preferences{}, err
	}
	p := Preferences{MailAvailable: s.mailer != nil, Mail: t.Mail, DigestAt: clockText(t.DigestAt), TimeZone: person.TimeZone,
		Quiet: Quiet{On: t.Quiet, From: clockText(t.QuietFrom), To: clockText(t.QuietTo), Weekends: t.QuietWeekends}}
	ways := map[string]Way{}
	err = q.Each(func(scan func(...any) error) error {
		var kind string
		var way Way
		err := scan(&kind, &way)
		ways[kind] = way
		return err
	}, "SELECT kind, way FROM notice_ways WHERE person_id = ?", personID)
	for _, k := range Kinds {
		view := KindView{Kind: k.Name, Way: k.Way, Default: k.Way}
		if w, chosen := ways[k.Name]; chosen {
			view.Way = w
		}
		p.Kinds = append(p.Kinds, view)
	}
	return p, err
}

// Choose changes the viewer's preferences. What waits to be sent is judged by them when its time comes.
func (s *Service) Choose(ctx context.Context, c Choices) (Preferences, error) {
	v, err := reader(ctx)
	if err != nil {
		return Preferences{}, err
	}
	for kind, way := range c.Ways {
		if !known(kind) {
			return Preferences{}, fault.Invalid("body.ways", "There is no kind of notice called %.40q", kind)
		}
		if way != ByMail && way != Daily && way != InInbox && way != Off {
			return Preferences{}, fault.Invalid("body.ways."+kind, "A way is mail, digest, inbox or off")
		}
	}
	return store.InTx(ctx, s.store, []string{event.MeTopic(v.PersonID)}, func(tx *store.Tx) (Preferences, error) {
		t, err := timesOf(tx.Query, v.PersonID)
		if err != nil {
			return Preferences{}, err
		}
		if c.Mail != nil {
			t.Mail = *c.Mail
		}
		if err := t.set("body.digestAt", &t.DigestAt, c.DigestAt); err != nil {
			return Preferences{}, err
		}
		if q := c.Quiet; q != nil {
			if q.On != nil {
				t.Quiet = *q.On
			}
			if q.Weekends != nil {
				t.QuietWeekends = *q.Weekends
			}
			if err := t.set("body.quiet.from", &t.QuietFrom, q.From); err != nil {
				return Preferences{}, err
			}
			if err := t.set("body.quiet.to", &t.QuietTo, q.To); err != nil {
				return Preferences{}, err
			}
		}
		if err := t.save(tx, v.PersonID); err != nil {
			return Preferences{}, err
		}
		for kind, way := range c.Ways {
			if _, err := tx.Exec(`INSERT INTO notice_ways (person_id, kind, way) VALUES (?,?,?)
				ON CONFLICT (person_id, kind) DO UPDATE SET way = excluded.way`, v.PersonID, kind, way); err != nil {
				return Preferences{}, err
			}
		}
		if _, err := tx.Publish(event.MeTopic(v.PersonID), "notice.preferences_changed", map[string]any{}); err != nil {
			return Preferences{}, err
		}
		return s.preferences(tx.Query, v.PersonID)
	})
}

func (*Times) set(at string, into *int, text *string) error {
	if text == nil {
		return nil
	}
	m, ok := minutes(*text)
	if !ok {
		return fault.Invalid(at, "A time looks like 08:00")
	}
	*into = m
	return nil
}

// EndMail is the one tap at the foot of a mail: no more of them, until their reader says otherwise.
func (s *Service) EndMail(ctx context.Context, link string) error {
	personID, err := s.account.OpenNoMail(ctx, link)
	if err != nil {
		return err
	}
	if personID == "" {
		return fault.Of(410, "link_ended", "This link has ended. Sign in to choose what reaches you by mail.")
	}
	return store.Do(store.As(ctx, personID, ""), s.store, []string{event.MeTopic(personID)}, func(tx *store.Tx) error {
		t, err := timesOf(tx.Query, personID)
		if err != nil || !t.Mail {
			return err
		}
		t.Mail = false
		if err := t.save(tx, personID); err != nil {
			return err
		}
		_, err = tx.Publish(event.MeTopic(personID), "notice.preferences_changed", map[string]any{})
		return err
	})
}
