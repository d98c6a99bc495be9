package port

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/fault"
	"trestle/server/web"
)

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	web.Handle(api, huma.Operation{OperationID: "board-import", Method: http.MethodPost, Path: "/imports", Tags: []string{"boards"},
		Summary: "Import a board from a file, or add what is new in it; a dry run only reports", MaxBodyBytes: MaxFile, BodyReadTimeout: web.UploadTime},
		func(ctx context.Context, in *web.FormIn) (*web.Body[Report], error) {
			r, form, err := request(in)
			if err != nil {
				return nil, err
			}
			defer form.Close()
			return web.JSON(s.Import(ctx, r))
		})
	web.Handle(api, huma.Operation{OperationID: "board-export", Method: http.MethodGet, Path: "/boards/{board}/export", Tags: []string{"boards"},
		Summary: "Export a board: all of it as JSON that imports back, or its cards or transitions as CSV"},
		func(ctx context.Context, in *struct {
			Board  string `path:"board" maxLength:"64"`
			Format string `query:"format" default:"json" enum:"json,cards.csv,transitions.csv"`
		}) (*huma.StreamResponse, error) {
			return download(func(w io.Writer) (Exported, error) { return s.Export(ctx, in.Board, in.Format, w) })
		})
	web.Handle(api, huma.Operation{OperationID: "audit-export", Method: http.MethodGet, Path: "/audit", Tags: []string{"boards"},
		Summary: "Export for auditors: who answered, understood, waived, launched, froze or changed what, when and why"},
		func(ctx context.Context, in *struct {
			TeamID string `query:"teamId" maxLength:"64" doc:"All teams when absent, for managers and administrators"`
			From   string `query:"from" required:"true" maxLength:"10" doc:"2026-11-01, by UTC"`
			To     string `query:"to" required:"true" maxLength:"10" doc:"The last day"`
			Format string `query:"format" default:"csv" enum:"csv,json"`
		}) (*huma.StreamResponse, error) {
			return download(func(w io.Writer) (Exported, error) {
				return s.AuditTo(ctx, Audit{TeamID: in.TeamID, From: in.From, To: in.To, Format: in.Format}, w)
			})
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
	for _, path := range []string{"/boards/{board}/export", "/audit"} {
		doc.Paths[path].Get.Responses["200"] = &huma.Response{Description: "The file, as an attachment",
			Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: huma.TypeObject}}, "text/csv": {Schema: &huma.Schema{Type: huma.TypeString}}}}
	}
}

// request reads the form.
func request(in *web.FormIn) (r Request, form *web.Form, err error) {
	form, err = in.Read(web.FormRules{Files: []string{"file"}, Fields: []string{"teamId", "source", "timeZone", "dryRun"}, Max: MaxFile, TooLarge: tooLarge(),
		Unknown: "The form has a field that is not known here: file, teamId, source, dryRun, timeZone"})
	if err != nil {
		return r, nil, err
	}
	switch form.Fields["dryRun"] {
	case "true", "1", "on":
		r.DryRun = true
	case "false", "0", "", "off":
	default:
		err = fault.Invalid("body.dryRun", "dryRun is true or false")
	}
	r.Team, r.Source, r.TimeZone = form.Fields["teamId"], form.Fields["source"], form.Fields["timeZone"]
	file := form.Files["file"]
	switch {
	case err != nil:
	case file == nil:
		err = fault.Invalid("body.file", "Choose a file to import")
	case r.Team == "":
		err = fault.Invalid("body.teamId", "Choose the team that gets the board")
	}
	if err != nil {
		form.Close()
		return r, nil, err
	}
	r.File = file
	return r, form, nil
}

// download writes to a temporary file first, so that a slow reader holds no snapshot and an
// error is an error and not half a file.
func download(write func(w io.Writer) (Exported, error)) (*huma.StreamResponse, error) {
	file, err := os.CreateTemp("", "trestle-export-*")
	if err != nil {
		return nil, err
	}
	done := func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}
	out, err := write(file)
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
