package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// operation is a question and its answer as types that are looked at while the program starts. huma.Register would
// compile its whole reader of requests once for each of some two hundred operations, which makes a seventh of the
// program; this one is compiled once. Documents, schemas and validation are huma's. ADR 0014.
type operation struct {
	api    huma.API
	op     *huma.Operation
	in     reflect.Type
	params []param
	body   []int // index of the field Body; nil without one
	schema *huma.Schema
	given  []given
	answer answer
	log    *slog.Logger
	run    func(ctx context.Context, in any) (any, error) // a nil answer is only a status
}

// param is a field that comes from the path, the query or a header: a text, a whole number or a yes or no.
type param struct {
	index    []int
	in, name string
	fallback string
	required bool
	schema   *huma.Schema
}

// given is what a text of the body is when it is left out.
type given struct {
	index []int
	value string
}

// answer is where an answer holds what.
type answer struct {
	status, body int // -1 without one
	headers      []struct {
		index int
		name  string
	}
}

var streamed = reflect.TypeFor[func(huma.Context)]()

// add describes the operation in the API's document and lets requests in.
func (o *operation) add(out reflect.Type) {
	doc := o.api.OpenAPI()
	o.describeQuestion(doc.Components.Schemas)
	o.describeAnswer(doc.Components.Schemas, out)
	doc.AddOperation(o.op)
	o.api.Adapter().Handle(o.op, o.api.Middlewares().Handler(o.handle))
}

func (o *operation) describeQuestion(all huma.Registry) {
	o.describeParams(all, o.in, nil)
	f, ok := o.in.FieldByName("Body")
	if !ok {
		return
	}
	o.body = f.Index
	o.schema = huma.SchemaFromField(all, f, hint(o.in, f.Name, o.op.OperationID+"Request"))
	o.schema.PrecomputeMessages()
	o.op.RequestBody = &huma.RequestBody{Required: f.Type.Kind() != reflect.Pointer, Content: map[string]*huma.MediaType{"application/json": {Schema: o.schema}}}
	if o.op.BodyReadTimeout == 0 {
		o.op.BodyReadTimeout = 5 * time.Second
	}
	if f.Type.Kind() != reflect.Struct {
		return
	}
	for _, sub := range reflect.VisibleFields(f.Type) {
		if v := sub.Tag.Get("default"); v != "" {
			if sub.Type.Kind() != reflect.String {
				panic(o.op.OperationID + ": only texts have defaults: " + sub.Name)
			}
			o.given = append(o.given, given{slices.Concat(f.Index, sub.Index), v})
		}
	}
}

// describeParams looks at exported fields, those of embedded structs too. huma passes over structs that are embedded
// under a lower-case name, and so does this.
func (o *operation) describeParams(all huma.Registry, t reflect.Type, at []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(slices.Clone(at), i)
		switch {
		case !f.IsExported() || f.Name == "Body":
			continue
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			o.describeParams(all, f.Type, index)
			continue
		}
		p := param{index: index, fallback: f.Tag.Get("default")}
		for _, p.in = range []string{"path", "query", "header", ""} {
			if p.name = f.Tag.Get(p.in); p.name != "" {
				break
			}
		}
		if p.name == "" {
			continue
		}
		switch f.Type.Kind() {
		case reflect.String, reflect.Int, reflect.Int64, reflect.Bool:
		default:
			panic(o.op.OperationID + ": a parameter of this type is not read: " + f.Name)
		}
		p.required = p.in == "path" || f.Tag.Get("required") == "true"
		p.schema = huma.SchemaFromField(all, f, "")
		o.params = append(o.params, p)
		documented := &huma.Param{Name: p.name, In: p.in, Description: p.schema.Description, Required: p.required, Schema: p.schema}
		if p.in == "query" {
			documented.Explode = new(bool)
		}
		o.op.Parameters = append(o.op.Parameters, documented)
	}
}

