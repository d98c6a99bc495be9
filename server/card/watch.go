package card

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/who"
)

// watching are those of the ids that are people, each once, in the order in which faces keep them.
func watching(ids []string) []string {
	out := unique(slices.DeleteFunc(ids, func(id string) bool { return !strings.HasPrefix(id, "per_") }))
	slices.Sort(out)
	return out
}

// watch lets people hear of the card from now on, unless they have said no.
func (e *edit) watch(ids ...string) error {
	for _, id := range watching(ids) {
		if _, err := e.tx.Exec("INSERT INTO watchers (card_rid, person_id, watching, at) VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
			e.card.RID, id, true, store.Ms(e.tx.Now)); err != nil {
			return err
		}
	}
	return nil
}

// Watching is the answer of Watch.
type Watching struct {
	Watching bool     `json:"watching"`
	Watchers []string `json:"watchers" doc:"Person ids"`
}

// Watch sets whether the viewer hears of a card's changes. Everybody who may see it may; it is no change of the
// card, so its board is not told.
func (s *Service) Watch(ctx context.Context, idOrKey string, on bool) (Watching, error) {
	v := who.From(ctx)
	at, err := locate(s.store.Rows(ctx), idOrKey)
	if err != nil {
		return Watching{}, err
	}
	if at.cardID == "" {
		return Watching{}, fault.NotFound("card")
	}
	return store.InTx(ctx, s.store, []string{event.BoardTopic(at.boardID)}, func(tx *store.Tx) (Watching, error) {
		seen, err := s.boards.SeeTx(tx, v, at.boardID)
		if err != nil {
			return Watching{}, asCard(err)
		}
		if v.PersonID == "" {
			return Watching{}, fault.Forbidden("A screen watches no cards.")
		}
		c, err := loadCard(tx.Query, at.cardID)
		if err != nil {
			return Watching{}, err
		}
		if c == nil || c.BoardRID != seen.RID {
			return Watching{}, fault.NotFound("card")
		}
		if _, err := tx.Exec(`INSERT INTO watchers (card_rid, person_id, watching, at) VALUES (?,?,?,?)
			ON CONFLICT (card_rid, person_id) DO UPDATE SET watching = excluded.watching, at = excluded.at`, c.RID, v.PersonID, on, store.Ms(tx.Now)); err != nil {
			return Watching{}, err
		}
		if err := refresh(tx, c); err != nil {
			return Watching{}, err
		}
		_, err = tx.Exec("UPDATE cards SET face = ? WHERE rid = ?", jsonText(c.Face), c.RID)
		return Watching{on, list(c.Face.Watchers)}, err
	})
}

// worthTelling are the fields whose change watchers hear of.
var worthTelling = []string{"description", "class", "ownerIds", "dueOn", "outcome", "parent"}

// tellWatchers posts a notice to those who watch the card, except who did it and who is told nearer already.
func (e *edit) tellWatchers(kind string, extra map[string]any) error {
	var asker string
	if a := e.card.Face.Ask; a != nil && (kind == "card.moved" || kind == "card.archived" || kind == "card.restored") {
		asker = a.ByPersonID // the room of asks tells them what that means
	}
	var to []string
	for _, id := range e.card.Face.Watchers {
		if id != e.tx.ActorID && id != asker && !slices.Contains(e.told, id) {
			to = append(to, id)
		}
	}
	if len(to) == 0 {
		return nil
	}
	title, text := e.watched(kind, extra)
	if title == "" {
		return nil
	}
	return e.post("card.watched", to, title, text)
}

func (e *edit) post(kind string, to []string, title, text string) error {
	c := e.card
	return notice.Post(e.tx, notice.Note{Kind: kind, To: to, BoardID: e.l.ID, CardID: c.ID, CardKey: c.Key, Title: title, Text: text, Link: "/c/" + c.Key})
}

// watched is the sentence for a change that matters, "" for others.
func (e *edit) watched(kind string, extra map[string]any) (title, text string) {
	c := e.card
	named := fmt.Sprintf("%s “%s”", c.Key, c.Title)
	switch kind {
	case "card.moved":
		column := "another column"
		if col := e.l.ColumnByRID(c.Place.ColumnRID); col != nil {
			column = col.Name
		}
		if extra["undoOf"] != nil {
			return named + " is back in " + column, ""
		}
		return named + " moved to " + column, ""
	case "card.blocked":
		if b, ok := extra["blocker"].(BlockerFace); ok {
			return named + " is blocked", b.Reason
		}
	case "card.unblocked":
		if len(c.Face.Blockers) == 0 {
			return named + " is no longer blocked", ""
		}
	case "card.commented":
		if e.words != "" {
			return "New comment on " + named, e.words
		}
	case "card.archived":
		return named + " was archived", ""
	case "card.restored":
		return named + " is back on the board", ""
	case "card.updated":
		fields, _ := extra["fields"].([]string)
		var words []string
		for _, f := range worthTelling {
			if slices.Contains(fields, f) {
				words = append(words, fieldWord(f, e.l))
			}
		}
		if len(words) > 0 {
			return fmt.Sprintf("%s: %s changed", named, strings.Join(words, " and ")), ""
		}
	}
	return "", ""
}

// assigned tells those who own the card now and did not before, and lets them watch it.
func (e *edit) assigned(before []string) error {
	var to []string
	for _, id := range e.card.Face.OwnerIDs {
		if !slices.Contains(before, id) {
			to = append(to, id)
		}
	}
	if err := e.watch(to...); err != nil {
		return err
	}
	to = slices.DeleteFunc(to, func(id string) bool { return id == e.tx.ActorID || slices.Contains(e.told, id) })
	if len(to) == 0 {
		return nil
	}
	e.told = append(e.told, to...)
	return e.post("card.assigned", to, fmt.Sprintf("%s “%s” is yours now", e.card.Key, e.card.Title), "")
}
