package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// bucket is as much of an S3 store as is used: it refuses what is not signed and what was changed on the way.
type bucket struct {
	mu      sync.Mutex
	objects map[string][]byte
	broken  bool
}

func (b *bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	sum := sha256.Sum256(body)
	auth := r.Header.Get("Authorization")
	if b.broken || !strings.HasPrefix(auth, "AWS4-HMAC-SHA256 Credential=KEY/") || !strings.Contains(auth, "/eu-test-1/s3/aws4_request") ||
		!strings.Contains(auth, "x-amz-content-sha256") || r.Header.Get("X-Amz-Content-Sha256") != hex.EncodeToString(sum[:]) {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, "<Error><Code>SignatureDoesNotMatch</Code><StringToSign>hunter2</StringToSign></Error>")
		return
	}
	key, ok := strings.CutPrefix(r.URL.Path, "/files/")
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	switch {
	case r.Method == http.MethodPut:
		b.objects[key] = body
	case r.Method == http.MethodDelete:
		delete(b.objects, key)
		w.WriteHeader(http.StatusNoContent)
	case key == "":
		b.list(w, r)
	case b.objects[key] == nil:
		w.WriteHeader(http.StatusNotFound)
	default:
		_, _ = w.Write(b.objects[key])
	}
}

// list gives one key a page.
func (b *bucket) list(w http.ResponseWriter, r *http.Request) {
	type object struct {
		Key          string
		LastModified time.Time
	}
	var page struct {
		XMLName               xml.Name `xml:"ListBucketResult"`
		Contents              []object
		IsTruncated           bool
		NextContinuationToken string
	}
	var keys []string
	for k := range b.objects {
		if strings.HasPrefix(k, r.URL.Query().Get("prefix")) && k > r.URL.Query().Get("continuation-token") {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	if len(keys) > 0 {
		page.Contents = []object{{keys[0], time.Now()}}
		page.IsTruncated, page.NextContinuationToken = len(keys) > 1, keys[0]
	}
	_ = xml.NewEncoder(w).Encode(page)
}

func stores(t *testing.T) map[string]Store {
	t.Helper()
	srv := httptest.NewServer(&bucket{objects: map[string][]byte{"elsewhere/" + NewKey(): []byte("not ours"), "here/readme.txt": []byte("not a blob")}})
	t.Cleanup(srv.Close)
	s, err := S3(strings.Replace(srv.URL, "http://", "http://KEY:hunter2@", 1) + "/files/here?region=eu-test-1")
	if err != nil {
		t.Fatal(err)
	}
	return map[string]Store{"disk": Disk(t.TempDir()), "s3": s}
}

func TestStore(t *testing.T) {
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			var want []string
			for i := range 3 {
				key := NewKey()
				want = append(want, key)
				body := strings.Repeat("a", i*100+1)
				if err := s.Put(ctx, key, strings.NewReader(body), int64(len(body))); err != nil {
					t.Fatal(err)
				}
				r, err := s.Open(ctx, key)
				if err != nil {
					t.Fatal(err)
				}
				if raw, err := io.ReadAll(r); err != nil || string(raw) != body {
					t.Fatalf("%v %q", err, raw)
				}
				_ = r.Close()
			}
			var got []string
			if err := s.Each(ctx, func(key string, at time.Time) error {
				if time.Since(at) > time.Minute {
					t.Errorf("put at %v", at)
				}
				got = append(got, key)
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Fatalf("%v, not %v", got, want)
			}
			for range 2 {
				if err := s.Remove(ctx, want[0]); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := s.Open(ctx, want[0]); !errors.Is(err, ErrAbsent) {
				t.Fatal(err)
			}
			for _, key := range []string{"", "../../etc/passwd", strings.ToUpper(NewKey()), NewKey() + "/x"} {
				if err := s.Put(ctx, key, strings.NewReader("x"), 1); err == nil {
					t.Errorf("%q was taken as a key", key)
				}
				if _, err := s.Open(ctx, key); err == nil || errors.Is(err, ErrAbsent) {
					t.Errorf("%q was looked for: %v", key, err)
				}
			}
		})
	}
}

func TestDisk_ShortBody(t *testing.T) {
	s := Disk(t.TempDir())
	if err := s.Put(t.Context(), NewKey(), strings.NewReader("abc"), 5); err == nil {
		t.Fatal("half a file was kept")
	}
	if err := s.Each(t.Context(), func(key string, _ time.Time) error { return errors.New(key) }); err != nil {
		t.Fatal("something was left:", err)
	}
}

// What a store says of a failure does not bring the secret into a log.
func TestS3_SaysNoSecret(t *testing.T) {
	srv := httptest.NewServer(&bucket{broken: true})
	defer srv.Close()
	s, err := S3(strings.Replace(srv.URL, "http://", "http://KEY:hunter2@", 1) + "/files")
	if err != nil {
		t.Fatal(err)
	}
	err = s.Put(t.Context(), NewKey(), strings.NewReader("x"), 1)
	if err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "403 SignatureDoesNotMatch") {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "https://host/bucket", "https://KEY:hunter2@host", "ftp://KEY:hunter2@host/b", "https://KEY:hunter2@ho st/b"} {
		if _, err := S3(bad); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestSniff(t *testing.T) {
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x01\x00\x00\x00\x00\x80"
	for name, c := range map[string]struct {
		head, kind string
		inline     bool
		w, h       int
	}{
		"png":              {png, "image/png", true, 256, 128},
		"gif":              {"GIF89a\x10\x00\x08\x00\x00\x00\x00;", "image/gif", true, 16, 8},
		"gif and script":   {"GIF89a=1;alert(1)//", "application/octet-stream", false, 0, 0}, // its script spells a size that no picture has
		"jpeg":             {"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x0b\x08\x00\x20\x00\x40\x01\x01\x11\x00", "image/jpeg", true, 64, 32},
		"jpeg of html":     {"\xff\xd8\xff<script>alert(1)</script>", "application/octet-stream", false, 0, 0},
		"webp lossy":       {"RIFF\x00\x00\x00\x00WEBPVP8 \x00\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x40\x00\x20\x00", "image/webp", true, 64, 32},
		"avif":             {"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1\x00\x00\x00\x14ispe\x00\x00\x00\x00\x00\x00\x00\x40\x00\x00\x00\x20", "image/avif", true, 64, 32},
		"a bomb":           {"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x01\x00\x00\x00\x01\x00\x00", "application/octet-stream", false, 0, 0},
		"svg":              {`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "text/plain", false, 0, 0},
		"svg with head":    {`<?xml version="1.0"?><svg/>`, "text/xml", false, 0, 0},
		"html":             {"<!doctype html><script>alert(1)</script>", "text/html", false, 0, 0},
		"pdf":              {"%PDF-1.7 <script>", "application/pdf", false, 0, 0},
		"nothing":          {"", "text/plain", false, 0, 0},
		"a bmp is no type": {"BM......", "image/bmp", false, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := Sniff([]byte(c.head))
			if got != (Sniffed{c.kind, c.inline, c.w, c.h}) {
				t.Fatalf("%+v", got)
			}
		})
	}
}

// FuzzSniff: no head of a file makes it fall over.
func FuzzSniff(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe0\x00\x00\xff\xff\xff\xc0"))
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPVP8X\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, head []byte) {
		if s := Sniff(head); s.Inline && (s.Width <= 0 || s.Height <= 0) {
			t.Fatalf("%+v", s)
		}
	})
}
