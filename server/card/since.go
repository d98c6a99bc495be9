package card

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Touched is a card on which others did something since a moment.
type Touched struct {
	ID, Key, Title, Column       string
	BoardID, BoardName, TeamName string
	Finished                     bool
	Moves, Comments              int
	ByID, By                     string // who moved it last, or where nobody did, who said something last
	ByHue                        int
	At                           time.Time // when
}

// touchedMax bounds how many cards are read of each kind.
const touchedMax = 500

// mineOrWatched are the cards that somebody owns or watches; it takes the person's id twice.
const mineOrWatched = `(SELECT a.card_rid FROM assignments a JOIN people h ON h.rid = a.person_rid WHERE h.id = ? AND a.to_at IS NULL
	UNION SELECT card_rid FROM watchers WHERE person_id = ? AND watching = TRUE)`

const starred = "(SELECT board_rid FROM favourites WHERE person_id = ?)"

const touchedCard = `c.id, c.key, c.title, COALESCE(k.name, ''), b.id, b.name, t.name, b.team_id, b.visibility, COALESCE(c.finished_at, 0)`

const touchedFrom = ` JOIN boards b ON b.rid = c.board_rid JOIN teams t ON t.id = b.team_id
	LEFT JOIN places p ON p.card_rid = c.rid AND p.board_rid = c.board_rid LEFT JOIN columns k ON k.rid = p.column_rid
	LEFT JOIN people w ON w.id = l.%s WHERE c.archived_at IS NULL AND b.archived_at IS NULL AND b.staged_at IS NULL ORDER BY l.rid DESC LIMIT ?`

// TouchedSince reads what others moved, finished or commented on since a moment: cards that the person owns or watches
// and those of the boards that they have starred, each once, where the viewer may see them. Finished ones come first,
// then those that moved, the latest before the others.
func TouchedSince(q *store.Query, v who.Viewer, personID string, since time.Time) ([]Touched, error) {
	may, err := team.Sight(q, v)
	if err != nil {
		return nil, err
	}
	from := store.Ms(since)
	var out []Touched
	at := map[string]int{}
	read := func(comments bool, stmt string, args ...any) error {
		return q.Each(func(scan func(...any) error) error {
			var x Touched
			var teamID, visibility string
			var finished, when int64
			var hue *int64
			var n int
			if err := scan(&x.ID, &x.Key, &x.Title, &x.Column, &x.BoardID, &x.BoardName, &x.TeamName, &teamID, &visibility, &finished, &n, &when, &x.ByID, &x.By, &hue); err != nil || !may(teamID, visibility) {
				return err
			}
			i, known := at[x.ID]
			if !known {
				i = len(out)
				at[x.ID] = i
				if x.At = store.At(when); hue != nil {
					x.ByHue = int(*hue)
				}
				out = append(out, x)
			}
			if comments {
				out[i].Comments = n
			} else {
				out[i].Moves, out[i].Finished = n, finished >= from
				if finished >= from && finished != when { // moved on after somebody, perhaps the person, had finished it
					out[i].ByID, out[i].By = "", ""
				}
			}
			return nil
		}, stmt, args...)
	}
	err = read(false, `SELECT `+touchedCard+`, x.n, l.at, l.actor_id, COALESCE(w.name, l.actor_name), w.hue
		FROM (SELECT m.card_rid, COUNT(*) AS n, MAX(m.rid) AS last FROM card_transitions m WHERE m.rid IN (
				SELECT rid FROM card_transitions WHERE at >= ? AND card_rid IN `+mineOrWatched+`
				UNION SELECT rid FROM card_transitions WHERE at >= ? AND board_rid IN `+starred+`)
			AND m.kind = 'move' AND m.from_column_rid <> m.to_column_rid AND m.voided_at IS NULL AND m.actor_id <> ? GROUP BY m.card_rid) x
		JOIN card_transitions l ON l.rid = x.last JOIN cards c ON c.rid = x.card_rid`+fmt.Sprintf(touchedFrom, "actor_id"),
		from, personID, personID, from, personID, personID, touchedMax)
	if err != nil {
		return nil, err
	}
	err = read(true, `SELECT `+touchedCard+`, x.n, l.at, l.author_id, COALESCE(w.name, l.author_name), w.hue
		FROM (SELECT m.card_rid, COUNT(*) AS n, MAX(m.rid) AS last FROM comments m JOIN cards d ON d.rid = m.card_rid
			WHERE m.at >= ? AND m.removed_at IS NULL AND m.author_id <> ? AND (m.card_rid IN `+mineOrWatched+` OR d.board_rid IN `+starred+`) GROUP BY m.card_rid) x
		JOIN comments l ON l.rid = x.last JOIN cards c ON c.rid = x.card_rid`+fmt.Sprintf(touchedFrom, "author_id"),
		from, personID, personID, personID, personID, touchedMax)
	slices.SortStableFunc(out, func(a, b Touched) int {
		return cmp.Or(cmp.Compare(b.weight(), a.weight()), b.At.Compare(a.At))
	})
	return out, err
}

func (x *Touched) weight() int {
	switch {
	case x.Finished:
		return 2
	case x.Moves > 0:
		return 1
	}
	return 0
}
