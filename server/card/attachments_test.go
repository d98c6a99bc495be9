package card_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"trestle/server/blob"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/trestletest"
	"trestle/server/who"
)

const gif = "GIF89a\x02\x00\x01\x00\x00\x00\x00;"

func file(name, body string) card.NewFile {
	return card.NewFile{Name: name, Size: int64(len(body)), SHA256: "sum of " + name, Body: strings.NewReader(body)}
}

// kept counts what lies in the blob store.
func kept(t *testing.T, files blob.Store) (n int) {
	t.Helper()
	if err := files.Each(t.Context(), func(string, time.Time) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

// room is a desk on a bench, with a commenter and a viewer beside its worker.
type room struct {
	*trestletest.Bench
	*desk
	people map[string]who.Viewer
}

func (r *room) as(role string) context.Context { return trestletest.Ctx(r.t, r.people[role]) }

func eachWithFiles(t *testing.T, quota int64, fn func(t *testing.T, r *room, files blob.Store, dir string)) {
	t.Helper()
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		r := &room{Bench: b, desk: newDesk(t, b.Store), people: map[string]who.Viewer{}}
		r.people["worker"] = r.viewer
		for _, role := range []string{"commenter", "viewer"} {
			r.people[role] = trestletest.Person(t, b.Store, role, who.Member)
			trestletest.Join(t, b.Store, r.team, r.people[role], role)
		}
		dir := t.TempDir()
		files := blob.Disk(dir)
		r.cards.UseFiles(card.Files{Store: files, MaxFile: 1 << 20, Quota: quota})
		fn(t, r, files, dir)
	})
}

func TestAttach(t *testing.T) {
	eachWithFiles(t, 0, func(t *testing.T, r *room, files blob.Store, _ string) {
		worker := r.as("worker")
		c := r.add("A card", "Ready").ID
		a, err := r.cards.Attach(worker, c, file(`C:\pictures\..\"plan" `+"\u202egnp.gif", gif))
		if err != nil {
			t.Fatal(err)
		}
		if v := a.Attachment; v.Name != `"plan" gnp.gif` || v.Type != "image/gif" || !v.Inline || v.Width != 2 || v.Height != 1 || a.Card.Attachments != 1 {
			t.Fatalf("%+v", a)
		}
		f, err := r.cards.OpenAttachment(r.as("viewer"), a.Attachment.ID, false, "")
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := io.ReadAll(f.Body)
		_ = f.Body.Close()
		if string(raw) != gif {
			t.Fatalf("%q", raw)
		}
		if f, err := r.cards.OpenAttachment(r.as("viewer"), a.Attachment.ID, false, f.ETag); err != nil || f.Body != nil {
			t.Fatalf("it was sent again: %v", err)
		}
		if d, _, err := r.cards.Detail(r.as("viewer"), c); err != nil || len(d.Attachments) != 1 || d.History[0].Text != `attached "plan" gnp.gif` {
			t.Fatalf("%v %+v", err, d)
		}
		before := trestletest.Count(t, r.Bench.Store, "SELECT count(*) FROM events")
		for what, c := range map[string]struct {
			ctx  context.Context
			on   string
			file card.NewFile
			code string
		}{
			"empty":             {worker, c, file("a", ""), "invalid"},
			"too large":         {worker, c, file("a", strings.Repeat("a", 1<<20+1)), "too_large"},
			"a commenter":       {r.as("commenter"), c, file("a", "a"), "forbidden"},
			"an absent card":    {worker, "crd_0", file("a", "a"), "not_found"},
			"a preview of text": {worker, c, card.NewFile{Name: "a", Size: 1, Body: strings.NewReader("a"), Preview: strings.NewReader(gif), Small: int64(len(gif))}, "invalid"},
			"a text as preview": {worker, c, card.NewFile{Name: "a", Size: int64(len(gif)), Body: strings.NewReader(gif), Preview: strings.NewReader("<svg/>"), Small: 6}, "invalid"},
		} {
			if _, err := r.cards.Attach(c.ctx, c.on, c.file); !fault.Is(err, c.code) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if n := kept(t, files); n != 1 || trestletest.Count(t, r.Bench.Store, "SELECT count(*) FROM events") != before {
			t.Fatalf("%d blobs; a refusal left something", n)
		}
	})
}

// A card holds so many files and no more; what is refused leaves neither a row nor bytes, and taking one off makes room.
func TestAttach_TooMany(t *testing.T) {
	eachWithFiles(t, 0, func(t *testing.T, r *room, files blob.Store, _ string) {
		const most = 100
		worker, c := r.as("worker"), r.add("A card", "Ready").ID
		var last string
		for i := range most {
			a, err := r.cards.Attach(worker, c, file(fmt.Sprintf("%d.txt", i), "x"))
			if err != nil {
				t.Fatal(i, err)
			}
			last = a.Attachment.ID
		}
		before := r.count("SELECT count(*) FROM events")
		if _, err := r.cards.Attach(worker, c, file("more.txt", "x")); !fault.Is(err, "too_many_attachments") {
			t.Fatal(err)
		}
		if n, bytes := kept(t, files), r.count("SELECT bytes FROM attachment_usage"); n != most || bytes != most || r.count("SELECT count(*) FROM events") != before {
			t.Fatalf("%d blobs, %d bytes; a refusal left something", n, bytes)
		}
		if _, err := r.cards.Detach(worker, last); err != nil {
			t.Fatal(err)
		}
		if _, err := r.cards.Attach(worker, c, file("more.txt", "x")); err != nil {
			t.Fatal(err)
		}
		if _, err := r.cards.Reattach(worker, last); !fault.Is(err, "too_many_attachments") {
			t.Fatal("the removed one came back as one too many", err)
		}
	})
}

// The same request twice stores one file; the second upload's bytes are dropped.
func TestAttach_Again(t *testing.T) {
	eachWithFiles(t, 0, func(t *testing.T, r *room, files blob.Store, _ string) {
		c := r.add("A card", "Ready").ID
		var ids []string
		for range 2 {
			a, err := r.cards.Attach(trestletest.CtxKey(t, r.people["worker"], "key-1", "hash"), c, file("a.txt", "hello"))
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, a.Attachment.ID)
		}
		if ids[0] != ids[1] || kept(t, files) != 1 || trestletest.Count(t, r.Bench.Store, "SELECT count(*) FROM attachments") != 1 {
			t.Fatalf("%v, %d blobs", ids, kept(t, files))
		}
	})
}

