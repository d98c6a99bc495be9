package card

import (
	"context"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// FullCard is a card with its body.
type FullCard struct {
	Face
	BoardID         string     `json:"boardId"`
	BoardName       string     `json:"boardName"`
	TeamID          string     `json:"teamId"`
	Description     string     `json:"description"`
	DescriptionHTML string     `json:"descriptionHtml"`
	CreatedAt       time.Time  `json:"createdAt"`
	CreatedBy       string     `json:"createdBy,omitempty"`
	CreatedByName   string     `json:"createdByName,omitempty" doc:"They may be of another team: whoever asks makes a card"`
	ArchivedAt      *time.Time `json:"archivedAt,omitempty"`
}

// CommentView is a comment as it leaves. AuthorID is empty for people who left before an import.
type CommentView struct {
	ID         string     `json:"id"`
	AuthorID   string     `json:"authorId,omitempty"`
	AuthorName string     `json:"authorName"`
	Text       string     `json:"text"`
	HTML       string     `json:"html"`
	At         time.Time  `json:"at"`
	EditedAt   *time.Time `json:"editedAt,omitempty"`
}

// BlockerView is a blocker, open or closed.
type BlockerView struct {
	BlockerFace
	OpenedBy string     `json:"openedBy,omitempty"`
	ClosedAt *time.Time `json:"closedAt,omitempty"`
	ClosedBy string     `json:"closedBy,omitempty"`
}

// TodoView is an item of a to-do list.
type TodoView struct {
	ID   string `json:"id"`
	List string `json:"list"`
	Text string `json:"text"`
	Done bool   `json:"done"`
	Card *Kin   `json:"card,omitempty" doc:"The card that it has become"`
}

// FieldView is a custom field's value. Text is the value as people read it: an option's or a person's name.
type FieldView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Type  string `json:"type"`
	Value string `json:"value"`
	Text  string `json:"text"`
}

// Detail is everything about one card.
type Detail struct {
	Card        FullCard         `json:"card"`
	Comments    []CommentView    `json:"comments"`
	Blockers    []BlockerView    `json:"blockers"`
	Todos       []TodoView       `json:"todos"`
	Fields      []FieldView      `json:"fields"`
	Mirrors     []MirrorPlace    `json:"mirrors" doc:"The other boards that show it, of those that you may see"`
	WaitsFor    []WaitView       `json:"waitsFor" doc:"The cards that it waits for"`
	Blocks      []WaitView       `json:"blocks" doc:"The cards that wait for it, of those that you may see"`
	Family      Family           `json:"family"`
	Links       []LinkView       `json:"links"`
	Attachments []AttachmentView `json:"attachments"`
	History     []Line           `json:"history"`
	Seq         int64            `json:"seq"`

	Hypothesis *Hypothesis `json:"hypothesis,omitempty"`
	Shown      []ShownTo   `json:"shown" doc:"To whom its result was shown in a demo"`
	Revisions  int         `json:"revisions,omitempty" doc:"Versions of the description that are kept, when it was changed"`
	Watching   bool        `json:"watching"`
	Watchers   []string    `json:"watchers" doc:"Person ids"`
}

// Detail reads one card by id or key. canonical is its present key when it was asked for by a former one.
func (s *Service) Detail(ctx context.Context, idOrKey string) (d Detail, canonical string, err error) {
	v := who.From(ctx)
	var names writtenNames
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		c, l, err := s.see(q, v, idOrKey)
		if err != nil {
			return err
		}
		if idOrKey != c.ID {
			canonical = c.Key
		}
		d = Detail{Card: FullCard{Face: FaceOf(c, l), BoardID: l.ID, BoardName: l.Name, TeamID: l.TeamID, Description: c.Description,
			CreatedAt: c.CreatedAt, CreatedBy: c.CreatedBy, ArchivedAt: store.AtPtr(c.ArchivedAt)}}
		if d.Seq, _, err = store.TopicIn(q, event.BoardTopic(l.ID)); err != nil {
			return err
		}
		if d.WaitsFor, d.Blocks, err = s.waitsSeen(q, v, c); err != nil {
			return err
		}
		shown, err := ShownOf(q, c.ID)
		if err != nil {
			return err
		}
		d.Shown = shown[c.ID]
		if d.Mirrors, err = s.mirrorsSeen(q, v, c); err != nil {
			return err
		}
		if names, err = writtenOn(q, c.RID); err != nil {
			return err
		}
		if err := d.parts(q, c, l); err != nil {
			return err
		}
		if err := d.family(s, q, v, c); err != nil {
			return err
		}
		return d.more(q, v, c)
	})
	if err != nil {
		return Detail{}, "", err
	}
	d.Card.DescriptionHTML = markdownWith(d.Card.Description, names[""])
	for i := range d.Comments {
		d.Comments[i].HTML = markdownWith(d.Comments[i].Text, names[d.Comments[i].ID])
	}
	return d, canonical, nil
}

