package port

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/fault"
	"trestle/server/web"
)

// uploadTime is how long a browser may take to send a file.
const uploadTime = 10 * time.Minute

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	web.Handle(api, huma.Operation{OperationID: "board-import", Method: http.MethodPost, Path: "/imports", Tags: []string{"boards"},
		Summary: "Import a board from a file, or add what is new in it; a dry run only reports", MaxBodyBytes: MaxFile, BodyReadTimeout: uploadTime},
		func(ctx context.Context, in *upload) (*web.Body[Report], error) {
			r, err := in.request()
			if err != nil {
				return nil, err
			}
			defer r.close()
			return web.JSON(s.Import(ctx, r.Request))
		})
	web.Handle(api, huma.Operation{OperationID: "board-export", Method: http.MethodGet, Path: "/boards/{board}/export", Tags: []string{"boards"},
		Summary: "Export a board: all of it as JSON that imports back, or its cards or transitions as CSV"},
		func(ctx context.Context, in *struct {
			Board  string `path:"board" maxLength:"64"`
			Format string `query:"format" default:"json" enum:"json,cards.csv,transitions.csv"`
		}) (*huma.StreamResponse, error) {
			return s.download(ctx, in.Board, in.Format)
		})
	describe(api)
}

// describe tells the API document what the handlers above take and give beyond JSON.
func describe(api *web.API) {
	doc := api.Huma.OpenAPI()
	text := func(about string) *huma.Schema { return &huma.Schema{Type: huma.TypeString, Description: about} }
	doc.Paths["/imports"].Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"multipart/form-data": {Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"file", "teamId"}, Properties: map[string]*huma.Schema{
			"file":     {Type: huma.TypeString, Format: "binary", Description: "At most 50 MB"},
			"teamId":   text("The team that gets the board; its lead imports"),
			"source":   {Type: huma.TypeString, Enum: []any{Trello, Trestle}, Description: "Looked up in the file when absent"},
			"dryRun":   {Type: huma.TypeString, Enum: []any{"true", "false"}, Description: "true: report what would be done, and change nothing"},
			"timeZone": text("An IANA name, for due dates and for a new board; your own when absent"),
		}}}}}
	doc.Paths["/boards/{board}/export"].Get.Responses["200"] = &huma.Response{Description: "The file, as an attachment",
		Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: huma.TypeObject}}, "text/csv": {Schema: &huma.Schema{Type: huma.TypeString}}}}
}

// upload is the multipart body of an import, read part by part: huma would hold it in memory and knows no
// limit for it.
type upload struct{ ctx huma.Context }

// Resolve keeps the request for the handler.
func (u *upload) Resolve(ctx huma.Context) []error {
	u.ctx = ctx
	return nil
}

type opened struct {
	Request
	file *os.File
}

// close removes the spooled file.
func (o *opened) close() {
	if o.file != nil {
		_ = o.file.Close()
		_ = os.Remove(o.file.Name())
	}
}

// request reads the form; the file goes to a temporary file.
func (u *upload) request() (o *opened, err error) {
	kind, params, err := mime.ParseMediaType(u.ctx.Header("Content-Type"))
	if err != nil || kind != "multipart/form-data" || params["boundary"] == "" {
		return nil, fault.Of(http.StatusUnsupportedMediaType, "unsupported_media_type", "Please send the file as multipart/form-data.")
	}
	_ = u.ctx.SetReadDeadline(time.Now().Add(uploadTime))
	body := &limited{r: u.ctx.BodyReader(), left: MaxFile + 64<<10}
	form := multipart.NewReader(body, params["boundary"])
	o = &opened{}
	defer func() {
		if err != nil {
			o.close()
		}
	}()
	for parts := 0; ; parts++ {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return o, unreadable(err)
		}
		if parts == 20 {
			return o, fault.Invalid("body", "The form has too many parts")
		}
		if err := o.take(part); err != nil {
			return o, err
		}
	}
	if o.file == nil {
		return o, fault.Invalid("body.file", "Choose a file to import")
	}
	if o.Team == "" {
		return o, fault.Invalid("body.teamId", "Choose the team that gets the board")
	}
	o.File = o.file
	return o, nil
}

func (o *opened) take(part *multipart.Part) (err error) {
	name := part.FormName()
	if name == "file" {
		if o.file != nil {
			return fault.Invalid("body.file", "Send one file at a time")
		}
		if o.file, err = os.CreateTemp("", "trestle-import-*"); err != nil {
			return err
		}
		n, err := io.Copy(o.file, io.LimitReader(part, MaxFile+1))
		if err != nil {
			return unreadable(err)
		}
		if n > MaxFile {
			return tooLarge()
		}
		return nil
	}
	raw, err := io.ReadAll(io.LimitReader(part, 201))
	if err != nil {
		return unreadable(err)
	}
	value := string(raw)
	if len(raw) > 200 {
		return fault.Invalid("body", "One of the form's fields is too long")
	}
	switch name {
	case "teamId":
		o.Team = value
	case "source":
		o.Source = value
	case "timeZone":
		o.TimeZone = value
	case "dryRun":
		switch value {
		case "true", "1", "on":
			o.DryRun = true
		case "false", "0", "", "off":
		default:
			return fault.Invalid("body.dryRun", "dryRun is true or false")
		}
	default:
		return fault.Invalid("body", "The form has a field that is not known here: file, teamId, source, dryRun, timeZone")
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
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, tooLarge()
	}
	return n, err
}

// download writes the board to a temporary file first, so that a slow reader holds no snapshot and an
// error is an error and not half a file.
func (s *Service) download(ctx context.Context, boardID, format string) (*huma.StreamResponse, error) {
	file, err := os.CreateTemp("", "trestle-export-*")
	if err != nil {
		return nil, err
	}
	done := func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}
	out, err := s.Export(ctx, boardID, format, file)
	var size int64
	if err == nil {
		size, err = file.Seek(0, io.SeekCurrent)
	}
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		done()
		return nil, err
	}
	return &huma.StreamResponse{Body: func(c huma.Context) {
		defer done()
		c.SetHeader("Content-Type", out.ContentType)
		c.SetHeader("Content-Length", fmt.Sprint(size))
		c.SetHeader("Content-Disposition", disposition(out.BoardName, out.Extension))
		_, _ = io.Copy(c.BodyWriter(), file) // the reader went away
	}}, nil
}

// disposition names the download (RFC 6266): plain letters for old readers, the board's own name for others,
// without anything that could end the header, the folder or the direction of reading.
func disposition(board, extension string) string {
	own := strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return ' '
		}
		return r
	}, board))
	own = clip(strings.Trim(strings.Join(strings.Fields(own), " "), ". "), 80)
	plain := strings.Trim(strings.Map(func(r rune) rune {
		if r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return '-'
	}, own), "-")
	for strings.Contains(plain, "--") {
		plain = strings.ReplaceAll(plain, "--", "-")
	}
	if plain == "" {
		plain = "board"
	}
	if own == "" {
		own = "board"
	}
	dot := "." + extension
	if extension != JSON {
		dot = "-" + extension
	}
	return fmt.Sprintf(`attachment; filename="%s%s"; filename*=UTF-8''%s`, plain, dot, strings.ReplaceAll(url.QueryEscape(own+dot), "+", "%20"))
}
