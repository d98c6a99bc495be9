package checklist

import (
	"context"
	"slices"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/web"
	"trestle/server/who"
)

// Patch is what changes of a checklist's settings; absent fields stay.
type Patch struct {
	Name     web.Opt[string]   `json:"name,omitzero" required:"false" doc:"Null or empty: what the card or the service is called"`
	Level    *string           `json:"level,omitempty" required:"false" enum:"light,standard,critical"`
	Phase    *string           `json:"phase,omitempty" required:"false" enum:"design,pre_prod,post_launch"`
	LaunchOn web.Opt[string]   `json:"launchOn,omitzero" required:"false" doc:"2026-11-30, or null"`
	Services web.Opt[[]string] `json:"services,omitzero" required:"false" doc:"Whose answers it inherits"`
	Version  *int64            `json:"version,omitempty" required:"false" doc:"Refused as stale if the settings changed after this version"`
}

// Change changes a checklist's settings; for those who work in the team.
func (s *Service) Change(ctx context.Context, id string, p Patch) (View, error) {
	v := who.From(ctx)
	return on(ctx, s, id, toAnswer, func(c *change) (View, error) {
		if err := c.open(); err != nil {
			return View{}, err
		}
		if p.Version != nil && *p.Version != c.Version {
			return View{}, fault.Conflict("stale", "Somebody changed the settings of this checklist in the meantime.").With("current", c.b.head(c.list))
		}
		before, named := *c.list, c.services
		if err := p.apply(c.list); err != nil {
			return View{}, err
		}
		services := named
		if p.Services.Set {
			if c.Kind == ForService && len(p.Services.Value) > 0 {
				return View{}, fault.Invalid("body.services", "A service's own checklist inherits nothing")
			}
			var err error
			if services, _, err = namedServices(c.tx.Query, v, p.Services.Value, named); err != nil {
				return View{}, err
			}
		}
		again := slices.EqualFunc(services, named, func(a, b inherit) bool { return a.rid == b.rid })
		if again && before.Name == c.Name && before.Level == c.Level && before.Phase == c.Phase && before.LaunchOn == c.LaunchOn {
			return c.answer("")
		}
		if !again {
			if err := setServices(c.tx, c.list, services); err != nil {
				return View{}, err
			}
		}
		if err := saveList(c.tx, c.list); err != nil {
			return View{}, err
		}
		return c.answer("checklist.settings")
	})
}

func (p Patch) apply(k *list) (err error) {
	if p.Name.Set {
		if k.Name, err = nameOf(p.Name.Value, k.Kind == ForLaunch); err != nil {
			return err
		}
	}
	if p.Level != nil {
		if !slices.Contains(levels[:3], *p.Level) {
			return fault.Invalid("body.level", "A level is one of light, standard, critical")
		}
		k.Level = *p.Level
	}
	if p.Phase != nil {
		if !slices.Contains(phases, *p.Phase) {
			return fault.Invalid("body.phase", "A phase is one of design, pre_prod, post_launch")
		}
		k.Phase = *p.Phase
	}
	if p.LaunchOn.Set {
		if p.LaunchOn.Value == "" && k.Kind == ForLaunch {
			return fault.Invalid("body.launchOn", "A launch has a day")
		}
		if err := day("body.launchOn", p.LaunchOn.Value); err != nil {
			return err
		}
		k.LaunchOn = p.LaunchOn.Value
	}
	return nil
}

// answer announces a change of the whole checklist and gives it as the viewer sees it now.
func (c *change) answer(kind string) (View, error) {
	again, err := c.s.sit(c.tx.Query, c.v, c.ID)
	if err != nil {
		return View{}, err
	}
	c.seat = again // with the services that it names now
	if c.b, err = c.s.open(c.tx.Query, true, c.tx.Now, c.list); err != nil {
		return View{}, err
	}
	if _, err := c.tell(kind, ""); err != nil {
		return View{}, err
	}
	if kind != "" {
		if err := c.follow(c.tx); err != nil {
			return View{}, err
		}
		if err := c.tellTeam(); err != nil {
			return View{}, err
		}
	}
	return c.b.seenBy(c.seat)
}

// Archive puts a checklist away, or brings it back; for leads and liaisons. Until then another one may have taken its
// place.
func (s *Service) Archive(ctx context.Context, id string, archived bool) (View, error) {
	return on(ctx, s, id, toSettle, func(c *change) (View, error) {
		if archived == (c.ArchivedAt != nil) {
			return c.answer("")
		}
		if err := c.tx.Widen(event.TeamTopic(c.TeamID)); err != nil {
			return View{}, err
		}
		kind := "checklist.restored"
		if archived {
			at := c.tx.Now.UnixMilli()
			c.ArchivedAt, kind = &at, "checklist.archived"
		} else {
			if err := c.alone(c.tx.Query); err != nil {
				return View{}, err
			}
			c.ArchivedAt = nil
		}
		if err := saveList(c.tx, c.list); err != nil {
			return View{}, err
		}
		return c.answer(kind)
	})
}
