package web

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"

	"trestle/server/who"
)

// API is the described part of the server, everything under /api/v1.
type API struct {
	Huma huma.API
	srv  *Server
}

// Public marks an operation that needs no sign-in.
var Public = []map[string][]string{}

// MaxBody is the body limit of ordinary requests, in bytes. Uploads set their own.
const MaxBody = 1 << 20

func init() {
	huma.NewErrorWithContext = humaProblem
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return humaProblem(nil, status, msg, errs...)
	}
	huma.DefaultArrayNullable = false
	huma.ValidateStrictCasing = true // a field has one name, however Go would read it
	// some of huma's messages end in the error of a parser, and that repeats what was sent
	huma.ErrorFormatter = func(format string, args ...any) string {
		for _, a := range args {
			if _, is := a.(error); is {
				before, _, _ := strings.Cut(format, ": %v")
				return before
			}
		}
		return fmt.Sprintf(format, args...)
	}
}

// schemaName is Package+Type, so that two rooms can each have a View.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	pkg := path.Base(t.PkgPath())
	if t.Name() == "" || pkg == "." || strings.HasPrefix(strings.ToLower(name), pkg) || pkg == "web" {
		return name
	}
	return strings.ToUpper(pkg[:1]) + pkg[1:] + name
}

func newAPI(srv *Server, e *echo.Echo, version string) *API {
	cfg := huma.DefaultConfig("Trestle", version)
	cfg.OpenAPI.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	cfg.CreateHooks = nil // no $schema in every body
	strict := huma.DefaultJSONFormat
	strict.Unmarshal = readJSON
	cfg.Formats = map[string]huma.Format{"application/json": strict, "json": strict}
	cfg.DocsPath = "" // the default page loads scripts from elsewhere
	cfg.SchemasPath = ""
	cfg.Servers = []*huma.Server{{URL: "/api/v1"}}
	cfg.Info.Description = "Everything the page can do. Errors are problem documents with a stable code."
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: "__Host-session", Description: "Set by POST /session."},
		"token":   {Type: "http", Scheme: "bearer", Description: "A personal or service token, or the token that POST /session answers."},
	}
	cfg.Security = []map[string][]string{{"session": {}}, {"token": {}}}
	api := humaecho.NewWithGroup(e, e.Group("/api/v1"), cfg)
	a := &API{Huma: api, srv: srv}
	api.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) {
		op := ctx.Operation()
		if op.Security != nil && len(op.Security) == 0 {
			next(ctx)
			return
		}
		v := who.From(ctx.Context())
		if !v.Is() {
			p := plain(http.StatusUnauthorized, "Please sign in.", RequestID(ctx.Context()), nil)
			if v.Refused != "" {
				p.Detail = v.Refused
			}
			_ = huma.WriteErr(api, ctx, http.StatusUnauthorized, "", p)
			return
		}
		if scope := neededScope(op); !v.Scope(scope) {
			_ = huma.WriteErr(api, ctx, http.StatusForbidden, "", &Problem{Title: "Forbidden", Status: http.StatusForbidden,
				Code: "forbidden", Detail: "This token does not carry the scope \"" + scope + "\".", RequestID: RequestID(ctx.Context())})
			return
		}
		if v.DeviceID != "" && (op.Method != http.MethodGet || neededScope(op) == "admin") {
			_ = huma.WriteErr(api, ctx, http.StatusForbidden, "", &Problem{Title: "Forbidden", Status: http.StatusForbidden,
				Code: "forbidden", Detail: "This screen may only look.", RequestID: RequestID(ctx.Context())})
			return
		}
		next(ctx)
	})
	return a
}

// neededScope is the token scope of an operation: what it declares in its metadata, else read for GET and
// write for the rest.
func neededScope(op *huma.Operation) string {
	if s, ok := op.Metadata["scope"].(string); ok {
		return s
	}
	if op.Method == http.MethodGet {
		return "read"
	}
	return "write"
}

// Scope declares the token scope that an operation needs.
func Scope(s string) map[string]any { return map[string]any{"scope": s} }

// Handle registers an operation. All operations come through here, so that faults become problems in one
// place and nothing unknown leaves the server.
func Handle[I, O any](a *API, op huma.Operation, fn func(ctx context.Context, in *I) (*O, error)) {
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = MaxBody
	}
	if op.OperationID == "" {
		panic("operation without an id: " + op.Method + " " + op.Path)
	}
	op.Responses = map[string]*huma.Response{"default": {
		Description: "Refused, with a sentence why.",
		Content: map[string]*huma.MediaType{"application/problem+json": {
			Schema: a.Huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")}},
	}}
	o := &operation{api: a.Huma, op: &op, in: reflect.TypeFor[I](), log: a.srv.log, run: func(ctx context.Context, in any) (any, error) {
		out, err := fn(ctx, in.(*I))
		if err != nil || out == nil {
			return nil, err
		}
		return out, nil
	}}
	o.add(reflect.TypeFor[O]())
}

// Body is an answer with a JSON body.
type Body[T any] struct{ Body T }

// JSON wraps a value as an answer.
func JSON[T any](v T, err error) (*Body[T], error) {
	if err != nil {
		return nil, err
	}
	return &Body[T]{Body: v}, nil
}

// Empty is an answer without a body (204).
type Empty struct{}

// None turns an error-only verb into an answer.
func None(err error) (*Empty, error) {
	if err != nil {
		return nil, err
	}
	return &Empty{}, nil
}

// Page is a page of a list.
type Page[T any] struct {
	Items      []T    `json:"items"`
	NextCursor string `json:"nextCursor,omitempty"`
}

// List wraps a slice as a page; nil becomes [].
func List[T any](items []T, err error) (*Body[Page[T]], error) {
	if items == nil {
		items = []T{}
	}
	return JSON(Page[T]{Items: items}, err)
}
