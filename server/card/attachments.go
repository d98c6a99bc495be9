package card

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"path"
	"strings"
	"time"

	"trestle/server/blob"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Files is where attachments are kept, and how much of them.
type Files struct {
	Store   blob.Store
	MaxFile int64 // bytes of one
	Quota   int64 // bytes of all in the workspace; 0 = no limit
}

const (
	maxAttachments = 100 // of a card
	maxPreview     = 256 << 10
	maxFileName    = 200
	// removedKept is how long a removed attachment can be brought back.
	removedKept = 7 * 24 * time.Hour
	// orphanAge is how long bytes may lie without a row: a write that is under way has put them first.
	orphanAge = 24 * time.Hour
)

// AttachmentView is a file at a card. Inline says that it is a picture that may be shown inside a page.
type AttachmentView struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Type    string    `json:"type" doc:"By its content, whatever it is called"`
	Size    int64     `json:"size" doc:"Bytes"`
	Inline  bool      `json:"inline" doc:"A picture that may be shown; everything else is only downloaded"`
	Width   int       `json:"width,omitempty"`
	Height  int       `json:"height,omitempty"`
	Preview bool      `json:"preview,omitempty" doc:"There is a small picture of it"`
	AddedBy string    `json:"addedBy,omitempty"`
	ByName  string    `json:"byName"`
	At      time.Time `json:"at"`
}

// Attached is a new attachment with its card.
type Attached struct {
	Attachment AttachmentView `json:"attachment"`
	Changed
}

// NewFile is bytes to be attached, and a small picture of them if the sender made one.
type NewFile struct {
	Name    string
	Size    int64
	SHA256  string
	Body    io.ReadSeeker
	Preview io.ReadSeeker // nil for none
	Small   int64         // bytes of the preview
}

// UseFiles says where attachments are kept.
func (s *Service) UseFiles(f Files) { s.files = f }

// tooLargeFile is the refusal of a file over the limit.
func (s *Service) tooLargeFile() error {
	return fault.Of(http.StatusRequestEntityTooLarge, "too_large", "This file was not attached: it is larger than %d MB.", s.files.MaxFile>>20)
}

func tooManyFiles() error {
	return fault.Conflict("too_many_attachments", "A card holds at most %d attachments.", maxAttachments)
}

