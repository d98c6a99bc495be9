package standup

import (
	"slices"
	"strings"

	"trestle/server/fault"
	"trestle/server/store"
)

// makeRoom sees to it that two are not called first at the same time: it refuses a shift whose time somebody has in this
// role, or takes that time from them. What a calendar says is changed there.
func makeRoom(tx *store.Tx, teamID string, n NewShift) error {
	type taken struct {
		rid int64
		x   shift
	}
	from, to := store.Ms(n.From), store.Ms(n.To)
	var list []taken
	var names []string
	fromCalendar := false
	err := tx.Each(func(scan func(...any) error) error {
		t := taken{x: shift{Service: n.Service, Role: n.Role, Source: byHand}}
		var shown, source string
		if err := scan(&t.rid, &t.x.Person, &t.x.Name, &shown, &t.x.From, &t.x.To, &source); err != nil {
			return err
		}
		list = append(list, t)
		if !slices.Contains(names, shown) {
			names = append(names, shown)
		}
		fromCalendar = fromCalendar || source == byCalendar
		return nil
	}, `SELECT s.rid, s.person_id, s.name, COALESCE(p.name, s.name), s.from_at, s.to_at, s.source FROM on_call_shifts s LEFT JOIN people p ON p.id = s.person_id
		WHERE s.team_id = ? AND s.service = ? AND s.role = ? AND s.removed_at IS NULL AND s.from_at < ? AND s.to_at > ? ORDER BY s.from_at, s.rid`,
		teamID, n.Service, n.Role, to, from)
	if err != nil || len(list) == 0 {
		return err
	}
	are := " is "
	if len(names) > 1 {
		are = " are "
	}
	said := strings.Join(names, " and ") + are + dutyWords[n.Role] + " in that time already"
	switch {
	case fromCalendar:
		return fault.Conflict("from_calendar", "%s, as a calendar says. Change it there, or choose another time.", said)
	case !n.Replace:
		return fault.Conflict("taken", "%s. Replace them, or choose another time.", said)
	}
	for _, t := range list {
		if _, err := tx.Exec("UPDATE on_call_shifts SET removed_at = ? WHERE rid = ?", store.Ms(tx.Now), t.rid); err != nil {
			return err
		}
		before, after := t.x, t.x
		before.To, after.From = from, to
		for _, rest := range []shift{before, after} {
			if rest.From < rest.To {
				if err := insertShift(tx, teamID, rest); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