// see reads a card that the viewer may see, by id or key.
func (s *Service) see(q *store.Query, v who.Viewer, idOrKey string) (*Card, *board.Layout, error) {
	at, err := locate(q, idOrKey)
	if err != nil {
		return nil, nil, err
	}
	if at.cardID == "" {
		return nil, nil, fault.NotFound("card")
	}
	seen, err := s.boards.See(q, v, at.boardID)
	if err != nil {
		return nil, nil, asCard(err)
	}
	c, err := loadCard(q, at.cardID)
	if err != nil {
		return nil, nil, err
	}
	c.BoardID = at.boardID
	return c, seen.Layout, nil
}

func (d *Detail) parts(q *store.Query, c *Card, l *board.Layout) error {
	d.Comments, d.Blockers, d.Todos, d.Fields = []CommentView{}, []BlockerView{}, []TodoView{}, []FieldView{}
	made, err := account.PeopleByID(q, []string{c.CreatedBy})
	if err != nil {
		return err
	}
	d.Card.CreatedByName = made[c.CreatedBy].Name
	err = q.Each(func(scan func(...any) error) error {
		var x CommentView
		var at int64
		var edited *int64
		err := scan(&x.ID, &x.AuthorID, &x.AuthorName, &x.Text, &at, &edited)
		x.At, x.EditedAt = store.At(at), store.AtPtr(edited)
		d.Comments = append(d.Comments, x)
		return err
	}, `SELECT m.id, m.author_id, COALESCE(p.name, m.author_name), m.text, m.at, m.edited_at FROM comments m
		LEFT JOIN people p ON p.id = m.author_id WHERE m.card_rid = ? AND m.removed_at IS NULL ORDER BY m.at, m.rid`, c.RID)
	if err != nil {
		return err
	}
	err = q.Each(func(scan func(...any) error) error {
		var x BlockerView
		var opened int64
		var closed *int64
		var on CardRef
		err := scan(&x.ID, &x.Category, &x.Reason, &x.WaitingFor, &opened, &x.OpenedBy, &closed, &x.ClosedBy, &x.RaisedTo, &x.PromisedOn, &on.CardID, &on.Key)
		if on.CardID != "" {
			x.BlockedBy = &on
		}
		x.OpenedAt, x.ClosedAt = store.At(opened), store.AtPtr(closed)
		d.Blockers = append(d.Blockers, x)
		return err
	}, `SELECT k.id, k.category, k.reason, k.waiting_for, k.opened_at, k.opened_by, k.closed_at, k.closed_by, k.raised_to, k.promised_on,
		COALESCE(o.id, ''), COALESCE(o.key, '') FROM blockers k LEFT JOIN waits w ON w.blocker_rid = k.rid LEFT JOIN cards o ON o.rid = w.on_rid
		WHERE k.card_rid = ? ORDER BY k.rid`, c.RID)
	if err != nil {
		return err
	}
	err = q.Each(func(scan func(...any) error) error {
		var x TodoView
		err := scan(&x.ID, &x.List, &x.Text, &x.Done)
		d.Todos = append(d.Todos, x)
		return err
	}, "SELECT id, list, text, done FROM todos WHERE card_rid = ? AND removed_at IS NULL ORDER BY position, rid", c.RID)
	if err != nil {
		return err
	}
	if d.Fields, err = valuesOf(q, c.RID, l); err != nil {
		return err
	}
	if d.Attachments, err = AttachmentsOf(q, "card_rid", c.RID); err != nil {
		return err
	}
	d.History, err = historyOf(q, c, l)
	return err
}
