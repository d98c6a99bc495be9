package card

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// mentioned is a text's mentions, read before the write that keeps them.
type mentioned struct {
	quote string // for those who are named: plain text from about the first name on
	names *people
	whom  []*spoken
}

// Nameable is somebody whom a comment or a description on a card can name: only who may see the card.
type Nameable struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Discipline string `json:"discipline"`
	Hue        int    `json:"hue"`
	Words      string `json:"words" doc:"What to write after @; the name, or more where two people have the same"`
	Team       bool   `json:"team" doc:"Belongs to the board's team"`
}

// maySee is the condition under which a person p sees the boards of a team; its arguments are those of seeArgs.
const maySee = `p.disabled_at IS NULL AND (p.role IN ('admin', 'manager') OR (p.role <> 'guest' AND ? = 'workspace')
	OR EXISTS (SELECT 1 FROM members m WHERE m.person_id = p.id AND m.team_id = ?)
	OR EXISTS (SELECT 1 FROM liaisons n WHERE n.person_id = p.id AND n.team_id = ?))`

func seeArgs(l *board.Layout, more ...any) []any {
	return append([]any{l.Visibility, l.TeamID, l.TeamID}, more...)
}

// nameable are the people who may see a board, the team's own first.
func nameable(q *store.Query, l *board.Layout) ([]Nameable, error) {
	var out []Nameable
	args := append([]any{l.TeamID, l.TeamID}, seeArgs(l)...)
	err := q.Each(func(scan func(...any) error) error {
		var n Nameable
		var near int
		err := scan(&n.ID, &n.Name, &n.Discipline, &n.Hue, &near)
		n.Team = near == 1
		out = append(out, n)
		return err
	}, `SELECT p.id, p.name, p.discipline, p.hue, CASE WHEN EXISTS (SELECT 1 FROM members m WHERE m.person_id = p.id AND m.team_id = ?)
		OR EXISTS (SELECT 1 FROM liaisons n WHERE n.person_id = p.id AND n.team_id = ?) THEN 1 ELSE 0 END AS near
		FROM people p WHERE `+maySee+` ORDER BY near DESC, p.name, p.id`, args...)
	return tellApart(out), err
}

// tellApart gives everybody words of their own: two of one name are told apart by discipline, then by number.
func tellApart(all []Nameable) []Nameable {
	names := map[string]int{}
	for _, n := range all {
		names[strings.ToLower(n.Name)]++
	}
	used := map[string]int{}
	for i, n := range all {
		words := n.Name
		if names[strings.ToLower(n.Name)] > 1 {
			words = fmt.Sprintf("%s (%s)", n.Name, n.Discipline)
		}
		if used[strings.ToLower(words)]++; used[strings.ToLower(words)] > 1 {
			words = fmt.Sprintf("%s %d", words, used[strings.ToLower(words)])
		}
		all[i].Words = words
	}
	return all
}

// Nameable lists whom a text on a card can name, those first whose name or a part of it begins with find.
func (s *Service) Nameable(ctx context.Context, idOrKey, find string, limit int) ([]Nameable, error) {
	q := s.store.Rows(ctx)
	_, l, err := s.see(q, who.From(ctx), idOrKey)
	if err != nil {
		return nil, err
	}
	all, err := nameable(q, l)
	if err != nil {
		return nil, err
	}
	find = strings.ToLower(oneLine(find))
	out := []Nameable{}
	for _, n := range all {
		name := strings.ToLower(n.Name)
		fits := find == "" || strings.HasPrefix(name, find) || strings.HasPrefix(strings.ToLower(n.Words), find) ||
			slices.ContainsFunc(strings.Fields(name), func(w string) bool { return strings.HasPrefix(w, find) })
		if fits && len(out) < limit {
			out = append(out, n)
		}
	}
	return out, nil
}

// writtenNames are the people whom the texts of one card name: by comment, "" is the description.
type writtenNames map[string]*people

func writtenOn(q *store.Query, cardRID int64) (writtenNames, error) {
	out := writtenNames{}
	err := q.Each(func(scan func(...any) error) error {
		var comment, words string
		var p person
		if err := scan(&comment, &words, &p.id, &p.name); err != nil {
			return err
		}
		if out[comment] == nil {
			out[comment] = newPeople()
		}
		out[comment].add(words, p)
		return nil
	}, `SELECT COALESCE(c.id, ''), m.words, p.id, p.name FROM mentions m JOIN people p ON p.id = m.person_id
		LEFT JOIN comments c ON c.rid = m.comment_rid WHERE m.card_rid = ? ORDER BY m.rid`, cardRID)
	return out, err
}

// mentionsOn reads the mentions of a card's new description or comment.
func (s *Service) mentionsOn(ctx context.Context, idOrKey, text string) (mentioned, error) {
	return s.mentionsIn(ctx, idOrKey, "", text)
}