// fileName is the name under which a file is shown and downloaded: one line, no folders, no tricks with the direction.
func fileName(name string) string {
	name = strings.Trim(oneLine(path.Base(strings.ReplaceAll(name, `\`, "/"))), ". ")
	if r := []rune(name); len(r) > maxFileName {
		ext := []rune(path.Ext(name))
		if len(ext) > 12 {
			ext = nil
		}
		name = string(r[:maxFileName-len(ext)]) + string(ext)
	}
	if name == "" || name == "/" {
		return "file"
	}
	return name
}

// sniffed looks at the first bytes and goes back to the beginning.
func sniffed(r io.ReadSeeker) (blob.Sniffed, error) {
	head, err := io.ReadAll(io.LimitReader(r, blob.Peek))
	if err == nil {
		_, err = r.Seek(0, io.SeekStart)
	}
	return blob.Sniff(head), err
}

// Attach puts a file at a card.
func (s *Service) Attach(ctx context.Context, idOrKey string, f NewFile) (Attached, error) {
	return Keep(ctx, s, f, func() error { return s.mayAttach(ctx, idOrKey) }, func(k Kept) (Attached, error) {
		return onCard(ctx, s, idOrKey, toWork, func(e *edit) (Attached, error) {
			if err := e.live(); err != nil {
				return Attached{}, err
			}
			if e.card.Face.Attachments >= maxAttachments {
				return Attached{}, tooManyFiles()
			}
			a, err := k.Hang(e.tx, "card_rid", e.card.RID)
			if err != nil {
				return Attached{}, err
			}
			changed, err := e.saved("card.attached", map[string]any{"attachmentId": a.ID, "name": a.Name})
			return Attached{a, changed}, err
		})
	}, func(a Attached) string { return a.Attachment.ID })
}

// Kept are bytes that are stored and wait for a row that names them.
type Kept struct {
	AttachmentView
	s                 *Service
	sum, key, preview string
}

// Hang writes that row, at a card (card_rid) or at a checklist (checklist_rid).
func (k Kept) Hang(tx *store.Tx, column string, rid int64) (AttachmentView, error) {
	a := k.AttachmentView
	a.AddedBy, a.ByName, a.At = tx.ActorID, tx.ActorName, tx.Now
	if err := k.s.takeRoom(tx, a.Size); err != nil {
		return a, err
	}
	_, err := tx.Exec(`INSERT INTO attachments (id, `+column+`, name, type, size, sha256, blob, preview, width, height, added_by, added_name, at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`, a.ID, rid, a.Name, a.Type, a.Size, k.sum, k.key, k.preview, a.Width, a.Height, a.AddedBy, a.ByName, store.Ms(a.At))
	return a, err
}

// Keep stores a file's bytes first, when may allows it; they are named by a row afterwards, in the write that tells of
// it, of whose answer id gives the file's. Bytes that no row came to name are swept away.
func Keep[T any](ctx context.Context, s *Service, f NewFile, may func() error, write func(k Kept) (T, error), id func(T) string) (none T, err error) {
	if f.Size == 0 {
		return none, fault.Invalid("body.file", "This file is empty")
	}
	if f.Size > s.files.MaxFile {
		return none, s.tooLargeFile()
	}
	kind, err := sniffed(f.Body)
	if err != nil {
		return none, err
	}
	if f.Preview != nil {
		small, err := sniffed(f.Preview)
		if err != nil {
			return none, err
		}
		if !kind.Inline || !small.Inline || f.Small > maxPreview {
			return none, fault.Invalid("body.preview", "A preview is a picture of at most %d kB, of a picture", maxPreview>>10)
		}
	}
	if err := may(); err != nil { // before the bytes are carried anywhere
		return none, err
	}
	key, preview := blob.NewKey(), ""
	if err := s.files.Store.Put(ctx, key, f.Body, f.Size); err != nil {
		return none, err
	}
	if f.Preview != nil {
		preview = blob.NewKey()
		if err := s.files.Store.Put(ctx, preview, f.Preview, f.Small); err != nil {
			preview = ""
		}
	}
	k := Kept{AttachmentView{ID: store.NewID("att"), Name: fileName(f.Name), Type: kind.Type, Size: f.Size, Inline: kind.Inline, Width: kind.Width, Height: kind.Height,
		Preview: preview != ""}, s, f.SHA256, key, preview}
	out, err := write(k)
	if err != nil || id(out) != k.ID { // refused, or the answer of the same request before
		s.drop(ctx, key, preview)
	}
	return out, err
}

// mayAttach refuses early what the write would refuse after the bytes were stored.
func (s *Service) mayAttach(ctx context.Context, idOrKey string) error {
	v, q := who.From(ctx), s.store.Rows(ctx)
	c, l, err := s.see(q, v, idOrKey)
	if err != nil {
		return err
	}
	seen, err := s.boards.See(q, v, l.ID)
	switch {
	case err != nil:
		return asCard(err)
	case !seen.Rights.CanWork():
		return fault.Forbidden("Your role on this team may look, but not change cards.")
	case c.ArchivedAt != nil:
		return fault.Conflict("archived", "%s is archived. Restore it first.", c.Key)
	}
	return nil
}

func (s *Service) takeRoom(tx *store.Tx, size int64) error {
	if s.files.Quota == 0 {
		_, err := tx.Exec("UPDATE attachment_usage SET bytes = bytes + ? WHERE id = 1", size)
		return err
	}
	n, err := tx.Exec("UPDATE attachment_usage SET bytes = bytes + ? WHERE id = 1 AND bytes + ? <= ?", size, size, s.files.Quota)
	if err == nil && n == 0 {
		err = fault.Conflict("quota_reached", "This file was not attached: the attachments of this workspace may take %d MB, and there is no room left for it.", s.files.Quota>>20)
	}
	return err
}

// drop removes bytes that nothing names. What cannot be removed now is swept later.
func (s *Service) drop(ctx context.Context, keys ...string) {
	ctx = context.WithoutCancel(ctx)
	for _, k := range keys {
		if k != "" {
			_ = s.files.Store.Remove(ctx, k)
		}
	}
}

// Detach takes an attachment off its card. It can be brought back for seven days.
func (s *Service) Detach(ctx context.Context, id string) (Changed, error) {
	return s.turn(ctx, id, true, "removed_at = ?, removed_by = ? WHERE removed_at IS NULL", "card.detached")
}

// Reattach brings a removed attachment back.
func (s *Service) Reattach(ctx context.Context, id string) (Changed, error) {
	return s.turn(ctx, id, false, "removed_at = ?, removed_by = ? WHERE removed_at IS NOT NULL", "card.attached")
}

func (s *Service) turn(ctx context.Context, id string, off bool, set, kind string) (Changed, error) {
	return s.onPart(ctx, "attachments", "attachment", id, toWork, func(e *edit, rid int64) (Changed, error) {
		var at *int64
		by, name := "", ""
		if off {
			now := store.Ms(e.tx.Now)
			at, by = &now, e.tx.ActorID
		}
		found, err := e.tx.Row([]any{&name}, "UPDATE attachments SET "+set+" AND rid = ? RETURNING name", at, by, rid)
		if err != nil {
			return Changed{}, err
		}
		if !found {
			return e.unchanged(), nil
		}
		if !off && e.card.Face.Attachments >= maxAttachments {
			return Changed{}, tooManyFiles()
		}
		return e.saved(kind, map[string]any{"attachmentId": id, "name": name, "again": !off})
	})
}

// OpenFile is an attachment's bytes on their way out. The caller closes Body.
type OpenFile struct {
	AttachmentView
	ETag string
	Body io.ReadCloser
}

// OpenAttachment gives the bytes of an attachment, or its small picture, to whoever may see its card or checklist. etag is what the
// reader has: when it is still true, Body is nil.
func (s *Service) OpenAttachment(ctx context.Context, id string, preview bool, etag string) (OpenFile, error) {
	v, q := who.From(ctx), s.store.Rows(ctx)
	if v.DeviceID != "" {
		return OpenFile{}, fault.Forbidden("A screen does not open attachments.")
	}
	var f OpenFile
	var cardID, listID, sum, key, small string
	found, err := q.Row([]any{&cardID, &listID, &f.ID, &f.Name, &f.Type, &f.Size, &f.Width, &sum, &key, &small},
		`SELECT COALESCE(c.id, ''), COALESCE(k.id, ''), a.id, a.name, a.type, a.size, a.width, a.sha256, a.blob, a.preview FROM attachments a
		LEFT JOIN cards c ON c.rid = a.card_rid LEFT JOIN checklists k ON k.rid = a.checklist_rid WHERE a.id = ? AND a.removed_at IS NULL`, id)
	if err != nil {
		return f, err
	}
	if !found || (preview && small == "") {
		return f, fault.NotFound("attachment")
	}
	if listID != "" {
		err = s.lists.CanListen(ctx, v, listID)
	} else {
		_, _, err = s.see(q, v, cardID)
	}
	if err != nil {
		if fault.Is(err, "not_found") {
			err = fault.NotFound("attachment")
		}
		return f, err
	}
	f.Inline, f.ETag = f.Width > 0, `"`+sum+`"`
	if preview {
		key, f.ETag = small, `"`+small+`"`
	}
	if etag == f.ETag {
		return f, nil
	}
	if f.Body, err = s.files.Store.Open(ctx, key); err != nil || !preview {
		return f, err
	}
	defer f.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(f.Body, maxPreview))
	f.Type, f.Body = blob.Sniff(raw).Type, io.NopCloser(bytes.NewReader(raw))
	return f, err
}

// AttachmentsOf lists the attachments of a card (card_rid) or of a checklist (checklist_rid), oldest first.
func AttachmentsOf(q *store.Query, column string, rid int64) (out []AttachmentView, err error) {
	out = []AttachmentView{}
	err = q.Each(func(scan func(...any) error) error {
		var a AttachmentView
		var at int64
		var preview string
		err := scan(&a.ID, &a.Name, &a.Type, &a.Size, &a.Width, &a.Height, &preview, &a.AddedBy, &a.ByName, &at)
		a.Inline, a.Preview, a.At = a.Width > 0, preview != "", store.At(at)
		out = append(out, a)
		return err
	}, `SELECT a.id, a.name, a.type, a.size, a.width, a.height, a.preview, a.added_by, COALESCE(p.name, a.added_name), a.at FROM attachments a
		LEFT JOIN people p ON p.id = a.added_by WHERE a.`+column+` = ? AND a.removed_at IS NULL ORDER BY a.at, a.rid`, rid)
	return out, err
}
