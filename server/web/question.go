package web

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"reflect"
	"strconv"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// scratch is what reading a request needs for a moment.
type scratch struct {
	path   *huma.PathBuffer
	result *huma.ValidateResult
	body   bytes.Buffer
}

var scratches = sync.Pool{New: func() any {
	return &scratch{path: huma.NewPathBuffer(make([]byte, 0, 128), 0), result: &huma.ValidateResult{}}
}}

func (s *scratch) at(in, name string) {
	s.path.Reset()
	s.path.Push(in)
	if name != "" {
		s.path.Push(name)
	}
}

// done gives it back, unless a large request has made it large.
func (s *scratch) done() {
	if s.body.Cap() > 1<<20 || cap(s.result.Errors) > 128 {
		return
	}
	s.path.Reset()
	s.result.Reset()
	s.body.Reset()
	scratches.Put(s)
}

// read makes the input of a request, or says all that is wrong with it.
func (o *operation) read(ctx huma.Context) (in any, refused huma.StatusError) {
	s := scratches.Get().(*scratch)
	defer s.done()
	v := reflect.New(o.in)
	for i := range o.params {
		o.readParam(ctx, s, &o.params[i], v.Elem())
	}
	status := http.StatusUnprocessableEntity
	if o.body != nil {
		if bad := o.readBody(ctx, s, v.Elem()); bad == http.StatusBadRequest || bad == http.StatusUnsupportedMediaType {
			status = bad
		} else if bad != 0 {
			return nil, humaProblem(ctx, bad, "")
		}
	}
	in = v.Interface()
	if r, ok := in.(huma.Resolver); ok {
		s.result.Errors = append(s.result.Errors, r.Resolve(ctx)...)
	}
	if len(s.result.Errors) > 0 || status != http.StatusUnprocessableEntity {
		return nil, humaProblem(ctx, status, "", s.result.Errors...)
	}
	return in, nil
}

func (o *operation) readParam(ctx huma.Context, s *scratch, p *param, in reflect.Value) {
	var text string
	switch p.in {
	case "path":
		text = ctx.Param(p.name)
	case "query":
		text = ctx.Query(p.name)
	default:
		text = ctx.Header(p.name)
	}
	if text == "" {
		text = p.fallback
	}
	s.at(p.in, p.name)
	if text == "" {
		if p.required {
			s.result.Add(s.path, "", "required "+p.in+" parameter is missing")
		}
		return
	}
	f := in.FieldByIndex(p.index)
	var got any = text
	var err error
	switch f.Kind() {
	case reflect.String:
		f.SetString(text)
	case reflect.Bool:
		var yes bool
		if yes, err = strconv.ParseBool(text); err != nil {
			s.result.Add(s.path, text, "invalid boolean")
			return
		}
		f.SetBool(yes)
		got = yes
	default:
		var n int64
		if n, err = strconv.ParseInt(text, 10, 64); err != nil {
			s.result.Add(s.path, text, "invalid integer")
			return
		}
		f.SetInt(n)
		got = n
	}
	huma.Validate(o.api.OpenAPI().Components.Schemas, p.schema, s.path, huma.ModeWriteToServer, got, s.result)
}

// readBody reads, checks and then decodes; the status says why it could not, 0 that what is wrong is in the result.
func (o *operation) readBody(ctx huma.Context, s *scratch, in reflect.Value) (status int) {
	_ = ctx.SetReadDeadline(time.Now().Add(o.op.BodyReadTimeout))
	n, err := s.body.ReadFrom(io.LimitReader(ctx.BodyReader(), o.op.MaxBodyBytes))
	switch {
	case n == o.op.MaxBodyBytes:
		return http.StatusRequestEntityTooLarge
	case err != nil:
		var timeout net.Error
		if errors.As(err, &timeout) && timeout.Timeout() {
			return http.StatusRequestTimeout
		}
		return http.StatusInternalServerError
	case n == 0 && o.op.RequestBody.Required:
		return http.StatusBadRequest
	case n == 0:
		return 0
	}
	kind := ctx.Header("Content-Type")
	if kind == "" {
		kind = "application/json"
	}
	var loose any
	if err := o.api.Unmarshal(kind, s.body.Bytes(), &loose); err != nil {
		s.result.Errors = append(s.result.Errors, &huma.ErrorDetail{Location: "body", Message: err.Error()})
		if errors.Is(err, huma.ErrUnknownContentType) {
			return http.StatusUnsupportedMediaType
		}
		return http.StatusBadRequest
	}
	s.at("body", "")
	huma.Validate(o.api.OpenAPI().Components.Schemas, o.schema, s.path, huma.ModeWriteToServer, loose, s.result)
	if len(s.result.Errors) > 0 {
		return 0
	}
	if err := o.api.Unmarshal(kind, s.body.Bytes(), in.FieldByIndex(o.body).Addr().Interface()); err != nil {
		s.result.Errors = append(s.result.Errors, &huma.ErrorDetail{Location: "body", Message: err.Error()})
		return 0
	}
	for _, g := range o.given {
		if f := in.FieldByIndex(g.index); f.String() == "" {
			f.SetString(g.value)
		}
	}
	return 0
}