func (o *operation) describeAnswer(all huma.Registry, out reflect.Type) {
	op := o.op
	o.answer.status, o.answer.body = -1, -1
	if f, ok := out.FieldByName("Status"); ok {
		o.answer.status = f.Index[0]
	}
	f, has := out.FieldByName("Body")
	if op.DefaultStatus == 0 {
		op.DefaultStatus = http.StatusNoContent
		if has {
			op.DefaultStatus = http.StatusOK
		}
	}
	status := strconv.Itoa(op.DefaultStatus)
	r := &huma.Response{Description: http.StatusText(op.DefaultStatus)}
	op.Responses[status] = r
	if has {
		o.answer.body = f.Index[0]
		r.Headers = map[string]*huma.Header{}
		if f.Type != streamed {
			r.Content = map[string]*huma.MediaType{"application/json": {Schema: huma.SchemaFromField(all, f, hint(out, f.Name, op.OperationID+"Response"))}}
		}
	}
	for i := range out.NumField() {
		f := out.Field(i)
		if !f.IsExported() || f.Anonymous || f.Name == "Status" || f.Name == "Body" {
			continue
		}
		name := f.Tag.Get("header")
		if name == "" || f.Type.Kind() != reflect.String {
			panic(op.OperationID + ": an answer holds a status, a body and headers, which are texts: " + f.Name)
		}
		if r.Headers == nil {
			r.Headers = map[string]*huma.Header{}
		}
		r.Headers[name] = &huma.Header{Schema: huma.SchemaFromField(all, f, hint(out, f.Name, op.OperationID+status+name))}
		o.answer.headers = append(o.answer.headers, struct {
			index int
			name  string
		}{i, name})
	}
}

// hint is how a type without a name is called in the document.
func hint(parent reflect.Type, field, other string) string {
	if parent.Name() != "" {
		return parent.Name() + field
	}
	return other
}

func (o *operation) handle(ctx huma.Context) {
	in, refused := o.read(ctx)
	if refused != nil {
		_ = huma.WriteErr(o.api, ctx, refused.GetStatus(), "", refused)
		return
	}
	out, err := o.run(ctx.Context(), in)
	if err != nil {
		p := problemOf(err, RequestID(ctx.Context()))
		if p.Status >= 500 && !errors.Is(err, context.Canceled) { // nobody hears the answer of a request that has gone
			o.log.Error("request failed", "requestId", p.RequestID, "operation", o.op.OperationID, "error", err)
		}
		for name, values := range p.headers {
			for _, v := range values {
				ctx.AppendHeader(name, v)
			}
		}
		_ = huma.WriteErr(o.api, ctx, p.Status, "", p)
		return
	}
	o.send(ctx, out)
}

func (o *operation) send(ctx huma.Context, out any) {
	if out == nil {
		ctx.SetStatus(o.op.DefaultStatus)
		return
	}
	v := reflect.ValueOf(out).Elem()
	kind := ""
	for _, h := range o.answer.headers {
		if text := v.Field(h.index).String(); text != "" {
			ctx.SetHeader(h.name, text)
			if h.name == "Content-Type" {
				kind = text
			}
		}
	}
	status := o.op.DefaultStatus
	if o.answer.status >= 0 {
		status = int(v.Field(o.answer.status).Int())
	}
	if o.answer.body < 0 {
		ctx.SetStatus(status)
		return
	}
	body := v.Field(o.answer.body).Interface()
	switch b := body.(type) {
	case func(huma.Context):
		b(ctx)
		return
	case []byte:
		ctx.SetStatus(status)
		_, _ = ctx.BodyWriter().Write(b)
		return
	case interface{ file() []byte }:
		if raw := b.file(); raw != nil {
			ctx.SetStatus(status)
			_, _ = ctx.BodyWriter().Write(raw)
			return
		}
	}
	if kind == "" { // there is one format, whatever is asked for
		kind = "application/json"
		ctx.SetHeader("Content-Type", kind)
	}
	ctx.SetStatus(status)
	if status == http.StatusNoContent || status == http.StatusNotModified {
		return
	}
	if err := o.api.Marshal(ctx.BodyWriter(), kind, body); err != nil && ctx.Context().Err() == nil {
		panic(fmt.Errorf("the answer of %s: %w", o.op.OperationID, err))
	}
}
