package account

import (
	"context"
	"encoding/json"
	"maps"
	"regexp"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// OwnKeys is the page's keyboard as one person has it. It stands with the account, so that the hands find the same
// keys on every machine.
type OwnKeys struct {
	Singles bool              `json:"singles" doc:"Whether keys that are one character do anything"`
	Own     map[string]string `json:"own" doc:"Changed keys: as it is by default → as this person has it, each one character, perhaps after \"Shift+\""`
}

const maxOwnKeys = 100

// oneKey is a key that can be changed: one character that can be seen, perhaps with Shift.
var oneKey = regexp.MustCompile(`^(Shift\+)?[^\s\pC]$`)

// SetOwnKeys replaces the viewer's keys. It is their own matter: only their other pages hear of it.
func (s *Service) SetOwnKeys(ctx context.Context, k OwnKeys) (OwnKeys, error) {
	v := who.From(ctx)
	if v.PersonID == "" || v.TeamID != "" {
		return OwnKeys{}, fault.Forbidden("Only a person has keys of their own.")
	}
	if len(k.Own) > maxOwnKeys {
		return OwnKeys{}, fault.Invalid("body.own", "At most %d keys can be changed", maxOwnKeys)
	}
	now, taken := map[string]string{}, map[string]string{}
	for from, to := range k.Own {
		if !oneKey.MatchString(from) || !oneKey.MatchString(to) {
			return OwnKeys{}, fault.Invalid("body.own", "A key is one character that can be seen, perhaps after “Shift+”")
		}
		if other, ok := taken[to]; ok {
			return OwnKeys{}, fault.Invalid("body.own", "%s would stand for both %s and %s", to, min(from, other), max(from, other))
		}
		taken[to] = from
		if from != to {
			now[from] = to
		}
	}
	k.Own = now
	topic := event.MeTopic(v.PersonID)
	return store.InTx(ctx, s.store, []string{topic}, func(tx *store.Tx) (OwnKeys, error) {
		before, err := ownKeys(tx.Query, v.PersonID)
		if err != nil || before.Singles == k.Singles && maps.Equal(before.Own, k.Own) {
			return k, err // the same again is a calm no-op
		}
		text, err := json.Marshal(k.Own)
		if err != nil {
			return OwnKeys{}, err
		}
		if _, err := tx.Exec(`INSERT INTO own_keys (person_id, singles, own) VALUES (?,?,?)
			ON CONFLICT (person_id) DO UPDATE SET singles = excluded.singles, own = excluded.own`, v.PersonID, k.Singles, string(text)); err != nil {
			return OwnKeys{}, err
		}
		_, err = tx.Publish(topic, "me.updated", struct{}{})
		return k, err
	})
}

func ownKeys(q *store.Query, personID string) (OwnKeys, error) {
	k, text := OwnKeys{Singles: true, Own: map[string]string{}}, "{}"
	if _, err := q.Row([]any{&k.Singles, &text}, "SELECT singles, own FROM own_keys WHERE person_id = ?", personID); err != nil {
		return k, err
	}
	return k, json.Unmarshal([]byte(text), &k.Own)
}
