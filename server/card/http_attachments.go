package card

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/fault"
	"trestle/server/web"
)

// AttachmentPath names an attachment.
type AttachmentPath struct {
	Attachment string `path:"attachment" maxLength:"64"`
}

func registerAttachments(api *web.API, s *Service) {
	add := op("attachment-add", http.MethodPost, "/cards/{card}/attachments", "Attach a file to a card", 201)
	HandleFile(api, s, add, func(ctx context.Context, in *struct {
		CardPath
		web.FormIn
	}) (*web.FormIn, func(NewFile) (Attached, error)) {
		return &in.FormIn, func(f NewFile) (Attached, error) { return s.Attach(ctx, in.Card, f) }
	})

	web.Handle(api, op("attachment-remove", http.MethodDelete, "/attachments/{attachment}", "Take an attachment off its card; it can be restored for seven days", 200),
		func(ctx context.Context, in *AttachmentPath) (*web.Body[Changed], error) {
			return web.JSON(s.Detach(ctx, in.Attachment))
		})
	web.Handle(api, op("attachment-restore", http.MethodPost, "/attachments/{attachment}/restore", "Bring a removed attachment back", 200),
		func(ctx context.Context, in *AttachmentPath) (*web.Body[Changed], error) {
			return web.JSON(s.Reattach(ctx, in.Attachment))
		})

	get := op("attachment-get", http.MethodGet, "/attachments/{attachment}", "An attachment's bytes", 200)
	web.Handle(api, get, func(ctx context.Context, in *struct {
		AttachmentPath
		Download    bool   `query:"download" doc:"Also a picture is sent as a file to be kept"`
		IfNoneMatch string `header:"If-None-Match"`
	}) (*huma.StreamResponse, error) {
		f, err := s.OpenAttachment(ctx, in.Attachment, false, in.IfNoneMatch)
		return sent(f, f.Inline && !in.Download, err)
	})
	web.Handle(api, op("attachment-preview", http.MethodGet, "/attachments/{attachment}/preview", "A small picture of an attached picture", 200),
		func(ctx context.Context, in *struct {
			AttachmentPath
			IfNoneMatch string `header:"If-None-Match"`
		}) (*huma.StreamResponse, error) {
			f, err := s.OpenAttachment(ctx, in.Attachment, true, in.IfNoneMatch)
			return sent(f, true, err)
		})
	file := map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}
	for _, p := range []string{"/attachments/{attachment}", "/attachments/{attachment}/preview"} {
		api.Huma.OpenAPI().Paths[p].Get.Responses["200"] = &huma.Response{Description: "The bytes", Content: file}
	}
}

// sent streams a file. Only a picture leaves with its own type and to be shown; everything else is bytes to be saved,
// whatever it is, and nothing of it can run where this page runs.
func sent(f OpenFile, inline bool, err error) (*huma.StreamResponse, error) {
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(c huma.Context) {
		c.SetHeader("Cache-Control", "private, no-cache")
		c.SetHeader("ETag", f.ETag)
		if f.Body == nil {
			c.SetStatus(http.StatusNotModified)
			return
		}
		defer f.Body.Close()
		kind := "application/octet-stream"
		if inline {
			kind = f.Type
		}
		c.SetHeader("Content-Type", kind)
		c.SetHeader("Content-Disposition", web.Disposition(inline, f.Name))
		c.SetHeader("X-Content-Type-Options", "nosniff")
		c.SetHeader("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
		_, _ = io.Copy(c.BodyWriter(), f.Body) // the reader went away
	}}, nil
}

// HandleFile puts an operation on the API that takes a file as a form: with says of its input where the form is, and
// what is done with the file.
func HandleFile[I, O any](api *web.API, s *Service, op huma.Operation, with func(ctx context.Context, in *I) (*web.FormIn, func(NewFile) (O, error))) {
	op.MaxBodyBytes, op.BodyReadTimeout = s.files.MaxFile+maxPreview+64<<10, web.UploadTime
	web.Handle(api, op, func(ctx context.Context, in *I) (*web.Body[O], error) {
		from, do := with(ctx, in)
		form, err := from.Read(web.FormRules{Files: []string{"file", "preview"}, Max: s.files.MaxFile, TooLarge: s.tooLargeFile(),
			Unknown: "The form has a field that is not known here: file, preview"})
		if err != nil {
			return nil, err
		}
		defer form.Close()
		file := form.Files["file"]
		if file == nil {
			return nil, fault.Invalid("body.file", "Choose a file to attach")
		}
		n := NewFile{Name: file.Name, Size: file.Size, SHA256: file.SHA256, Body: file}
		if small := form.Files["preview"]; small != nil {
			n.Preview, n.Small = small, small.Size
		}
		return web.JSON(do(n))
	})
	api.Huma.OpenAPI().Paths[op.Path].Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"multipart/form-data": {Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"file"}, Properties: map[string]*huma.Schema{
			"file":    {Type: huma.TypeString, Format: "binary"},
			"preview": {Type: huma.TypeString, Format: "binary", Description: "A small picture of a picture, at most 256 kB"},
		}}}}}
}