func TestDetach(t *testing.T) {
	eachWithFiles(t, 100, func(t *testing.T, r *room, files blob.Store, dir string) {
		worker, c := r.as("worker"), r.add("A card", "Ready").ID
		a, err := r.cards.Attach(worker, c, file("a.txt", "hello"))
		if err != nil {
			t.Fatal(err)
		}
		id := a.Attachment.ID
		if _, err := r.cards.Detach(r.as("commenter"), id); !fault.Is(err, "forbidden") {
			t.Fatal(err)
		}
		for range 2 { // the second time is a calm no-op
			if ch, err := r.cards.Detach(worker, id); err != nil || ch.Card.Attachments != 0 {
				t.Fatal(err, ch.Card.Attachments)
			}
		}
		if _, err := r.cards.OpenAttachment(worker, id, false, ""); !fault.Is(err, "not_found") {
			t.Fatal(err)
		}
		if ch, err := r.cards.Reattach(worker, id); err != nil || ch.Card.Attachments != 1 {
			t.Fatal(err)
		}
		if _, err := r.cards.Detach(worker, id); err != nil {
			t.Fatal(err)
		}
		old := time.Now().Add(-48 * time.Hour)
		age := func() {
			_ = filepath.Walk(dir, func(p string, fi os.FileInfo, err error) error {
				if err == nil && !fi.IsDir() {
					return os.Chtimes(p, old, old)
				}
				return nil
			})
		}
		orphan := blob.NewKey()
		if err := files.Put(t.Context(), orphan, strings.NewReader("x"), 1); err != nil {
			t.Fatal(err)
		}
		if err := r.cards.SweepFiles(t.Context()); err != nil || kept(t, files) != 2 {
			t.Fatalf("%v: swept too early", err)
		}
		age()
		if err := r.cards.SweepFiles(t.Context()); err != nil || kept(t, files) != 1 {
			t.Fatalf("%v: the orphan is still there, or what can be brought back is not", err)
		}
		r.Clock.Advance(8 * 24 * time.Hour)
		if err := r.cards.SweepFiles(t.Context()); err != nil || kept(t, files) != 0 {
			t.Fatalf("%v: %d left", err, kept(t, files))
		}
		if _, err := r.cards.Reattach(worker, id); !fault.Is(err, "not_found") {
			t.Fatal(err)
		}
		if n := trestletest.Count(t, r.Bench.Store, "SELECT bytes FROM attachment_usage"); n != 0 {
			t.Fatalf("%d bytes are counted for nothing", n)
		}
	})
}

// Two at once want the last of the room: exactly one gets it.
func TestAttach_Quota(t *testing.T) {
	eachWithFiles(t, 10, func(t *testing.T, r *room, files blob.Store, _ string) {
		cards := []string{r.add("One", "Ready").ID, r.add("Two", "Ready").ID}
		if _, err := r.cards.Attach(r.as("worker"), cards[0], file("a", "12345")); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		errs := make([]error, 2)
		for i := range 2 {
			ctx := r.as("worker")
			wg.Go(func() { _, errs[i] = r.cards.Attach(ctx, cards[i], file("a", "12345")) })
		}
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !fault.Is(errors.Join(errs...), "quota_reached") {
			t.Fatalf("%v", errs)
		}
		if kept(t, files) != 2 {
			t.Fatalf("%d blobs", kept(t, files))
		}
	})
}
