package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/fault"
	"trestle/server/store"
)

// UploadTime is how long a browser may take to send a form with files.
const UploadTime = 10 * time.Minute

// FormRules is what a form with files may hold.
type FormRules struct {
	Files  []string // names of parts that are files, each at most once
	Fields []string // names of short texts
	Max    int64    // bytes of one file
	// TooLarge is the refusal of a larger one.
	TooLarge error
	// Unknown is the sentence for a part with another name.
	Unknown string
}

// Form is a form with files, read part by part; huma would hold it in memory and knows no limit for it.
type Form struct {
	Files  map[string]*Upload
	Fields map[string]string
}

// Upload is a file of a form, in a temporary file that Close removes.
type Upload struct {
	*os.File
	Name   string // as the browser called it
	Size   int64
	SHA256 string
}

// FormIn is the input of an operation that takes a form.
type FormIn struct{ ctx huma.Context }

// Resolve keeps the request for Read.
func (f *FormIn) Resolve(ctx huma.Context) []error {
	f.ctx = ctx
	return nil
}

// Read takes the form in. The caller closes it. With an Idempotency-Key the request's hash covers the content from
// here on: parts by name, files by what is in them, but not the boundary, which every try draws anew.
func (f *FormIn) Read(rules FormRules) (form *Form, err error) {
	kind, params, err := mime.ParseMediaType(f.ctx.Header("Content-Type"))
	if err != nil || kind != "multipart/form-data" || params["boundary"] == "" {
		return nil, fault.Of(http.StatusUnsupportedMediaType, "unsupported_media_type", "Please send the file as multipart/form-data.")
	}
	_ = f.ctx.SetReadDeadline(time.Now().Add(UploadTime))
	body := &limited{r: f.ctx.BodyReader(), left: rules.Max*int64(len(rules.Files)) + 64<<10, err: rules.TooLarge}
	parts := multipart.NewReader(body, params["boundary"])
	form = &Form{Files: map[string]*Upload{}, Fields: map[string]string{}}
	defer func() {
		if err != nil {
			form.Close()
			form = nil
		}
	}()
	sum := sha256.New()
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return form, unreadable(err)
		}
		if n == 20 {
			return form, fault.Invalid("body", "The form has too many parts")
		}
		if err := form.take(part, rules, sum); err != nil {
			return form, err
		}
	}
	store.CallerOf(f.ctx.Context()).Cover(hex.EncodeToString(sum.Sum(nil)))
	return form, nil
}

// Close removes the files.
func (f *Form) Close() {
	if f == nil {
		return
	}
	for _, u := range f.Files {
		_ = u.File.Close()
		_ = os.Remove(u.File.Name())
	}
}

func (f *Form) take(part *multipart.Part, rules FormRules, sum hash.Hash) error {
	name := part.FormName()
	switch {
	case slices.Contains(rules.Files, name):
		if f.Files[name] != nil {
			return fault.Invalid("body."+name, "Send one file at a time")
		}
		file, err := os.CreateTemp("", "trestle-upload-*")
		if err != nil {
			return err
		}
		u := &Upload{File: file, Name: part.FileName()}
		f.Files[name] = u
		own := sha256.New()
		if u.Size, err = io.Copy(io.MultiWriter(file, own), io.LimitReader(part, rules.Max+1)); err != nil {
			return unreadable(err)
		}
		if u.Size > rules.Max {
			return rules.TooLarge
		}
		u.SHA256 = hex.EncodeToString(own.Sum(nil))
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		fmt.Fprintf(sum, "file %q %q %s\n", name, u.Name, u.SHA256)
	case slices.Contains(rules.Fields, name):
		raw, err := io.ReadAll(io.LimitReader(part, 201))
		if err != nil {
			return unreadable(err)
		}
		if len(raw) > 200 {
			return fault.Invalid("body", "One of the form's fields is too long")
		}
		f.Fields[name] = string(raw)
		fmt.Fprintf(sum, "field %q %q\n", name, raw)
	default:
		return fault.Invalid("body", "%s", rules.Unknown)
	}
	return nil
}

func unreadable(err error) error {
	if f, ok := fault.As(err); ok {
		return f
	}
	return fault.Of(http.StatusBadRequest, "bad_request", "The upload ended early or could not be read. Nothing was changed.").Because(err)
}

// limited refuses the body once it is longer than it may be.
type limited struct {
	r    io.Reader
	left int64
	err  error
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, l.err
	}
	return n, err
}

// Disposition names a download (RFC 6266), or with inline what a page shows: plain letters for old readers and its own
// name for others, without anything that could end the header, the folder or the direction of reading.
func Disposition(inline bool, name string) string {
	kind := "attachment"
	if inline {
		kind = "inline"
	}
	plain := strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e || strings.ContainsRune(`"\%;/`, r) {
			return '_'
		}
		return r
	}, name)
	return fmt.Sprintf(`%s; filename="%s"; filename*=UTF-8''%s`, kind, plain, percent(name))
}

// percent is RFC 8187's value: all but letters, digits and a few signs as %XX.
func percent(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
