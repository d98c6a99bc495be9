// Package fault is the one error vocabulary: a kind (which HTTP status it becomes), a stable code for
// programs, a sentence for people, and the private cause for the log.
package fault

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Fault is an error that may be shown to the person who caused it.
type Fault struct {
	Status int    // HTTP status
	Code   string // stable word, e.g. "wip_limit"
	Detail string // a sentence for people
	// Fields names what was wrong in the input, by location ("body.title").
	Fields []Field
	// Extra members of the problem document (RFC 9457 §3.2), e.g. "needs".
	Extra map[string]any
	// RetryAfter, when positive, becomes the Retry-After header.
	RetryAfter time.Duration
	cause      error
}

// Field is one entry of a problem's errors list.
type Field struct {
	Location string `json:"location"`
	Message  string `json:"message"`
}

func (f *Fault) Error() string {
	if f.cause != nil {
		return f.Code + ": " + f.Detail + " (" + f.cause.Error() + ")"
	}
	return f.Code + ": " + f.Detail
}

// Unwrap gives the private cause.
func (f *Fault) Unwrap() error { return f.cause }

// Because attaches the private cause, for the log only.
func (f *Fault) Because(err error) *Fault { g := *f; g.cause = err; return &g }

// With adds an extension member to the problem document.
func (f *Fault) With(key string, value any) *Fault {
	g := *f
	g.Extra = map[string]any{}
	for k, v := range f.Extra {
		g.Extra[k] = v
	}
	g.Extra[key] = value
	return &g
}

// Of makes a fault of any status.
func Of(status int, code, format string, args ...any) *Fault {
	return &Fault{Status: status, Code: code, Detail: sentence(format, args)}
}

// NotFound is the same answer for what is absent and for what the viewer may not see.
func NotFound(what string) *Fault {
	return Of(http.StatusNotFound, "not_found", "There is no such %s, or you may not see it.", what)
}

// Forbidden says what the viewer may not do.
func Forbidden(format string, args ...any) *Fault {
	return Of(http.StatusForbidden, "forbidden", format, args...)
}

// Unauthenticated asks for a sign-in.
func Unauthenticated() *Fault {
	return Of(http.StatusUnauthorized, "unauthenticated", "Please sign in.")
}

// Conflict refuses a change that the present state does not allow.
func Conflict(code, format string, args ...any) *Fault {
	return Of(http.StatusConflict, code, format, args...)
}

// Invalid refuses bad input; location is like "body.title". The detail is a sentence and ends like one.
func Invalid(location, format string, args ...any) *Fault {
	s := sentence(format, args)
	return &Fault{Status: http.StatusUnprocessableEntity, Code: "invalid", Detail: strings.TrimSuffix(s, ".") + ".",
		Fields: []Field{{Location: location, Message: s}}}
}

// Unavailable asks to try again after the given time.
func Unavailable(after time.Duration, format string, args ...any) *Fault {
	f := Of(http.StatusServiceUnavailable, "unavailable", format, args...)
	f.RetryAfter = after
	return f
}

// As finds the fault in an error chain.
func As(err error) (*Fault, bool) {
	var f *Fault
	ok := errors.As(err, &f)
	return f, ok
}

// Is says whether err is a fault with this code.
func Is(err error, code string) bool {
	f, ok := As(err)
	return ok && f.Code == code
}

func sentence(format string, args []any) string {
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}
