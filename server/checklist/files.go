package checklist

import (
	"context"
	"slices"
	"strings"

	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// mostFiles hang at one checklist.
const mostFiles = 100

// Attached is a file that hangs at a checklist now.
type Attached struct {
	Attachment card.AttachmentView `json:"attachment"`
}

// Attach puts a file at a checklist, to be evidence where there is no card at which it could hang; for those who work in
// the team.
func (s *Service) Attach(ctx context.Context, id string, f card.NewFile) (Attached, error) {
	may := func() error {
		at, err := s.sit(s.store.Rows(ctx), who.From(ctx), id)
		if err == nil {
			err = at.check(toAnswer)
		}
		if err == nil {
			err = at.open()
		}
		return err
	}
	return card.Keep(ctx, s.cards, f, may, func(k card.Kept) (Attached, error) {
		return on(ctx, s, id, toAnswer, func(c *change) (Attached, error) {
			if err := c.open(); err != nil {
				return Attached{}, err
			}
			if err := c.roomForFile(); err != nil {
				return Attached{}, err
			}
			a, err := k.Hang(c.tx, "checklist_rid", c.RID)
			if err != nil {
				return Attached{}, err
			}
			c.why = a.Name
			_, err = c.tell("checklist.attached", "")
			return Attached{a}, err
		})
	}, func(a Attached) string { return a.Attachment.ID })
}

// Detach takes a file off a checklist that no answer shows as evidence; until its bytes are
// forgotten after seven days it can be brought back.
func (s *Service) Detach(ctx context.Context, id, attachmentID string) (Changed, error) {
	return on(ctx, s, id, toAnswer, func(c *change) (Changed, error) {
		if err := c.open(); err != nil {
			return Changed{}, err
		}
		if keys := c.showing(attachmentID); len(keys) == 1 {
			return Changed{}, fault.Conflict("file_in_use", "The answer to %s shows this file. Take it out of there first.", keys[0]).With("items", keys)
		} else if len(keys) > 1 {
			return Changed{}, fault.Conflict("file_in_use", "The answers to %s show this file. Take it out of there first.", strings.Join(keys, ", ")).With("items", keys)
		}
		found, err := c.tx.Row([]any{&c.why}, "UPDATE attachments SET removed_at = ?, removed_by = ? WHERE id = ? AND checklist_rid = ? AND removed_at IS NULL RETURNING name",
			store.Ms(c.tx.Now), c.tx.ActorID, attachmentID, c.RID)
		if err == nil && !found {
			err = fault.NotFound("attachment")
		}
		if err != nil {
			return Changed{}, err
		}
		return c.tell("checklist.detached", "")
	})
}

// Reattach brings back a file that was taken off a checklist.
func (s *Service) Reattach(ctx context.Context, id, attachmentID string) (Changed, error) {
	return on(ctx, s, id, toAnswer, func(c *change) (Changed, error) {
		if err := c.open(); err != nil {
			return Changed{}, err
		}
		var off int
		found, err := c.tx.Row([]any{&c.why, &off}, "SELECT name, CASE WHEN removed_at IS NULL THEN 0 ELSE 1 END FROM attachments WHERE id = ? AND checklist_rid = ?", attachmentID, c.RID)
		switch {
		case err != nil:
			return Changed{}, err
		case !found:
			return Changed{}, fault.NotFound("attachment")
		case off == 0:
			c.why = ""
			return c.tell("", "")
		}
		if err := c.roomForFile(); err != nil {
			return Changed{}, err
		}
		if _, err := c.tx.Exec("UPDATE attachments SET removed_at = NULL, removed_by = '' WHERE id = ?", attachmentID); err != nil {
			return Changed{}, err
		}
		return c.tell("checklist.attached", "")
	})
}

func (c *change) roomForFile() error {
	has, err := card.AttachmentsOf(c.tx.Query, "checklist_rid", c.RID)
	if err == nil && len(has) >= mostFiles {
		err = fault.Conflict("too_many_attachments", "A checklist holds at most %d files.", mostFiles)
	}
	return err
}

// showing are the items whose answers show a file, in the checklist's order.
func (c *change) showing(attachmentID string) (keys []string) {
	for _, it := range c.b.items(c.list) {
		a := c.b.answers[c.RID][it.Key]
		if a != nil && slices.ContainsFunc(a.Proof, func(p Proof) bool { return p.Type == "file" && p.Value == attachmentID }) {
			keys = append(keys, it.Key)
		}
	}
	return keys
}
