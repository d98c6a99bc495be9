package team

import (
	"context"
	"strings"
	"unicode/utf8"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/text"
	"trestle/server/web"
	"trestle/server/who"
)

func aboutOf(q *store.Query, teamID string) (a About, err error) {
	_, err = q.Row([]any{&a.Mission, &a.Channel, &a.Address, &a.Hours, &a.Version}, "SELECT mission, channel, address, hours, version FROM team_about WHERE team_id = ?", teamID)
	return a, err
}

// Say changes what a team says of itself, and its kind; for its leads.
func (s *Service) Say(ctx context.Context, id string, b AboutBody) (Detail, error) {
	v := who.From(ctx)
	if b.Kind != nil {
		if err := checkKind(*b.Kind); err != nil {
			return Detail{}, err
		}
	}
	if _, _, err := seen(s.store.Rows(ctx), v, id); err != nil { // before a topic is locked, which would make one
		return Detail{}, err
	}
	return store.InTx(ctx, s.store, []string{event.Org, event.TeamTopic(id)}, func(tx *store.Tx) (Detail, error) {
		t, r, err := led(tx.Query, v, id, "Only a lead of this team says what it is there for.")
		if err != nil {
			return Detail{}, err
		}
		was, err := aboutOf(tx.Query, id)
		if err != nil {
			return Detail{}, err
		}
		if b.Version != nil && *b.Version != was.Version {
			return Detail{}, fault.Conflict("stale", "Somebody changed this in the meantime.").With("current", was)
		}
		now, kind := was, t.Kind
		if b.Kind != nil {
			t.Kind = *b.Kind
		}
		if now.Mission, err = said("body.mission", "A mission", b.Mission, was.Mission, 1000, false); err != nil {
			return Detail{}, err
		}
		for _, x := range []struct {
			to       *string
			at, what string
			from     web.Opt[string]
		}{{&now.Channel, "body.channel", "A channel", b.Channel}, {&now.Address, "body.address", "An address", b.Address}, {&now.Hours, "body.hours", "When somebody answers", b.Hours}} {
			if *x.to, err = said(x.at, x.what, x.from, *x.to, 200, true); err != nil {
				return Detail{}, err
			}
		}
		if now == was && t.Kind == kind {
			return detail(tx.Query, t, r)
		}
		if t.Kind != kind {
			if err := save(tx, t); err != nil {
				return Detail{}, err
			}
		}
		now.Version++
		if _, err := tx.Exec(`INSERT INTO team_about (team_id, mission, channel, address, hours, version) VALUES (?,?,?,?,?,?) ON CONFLICT (team_id) DO UPDATE SET
			mission = excluded.mission, channel = excluded.channel, address = excluded.address, hours = excluded.hours, version = excluded.version`,
			id, now.Mission, now.Channel, now.Address, now.Hours, now.Version); err != nil {
			return Detail{}, err
		}
		if err := publish(tx, "team.updated", map[string]any{"team": t.brief()}, event.Org, event.TeamTopic(id)); err != nil {
			return Detail{}, err
		}
		return detail(tx.Query, t, r)
	})
}

// said is a field as it shall be: null is empty, absent is as it was.
func said(at, what string, o web.Opt[string], was string, most int, line bool) (string, error) {
	if !o.Set {
		return was, nil
	}
	s := strings.TrimSpace(o.Value)
	if line {
		s = text.Line(s)
	}
	if utf8.RuneCountInString(s) > most {
		return "", fault.Invalid(at, "%s has at most %d characters.", what, most)
	}
	return s, nil
}