// mentionsOfComment is mentionsOn for a comment that is there already.
func (s *Service) mentionsOfComment(ctx context.Context, commentID, text string) (mentioned, error) {
	if !strings.Contains(text, "@") {
		return mentioned{}, nil
	}
	var cardID string
	if _, err := s.store.Rows(ctx).Row([]any{&cardID}, "SELECT c.id FROM comments m JOIN cards c ON c.rid = m.card_rid WHERE m.id = ?", commentID); err != nil {
		return mentioned{}, err
	}
	return s.mentionsIn(ctx, cardID, commentID, text)
}

func (s *Service) mentionsIn(ctx context.Context, idOrKey, commentID, text string) (mentioned, error) {
	if !strings.Contains(text, "@") {
		return mentioned{}, nil
	}
	q := s.store.Rows(ctx)
	at, err := locate(q, idOrKey)
	if err != nil || at.cardID == "" {
		return mentioned{}, err
	}
	c, err := loadCard(q, at.cardID)
	if err != nil || c == nil {
		return mentioned{}, err
	}
	written, err := writtenOn(q, c.RID)
	if err != nil {
		return mentioned{}, err
	}
	return s.mentionsFor(ctx, at.boardID, written[commentID], text)
}

// mentionsFor reads the mentions of a text for a board. What already names somebody in it goes on doing so,
// whatever they are called now.
func (s *Service) mentionsFor(ctx context.Context, boardID string, before *people, text string) (mentioned, error) {
	var out mentioned
	if !strings.Contains(text, "@") {
		return out, nil
	}
	q := s.store.Rows(ctx)
	l, err := s.boards.LayoutIn(q, boardID)
	if err != nil || l == nil {
		return out, err
	}
	all, err := nameable(q, l)
	if err != nil {
		return out, err
	}
	out.names = newPeople()
	for _, n := range all {
		out.names.add(n.Words, person{n.ID, n.Name})
	}
	if before != nil {
		for words, p := range before.by {
			out.names.add(words, p)
		}
	}
	if out.whom = spokenIn(text, out.names); len(out.whom) > 0 {
		out.quote = out.quoteOf(text)
	}
	return out, nil
}

// mention keeps whom a text names and tells those whom it did not name before. Whoever may not see the card
// any more is neither kept nor told.
func (e *edit) mention(m mentioned, commentRID *int64) error {
	var to []string
	for _, n := range m.whom {
		var had, sees int
		if _, err := e.tx.Row([]any{&had}, `SELECT COUNT(*) FROM mentions WHERE card_rid = ? AND person_id = ? AND COALESCE(comment_rid, 0) = ?`,
			e.card.RID, n.who.id, ridOr0(commentRID)); err != nil {
			return err
		}
		if _, err := e.tx.Row([]any{&sees}, "SELECT COUNT(*) FROM people p WHERE "+maySee+" AND p.id = ?", seeArgs(e.l, n.who.id)...); err != nil {
			return err
		}
		if had == 0 && sees == 0 {
			continue
		}
		if _, err := e.tx.Exec(`INSERT INTO mentions (card_rid, comment_rid, person_id, words, actor_id, at) SELECT ?, ?, ?, ?, ?, ?
			WHERE NOT EXISTS (SELECT 1 FROM mentions WHERE card_rid = ? AND person_id = ? AND COALESCE(comment_rid, 0) = ? AND words = ?)`,
			e.card.RID, commentRID, n.who.id, n.words, e.tx.ActorID, store.Ms(e.tx.Now), e.card.RID, n.who.id, ridOr0(commentRID), n.words); err != nil {
			return err
		}
		if had == 0 && n.who.id != e.tx.ActorID {
			to = append(to, n.who.id)
		}
	}
	if len(to) == 0 {
		return nil
	}
	e.told = append(e.told, to...)
	return e.post("card.mentioned", to, fmt.Sprintf("You were mentioned on %s “%s”", e.card.Key, e.card.Title), m.quote)
}

// quoteOf is what those whom the text names are told of it. It may be long: then it begins where the first of them is.
func (m mentioned) quoteOf(text string) string {
	name := "@" + m.whom[0].words
	if at := strings.Index(text, name); at > plainMost/2 {
		text = strings.ToValidUTF8(text[at-plainMost/4:], "")
	}
	return excerptAt(plainWith(text, m.names), "@"+m.whom[0].who.name)
}

func ridOr0(rid *int64) int64 {
	if rid == nil {
		return 0
	}
	return *rid
}

// Preview renders a text as it will be shown on a card, "" is none.
func (s *Service) Preview(ctx context.Context, idOrKey, text string) (Rendered, error) {
	var said mentioned
	if idOrKey != "" {
		_, _, err := s.see(s.store.Rows(ctx), who.From(ctx), idOrKey)
		if err == nil {
			said, err = s.mentionsOn(ctx, idOrKey, text)
		}
		if err != nil && !fault.Is(err, "not_found") {
			return Rendered{}, err
		}
	}
	return Rendered{markdownWith(text, said.names)}, nil
}
