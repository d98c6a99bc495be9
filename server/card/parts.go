package card

import (
	"context"
	"net/url"
	"regexp"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// onPart is onCard for something that belongs to a card: a blocker, a comment, a to-do item.
func (s *Service) onPart(ctx context.Context, table, what, id string, n need, fn func(e *edit, rid int64) (Changed, error)) (Changed, error) {
	var cardID string
	var rid int64
	found, err := s.store.Rows(ctx).Row([]any{&cardID, &rid}, "SELECT c.id, x.rid FROM "+table+" x JOIN cards c ON c.rid = x.card_rid WHERE x.id = ?", id)
	if err != nil {
		return Changed{}, err
	}
	if !found {
		return Changed{}, fault.NotFound(what)
	}
	out, err := onCard(ctx, s, cardID, n, func(e *edit) (Changed, error) {
		if err := e.live(); err != nil {
			return Changed{}, err
		}
		return fn(e, rid)
	})
	if fault.Is(err, "not_found") {
		return out, fault.NotFound(what)
	}
	return out, err
}

// unchanged is the answer when there was nothing to do.
func (e *edit) unchanged() Changed {
	return Changed{Card: FaceOf(e.card, e.l), Seq: e.tx.Seq(event.BoardTopic(e.l.ID))}
}

// Commented is a new or edited comment with its card.
type Commented struct {
	Comment CommentView `json:"comment"`
	Changed
}

const maxComment = 20_000

// Comment adds a comment in Markdown.
func (s *Service) Comment(ctx context.Context, idOrKey, text string) (Commented, error) {
	text, err := cleanText("body.text", "The comment", text, maxComment)
	if err != nil {
		return Commented{}, err
	}
	said, err := s.mentionsOn(ctx, idOrKey, text) // before the write: nothing slow belongs inside
	if err != nil {
		return Commented{}, err
	}
	html, plain := markdownWith(text, said.names), plainWith(text, said.names)
	return onCard(ctx, s, idOrKey, toComment, func(e *edit) (Commented, error) {
		if err := e.live(); err != nil {
			return Commented{}, err
		}
		c := CommentView{ID: store.NewID("cmt"), AuthorID: e.tx.ActorID, AuthorName: e.tx.ActorName, Text: text, HTML: html, At: e.tx.Now}
		rid, err := e.tx.Insert("INSERT INTO comments (id, card_rid, author_id, author_name, text, at) VALUES (?,?,?,?,?,?)",
			c.ID, e.card.RID, c.AuthorID, c.AuthorName, text, store.Ms(c.At))
		if err != nil {
			return Commented{}, err
		}
		e.words = excerpt(plain)
		if err := e.mention(said, &rid); err != nil {
			return Commented{}, err
		}
		if err := e.watch(e.tx.ActorID); err != nil {
			return Commented{}, err
		}
		out, err := e.saved("card.commented", map[string]any{"commentId": c.ID})
		return Commented{c, out}, err
	})
}

// EditComment changes one's own comment.
func (s *Service) EditComment(ctx context.Context, commentID string, r Reword) (Changed, error) {
	text, err := cleanText("body.text", "The comment", r.Text, maxComment)
	if err != nil {
		return Changed{}, err
	}
	said, err := s.mentionsOfComment(ctx, commentID, text)
	if err != nil {
		return Changed{}, err
	}
	return s.onPart(ctx, "comments", "comment", commentID, toComment, func(e *edit, rid int64) (Changed, error) {
		if err := ownComment(ctx, e, rid, false); err != nil {
			return Changed{}, err
		}
		var now string
		if _, err := e.tx.Row([]any{&now}, "SELECT text FROM comments WHERE rid = ?", rid); err != nil {
			return Changed{}, err
		}
		if err := e.reworded("comment", r.Was, now, text); err != nil {
			return Changed{}, err
		}
		if err := e.mention(said, &rid); err != nil {
			return Changed{}, err
		}
		if _, err := e.tx.Exec("UPDATE comments SET text = ?, edited_at = ? WHERE rid = ?", text, store.Ms(e.tx.Now), rid); err != nil {
			return Changed{}, err
		}
		return e.saved("card.commented", map[string]any{"commentId": commentID, "edited": true})
	})
}

// RemoveComment takes one's own comment away; a lead may take anybody's.
func (s *Service) RemoveComment(ctx context.Context, commentID string) (Changed, error) {
	return s.onPart(ctx, "comments", "comment", commentID, toComment, func(e *edit, rid int64) (Changed, error) {
		if err := ownComment(ctx, e, rid, true); err != nil {
			return Changed{}, err
		}
		if _, err := e.tx.Exec("UPDATE comments SET removed_at = ? WHERE rid = ?", store.Ms(e.tx.Now), rid); err != nil {
			return Changed{}, err
		}
		return e.saved("card.commented", map[string]any{"commentId": commentID, "removed": true})
	})
}

func ownComment(ctx context.Context, e *edit, rid int64, leadMay bool) error {
	var author string
	found, err := e.tx.Row([]any{&author}, "SELECT author_id FROM comments WHERE rid = ? AND removed_at IS NULL", rid)
	if err != nil {
		return err
	}
	if !found {
		return fault.NotFound("comment")
	}
	if author == who.From(ctx).PersonID || (leadMay && e.seen.Rights.CanLead()) {
		return nil
	}
	return fault.Forbidden("Only its author may change a comment.")
}

// reworded refuses a text whose words were changed by somebody else while it was written, and shows theirs. The same
// words again are no quarrel.
func (e *edit) reworded(field string, was *string, now, text string) error {
	if was == nil || *was == now || text == now {
		return nil
	}
	f := staleFault("Somebody else changed this in the meantime.", []string{field}, FaceOf(e.card, e.l))
	if x, ok := fault.As(f); ok {
		return x.With("currentText", now)
	}
	return f
}

// NewTodo is an item of a to-do list.
type NewTodo struct {
	List string `json:"list,omitempty" required:"false" maxLength:"100" doc:"The list's name; a card can have several"`
	Text string `json:"text" minLength:"1" maxLength:"500"`
}

// WithTodo is a new to-do item with its card.
type WithTodo struct {
	Todo TodoView `json:"todo"`
	Changed
}

// MaxTodos is how many items a card holds; what was removed does not count.
const MaxTodos = 500

// AddTodo puts an item at the end of a list.
func (s *Service) AddTodo(ctx context.Context, idOrKey string, n NewTodo) (WithTodo, error) {
	text, err := cleanText("body.text", "The item", n.Text, 500)
	if err != nil {
		return WithTodo{}, err
	}
	return onCard(ctx, s, idOrKey, toWork, func(e *edit) (WithTodo, error) {
		if err := e.live(); err != nil {
			return WithTodo{}, err
		}
		t := TodoView{ID: store.NewID("tod"), List: n.List, Text: text}
		var last, held int64
		if _, err := e.tx.Row([]any{&last, &held}, `SELECT COALESCE(MAX(position), 0), COALESCE(SUM(CASE WHEN removed_at IS NULL THEN 1 ELSE 0 END), 0)
			FROM todos WHERE card_rid = ?`, e.card.RID); err != nil {
			return WithTodo{}, err
		}
		if held >= MaxTodos {
			return WithTodo{}, fault.Conflict("too_many_todos", "A card holds at most %d to-do items.", MaxTodos)
		}
		if _, err := e.tx.Exec("INSERT INTO todos (id, card_rid, list, text, position) VALUES (?,?,?,?,?)", t.ID, e.card.RID, t.List, t.Text, last+1); err != nil {
			return WithTodo{}, err
		}
		out, err := e.saved("card.todo_changed", map[string]any{"todoId": t.ID})
		return WithTodo{t, out}, err
	})
}

// TodoPatch changes an item.
type TodoPatch struct {
	Text *string `json:"text,omitempty" required:"false" minLength:"1" maxLength:"500"`
	Done *bool   `json:"done,omitempty" required:"false"`
	Was  *string `json:"was,omitempty" required:"false" maxLength:"500" doc:"What it said when the writing began: a text is refused as stale if it says something else by now"`
}

// ChangeTodo checks, unchecks or rewords an item.
func (s *Service) ChangeTodo(ctx context.Context, todoID string, p TodoPatch) (Changed, error) {
	return s.onPart(ctx, "todos", "to-do item", todoID, toWork, func(e *edit, rid int64) (Changed, error) {
		var was, now TodoView
		found, err := e.tx.Row([]any{&was.Text, &was.Done}, "SELECT text, done FROM todos WHERE rid = ? AND removed_at IS NULL", rid)
		if err != nil {
			return Changed{}, err
		}
		if !found {
			return Changed{}, fault.NotFound("to-do item")
		}
		now = was
		if p.Text != nil {
			if now.Text, err = cleanText("body.text", "The item", *p.Text, 500); err != nil {
				return Changed{}, err
			}
			if err := e.reworded("todo", p.Was, was.Text, now.Text); err != nil {
				return Changed{}, err
			}
		}
		if p.Done != nil {
			now.Done = *p.Done
		}
		if now == was {
			return e.unchanged(), nil
		}
		if now.Done != was.Done {
			if err := notPromoted(e.tx.Query, rid); err != nil {
				return Changed{}, err
			}
		}
		if _, err := e.tx.Exec("UPDATE todos SET text = ?, done = ? WHERE rid = ?", now.Text, now.Done, rid); err != nil {
			return Changed{}, err
		}
		return e.saved("card.todo_changed", map[string]any{"todoId": todoID, "done": p.Done})
	})
}

// RemoveTodo takes an item away.
func (s *Service) RemoveTodo(ctx context.Context, todoID string) (Changed, error) {
	return s.onPart(ctx, "todos", "to-do item", todoID, toWork, func(e *edit, rid int64) (Changed, error) {
		n, err := e.tx.Exec("UPDATE todos SET removed_at = ? WHERE rid = ? AND removed_at IS NULL", store.Ms(e.tx.Now), rid)
		if err != nil {
			return Changed{}, err
		}
		if n == 0 {
			return e.unchanged(), nil
		}
		return e.saved("card.todo_changed", map[string]any{"todoId": todoID, "removed": true})
	})
}

// MaxSignals is how many chips a card holds.
const MaxSignals = 20

// NewSignal is what a pipeline says about a card.
type NewSignal struct {
	State string `json:"state" enum:"ok,running,failed,info"`
	Text  string `json:"text" minLength:"1" maxLength:"40"`
	URL   string `json:"url,omitempty" required:"false" maxLength:"2000"`
	TTL   int    `json:"ttl,omitempty" required:"false" minimum:"1" maximum:"31536000" doc:"Seconds until the chip turns grey"`
}

var signalKey = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,39}$`)

// Signal sets a chip on a card with one request; the same key again replaces it.
func (s *Service) Signal(ctx context.Context, idOrKey, key string, n NewSignal) (Changed, error) {
	if !signalKey.MatchString(key) {
		return Changed{}, fault.Invalid("path.key", "A signal's key is up to 40 lower-case letters, digits, dots, dashes and underscores")
	}
	if n.URL != "" {
		u, err := url.Parse(n.URL)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
			return Changed{}, fault.Invalid("body.url", "A signal's address begins with https:// or http://")
		}
	}
	text, err := cleanText("body.text", "The signal's text", n.Text, 40)
	if err != nil {
		return Changed{}, err
	}
	return onCard(ctx, s, idOrKey, toWork, func(e *edit) (Changed, error) {
		if err := e.live(); err != nil {
			return Changed{}, err
		}
		if len(e.card.Face.Signals) >= MaxSignals && !hasSignal(e.card, key) {
			return Changed{}, fault.Conflict("too_many_signals", "A card holds at most %d signals.", MaxSignals)
		}
		var expires *int64
		if n.TTL > 0 {
			ms := store.Ms(e.tx.Now.Add(time.Duration(n.TTL) * time.Second))
			expires = &ms
		}
		if _, err := e.tx.Exec(`INSERT INTO signals (card_rid, key, state, text, url, at, expires_at) VALUES (?,?,?,?,?,?,?)
			ON CONFLICT (card_rid, key) DO UPDATE SET state = excluded.state, text = excluded.text, url = excluded.url, at = excluded.at, expires_at = excluded.expires_at`,
			e.card.RID, key, n.State, text, n.URL, store.Ms(e.tx.Now), expires); err != nil {
			return Changed{}, err
		}
		return e.saved("card.signalled", map[string]any{"signal": key})
	})
}

// RemoveSignal takes a chip away.
func (s *Service) RemoveSignal(ctx context.Context, idOrKey, key string) (Changed, error) {
	return onCard(ctx, s, idOrKey, toWork, func(e *edit) (Changed, error) {
		if err := e.live(); err != nil { // its face would go back onto the board with the news
			return Changed{}, err
		}
		n, err := e.tx.Exec("DELETE FROM signals WHERE card_rid = ? AND key = ?", e.card.RID, key)
		if err != nil {
			return Changed{}, err
		}
		if n == 0 {
			return e.unchanged(), nil
		}
		return e.saved("card.signalled", map[string]any{"signal": key, "removed": true})
	})
}

func hasSignal(c *Card, key string) bool {
	for _, s := range c.Face.Signals {
		if s.Key == key {
			return true
		}
	}
	return false
}
