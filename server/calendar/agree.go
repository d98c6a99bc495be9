package calendar

import (
	"context"
	"slices"
	"time"

	"trestle/server/clock"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// mostAgreements of one team; more are no agreement but a list of everybody.
const mostAgreements = 200

// day is a date where a team's rituals are: of one of them, else of its first.
func (c *scene) day(teamID, ritualID string, at time.Time) string {
	zone := time.UTC
	if r := c.rituals[ritualID]; r != nil {
		zone = r.Zone
	} else if i := slices.IndexFunc(c.sorted(), func(r *Ritual) bool { return r.TeamID == teamID }); i >= 0 {
		zone = c.sorted()[i].Zone
	}
	return at.In(zone).Format(time.DateOnly)
}

// mayAgree says whether the viewer may make or end an agreement: leads, managers and administrators all of the team's,
// a liaison their own.
func mayAgree(v who.Viewer, r team.Rights, personID string) error {
	switch {
	case v.PersonID == "" || v.TeamID != "":
	case r.CanPattern(), r.Liaison && personID == v.PersonID:
		return nil
	}
	return fault.Forbidden("Only a lead of this team, a manager, or a liaison about themselves agrees which rituals they come to.")
}

// Agree writes down which rituals of a team operations or security come to.
func (s *Service) Agree(ctx context.Context, teamID string, n NewAgreement) (AgreementView, error) {
	return store.InTx(ctx, s.store, []string{event.TeamTopic(teamID)}, func(tx *store.Tx) (AgreementView, error) {
		return s.AgreeIn(tx, who.From(ctx), teamID, n)
	})
}

// AgreeIn is Agree in a write that holds the team's topic.
func (s *Service) AgreeIn(tx *store.Tx, v who.Viewer, teamID string, n NewAgreement) (AgreementView, error) {
	_, r, err := team.See(tx.Query, v, teamID)
	if err != nil {
		return AgreementView{}, err
	}
	if err := mayAgree(v, r, n.PersonID); err != nil {
		return AgreementView{}, err
	}
	c, err := s.read(tx.Query, v, tx.Now, tx.Now.Add(time.Minute), teamID)
	if err != nil {
		return AgreementView{}, err
	}
	today := c.day(teamID, n.SeriesID, tx.Now)
	a, err := n.check(teamID, today)
	if err != nil {
		return AgreementView{}, err
	}
	a.By, a.At = v.PersonID, store.Ms(tx.Now)
	if a.RitualID != "" && (c.rituals[a.RitualID] == nil || c.rituals[a.RitualID].Kind != a.Kind) {
		return AgreementView{}, fault.Invalid("body.seriesId", "This team has no such ritual")
	}
	if a.PersonID != "" {
		if err := represents(tx.Query, teamID, a); err != nil {
			return AgreementView{}, err
		}
	}
	live := 0
	for _, x := range c.agreements {
		if x.Until != "" && x.Until < today {
			continue
		}
		live++
		if x.Kind == a.Kind && x.RitualID == a.RitualID && x.PersonID == a.PersonID && x.Discipline == a.Discipline && slices.Equal(x.Weekdays, a.Weekdays) && x.Every == a.Every {
			return AgreementView{}, fault.Conflict("agreed_already", "That is agreed already.")
		}
	}
	if live >= mostAgreements {
		return AgreementView{}, fault.Conflict("too_many_agreements", "This team has %d agreements. End some that nobody needs.", live)
	}
	if err := insertAgreement(tx, a); err != nil {
		return AgreementView{}, err
	}
	if _, err := tx.Publish(event.TeamTopic(teamID), "calendar.agreed", agreementTold{a.ID, "made"}); err != nil {
		return AgreementView{}, err
	}
	c.agreements = append(c.agreements, *a)
	if err := c.readPeople(tx.Query); err != nil {
		return AgreementView{}, err
	}
	return c.agreementView(a), nil
}

// EndOfIn ends the agreements that name somebody, from today on by the day of the ritual, in a write that holds the team's topic: they have
// no part in the team any more. By what was before they stay judged. It gives what has ended.
func (s *Service) EndOfIn(tx *store.Tx, teamID, personID string) (ended []NewAgreement, err error) {
	found, err := agreements(tx.Query, "team_id = ? AND person_id = ?", teamID, personID)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	for _, a := range found {
		zone, err := zoneOf(tx.Query, &a)
		if err != nil {
			return nil, err
		}
		last := tx.Now.In(zone).AddDate(0, 0, -1).Format(time.DateOnly)
		if a.Until != "" && a.Until <= last {
			continue // it is over
		}
		if _, err := tx.Exec("UPDATE ritual_agreements SET until = ? WHERE id = ?", last, a.ID); err != nil {
			return nil, err
		}
		if _, err := tx.Publish(event.TeamTopic(teamID), "calendar.agreed", agreementTold{a.ID, "ended"}); err != nil {
			return nil, err
		}
		ended = append(ended, NewAgreement{Kind: a.Kind, SeriesID: a.RitualID, PersonID: a.PersonID, Discipline: a.Discipline, Weekdays: a.Weekdays, Every: a.Every})
	}
	return ended, nil
}

// zoneOf is by whose days an agreement is counted: its ritual's, else those of the team's first one, whoever may see it.
func zoneOf(q *store.Query, a *agreement) (*time.Location, error) {
	name := ""
	_, err := q.Row([]any{&name}, `SELECT COALESCE((SELECT time_zone FROM standup_series WHERE id = ?), (SELECT time_zone FROM ritual_series WHERE id = ?),
		(SELECT time_zone FROM standup_series WHERE team_id = ? ORDER BY name, id LIMIT 1),
		(SELECT time_zone FROM ritual_series WHERE team_id = ? AND archived_at IS NULL ORDER BY name, id LIMIT 1), '')`, a.RitualID, a.RitualID, a.TeamID, a.TeamID)
	if zone, ok := clock.Zone(name); ok {
		return zone, err
	}
	return time.UTC, err
}

// represents refuses somebody who has left, is of another discipline, or may not see the team.
func represents(q *store.Query, teamID string, a *agreement) error {
	var discipline, role, liaison string
	found, err := q.Row([]any{&discipline, &role, &liaison}, `SELECT p.discipline, p.role, COALESCE((SELECT l.discipline FROM liaisons l WHERE l.person_id = p.id AND l.team_id = ?), '')
		FROM people p WHERE p.id = ? AND p.disabled_at IS NULL`, teamID, a.PersonID)
	if err != nil {
		return err
	}
	if !found || (discipline != a.Discipline && liaison != a.Discipline) {
		return fault.Invalid("body.personId", "Name somebody of that discipline")
	}
	_, _, err = team.See(q, who.Viewer{PersonID: a.PersonID, Role: role}, teamID)
	if fault.Is(err, "not_found") {
		return fault.Invalid("body.personId", "They may not see this team")
	}
	return err
}

// EndAgreement ends an agreement: from today on nobody is expected by it. What was before stays judged by it.
func (s *Service) EndAgreement(ctx context.Context, id string) error {
	v := who.From(ctx)
	found, err := agreements(s.store.Rows(ctx), "id = ?", id)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fault.NotFound("agreement")
	}
	topic := event.TeamTopic(found[0].TeamID)
	return store.Do(ctx, s.store, []string{topic}, func(tx *store.Tx) error {
		found, err := agreements(tx.Query, "id = ?", id)
		if err != nil || len(found) == 0 {
			return err
		}
		a := found[0]
		c, err := s.read(tx.Query, v, tx.Now, tx.Now.Add(time.Minute), a.TeamID)
		if fault.Is(err, "not_found") || (err == nil && !c.shows(&a)) {
			return fault.NotFound("agreement")
		}
		if err != nil {
			return err
		}
		if err := mayAgree(v, c.teams[a.TeamID].Rights, a.PersonID); err != nil {
			return err
		}
		last := c.day(a.TeamID, a.RitualID, tx.Now.Add(-24*time.Hour))
		if a.Until != "" && a.Until <= last {
			return nil // it is over
		}
		if _, err := tx.Exec("UPDATE ritual_agreements SET until = ? WHERE id = ?", last, id); err != nil {
			return err
		}
		_, err = tx.Publish(topic, "calendar.agreed", agreementTold{id, "ended"})
		return err
	})
}

// shows says whether the viewer may know of an agreement: of one about a single ritual who may see that.
func (c *scene) shows(a *agreement) bool {
	return a.RitualID == "" || c.rituals[a.RitualID] != nil
}

// Agreed are a team's agreements that hold or are to begin.
func (s *Service) Agreed(q *store.Query, v who.Viewer, teamID string) ([]AgreementView, error) {
	now := s.store.Now()
	c, err := s.read(q, v, now, now.Add(time.Minute), teamID)
	if err != nil {
		return nil, err
	}
	return c.attendance()[0].Agreements, nil
}

// agreementTold is what an event says of an agreement: whether it was made or ended.
type agreementTold struct {
	ID  string `json:"id"`
	Did string `json:"did"`
}
