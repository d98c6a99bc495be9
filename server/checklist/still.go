package checklist

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"trestle/server/fault"
	"trestle/server/store"
)

// StillTrue stamps what services answer as true for this feature, with name and date; each stamp counts until its
// service answers anew. serviceID names one of them, "" is all whose answers count now.
func (s *Service) StillTrue(ctx context.Context, id, key, serviceID string) (Changed, error) {
	return s.onItem(ctx, id, key, toAnswer, func(c *change) (string, error) {
		l := c.b.look(c.list, c.frame(c.tx.Now), c.it)
		if serviceID != "" {
			l.services = one(l.services, serviceID)
		}
		var open string
		var stamped []string
		answered := false
		for _, x := range l.services {
			switch {
			case !l.inherits || x.gone || !x.answered():
			case x.answer.standing().Why(c.today(c.tx.Now)) != "":
				answered, open = true, x.name
			default:
				if answered = true; x.stamped() {
					continue
				}
				if err := saveStamp(c.tx, c.RID, c.a, stamp{of: x.list, rev: x.answer.Rev, by: c.v.PersonID, at: store.Ms(c.tx.Now)}); err != nil {
					return "", err
				}
				stamped = append(stamped, x.name)
			}
		}
		switch {
		case !answered && len(l.services) == 1:
			return "", fault.Conflict("not_inherited", "%s does not answer this here.", l.services[0].name)
		case !answered:
			return "", fault.Conflict("not_inherited", "No service answers this here.")
		case len(stamped) > 0:
			c.why = strings.Join(stamped, ", ")
			return "checklist.still_true", nil
		case open != "":
			return "", fault.Conflict("service_open", "%s has to answer this first: its own answer does not count now.", open)
		}
		return "", nil
	})
}

func one(of []source, serviceID string) []source {
	for i := range of {
		if of[i].id == serviceID {
			return of[i : i+1]
		}
	}
	return nil
}

// inherits says whether services answer it: one at least that was not put away.
func (it *Item) inherits() bool {
	return !it.Differs && slices.ContainsFunc(it.Services, func(s ServiceAnswer) bool { return !s.Service.Gone })
}

// lacking are the names of the services whose answers do not count, none for an item that answers itself.
func (it *Item) lacking() (names []string) {
	for _, s := range it.Services {
		if it.inherits() && s.Why != "" {
			names = append(names, s.Service.Name)
		}
	}
	return names
}

// Differs says that what services answer is not so for this feature, which answers itself; or takes that back.
func (s *Service) Differs(ctx context.Context, id, key string, differs bool) (Changed, error) {
	return s.onItem(ctx, id, key, toAnswer, func(c *change) (string, error) {
		if c.Kind == ForService || c.it.Scope != OfService {
			return "", fault.Conflict("not_inherited", "No service answers this here.")
		}
		if c.a.Differs == differs {
			return "", nil
		}
		c.a.Differs = differs
		return "checklist.differs", nil
	})
}

// UnmarshalJSON reads what was kept before an item could be answered by several services too: frozen copies, and the
// record, name one.
func (it *Item) UnmarshalJSON(raw []byte) error {
	type plain Item
	was := struct {
		*plain
		Inherited *ServiceAnswer `json:"inherited"`
		StillTrue *By            `json:"stillTrue"`
	}{plain: (*plain)(it)}
	if err := json.Unmarshal(raw, &was); err != nil || was.Inherited == nil {
		return err
	}
	was.Inherited.StillTrue, was.Inherited.Why = was.StillTrue, it.Why
	it.Services = []ServiceAnswer{*was.Inherited}
	return nil
}
