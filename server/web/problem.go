package web

import (
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"trestle/server/fault"
)

// Problem is the one shape of every refusal (RFC 9457): what it is for programs, a sentence for people, and
// for bad input where it was wrong. Values that were sent are never repeated.
type Problem struct {
	Title     string        `json:"title" doc:"The HTTP status in words"`
	Status    int           `json:"status"`
	Code      string        `json:"code" doc:"A stable word for programs, e.g. wip_limit"`
	Detail    string        `json:"detail" doc:"A sentence for people"`
	RequestID string        `json:"requestId,omitempty"`
	Errors    []fault.Field `json:"errors,omitempty"`

	extra   map[string]any
	headers http.Header
}

func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus makes it a huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders makes it a huma.HeadersError.
func (p *Problem) GetHeaders() http.Header { return p.headers }

// ContentType makes huma announce a problem document.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// MarshalJSON adds the extension members at the top level.
func (p *Problem) MarshalJSON() ([]byte, error) {
	m := map[string]any{}
	for k, v := range p.extra {
		m[k] = v
	}
	m["title"], m["status"], m["code"], m["detail"] = p.Title, p.Status, p.Code, p.Detail
	if p.RequestID != "" {
		m["requestId"] = p.RequestID
	}
	if len(p.Errors) > 0 {
		m["errors"] = p.Errors
	}
	return json.Marshal(m)
}

// problemOf maps any error to what may leave the server. Unknown errors become "internal".
func problemOf(err error, requestID string) *Problem {
	p := &Problem{RequestID: requestID, headers: http.Header{}}
	if f, ok := fault.As(err); ok {
		p.Status, p.Code, p.Detail, p.Errors, p.extra = f.Status, f.Code, f.Detail, f.Fields, f.Extra
		if f.RetryAfter > 0 {
			p.headers.Set("Retry-After", strconv.Itoa(int(math.Ceil(f.RetryAfter.Seconds()))))
		}
	} else {
		p.Status, p.Code = http.StatusInternalServerError, "internal"
		p.Detail = "Something went wrong on our side. Nothing was changed by this request."
	}
	p.Title = http.StatusText(p.Status)
	return p
}

var codesByStatus = map[int]string{
	http.StatusBadRequest: "bad_request", http.StatusUnauthorized: "unauthenticated", http.StatusForbidden: "forbidden",
	http.StatusNotFound: "not_found", http.StatusMethodNotAllowed: "method_not_allowed", http.StatusRequestEntityTooLarge: "too_large",
	http.StatusUnsupportedMediaType: "unsupported_media_type", http.StatusUnprocessableEntity: "invalid",
	http.StatusRequestTimeout: "timeout", http.StatusTooManyRequests: "rate_limited", http.StatusNotAcceptable: "not_acceptable",
}

// plain makes a problem of a status that no service chose (routing, parsing, limits).
func plain(status int, detail, requestID string, fields []fault.Field) *Problem {
	code, ok := codesByStatus[status]
	if !ok {
		code = "error"
	}
	if status >= 500 {
		return problemOf(errors.New("internal"), requestID)
	}
	return &Problem{Title: http.StatusText(status), Status: status, Code: code, Detail: detail, RequestID: requestID,
		Errors: fields, headers: http.Header{}}
}

// maxFields is how many of the things that are wrong with a request are told: enough for any form, and no answer that is
// larger than what was sent.
const maxFields = 50

// humaProblem replaces huma's own errors: it keeps where and why, and drops the values (decisions 10: an
// unknown field would otherwise send the whole body back, password and all).
func humaProblem(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
	id := ""
	if ctx != nil {
		id = RequestID(ctx.Context())
	}
	var fields []fault.Field
	for _, e := range errs {
		var p *Problem
		if errors.As(e, &p) {
			return p
		}
		var d *huma.ErrorDetail
		if errors.As(e, &d) && len(fields) < maxFields {
			fields = append(fields, fault.Field{Location: clip(d.Location), Message: harmless(d.Message)})
		}
	}
	detail := map[int]string{
		http.StatusUnprocessableEntity:   "Some of what was sent cannot be used.",
		http.StatusBadRequest:            "The request could not be read: is it valid JSON?",
		http.StatusRequestEntityTooLarge: "That is more than is accepted here.",
		http.StatusUnsupportedMediaType:  "Please send JSON (Content-Type: application/json).",
		http.StatusUnauthorized:          "Please sign in.",
	}[status]
	if detail == "" {
		detail = http.StatusText(status) + "."
	}
	if status == http.StatusUnprocessableEntity && len(fields) == 1 {
		detail = fields[0].Location + ": " + fields[0].Message + "."
	}
	return plain(status, detail, id, fields)
}

// harmless is a message of huma's without what was sent. JSON's own errors quote the value they stumbled over.
func harmless(msg string) string {
	for _, word := range []string{"json:", "invalid character", "unexpected end", "parsing time", "invalid value"} {
		if strings.Contains(msg, word) {
			return "this value cannot be used here"
		}
	}
	return clip(msg)
}

// clip bounds what a sender can make us repeat: the name of a field that does not exist.
func clip(s string) string {
	const most = 200
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// echoErrors writes errors of plain Echo routes in the same shape.
func echoErrors(log *slog.Logger) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		if c.Response().Committed {
			return
		}
		id := RequestID(c.Request().Context())
		var p *Problem
		var he *echo.HTTPError
		switch {
		case errors.As(err, &p):
		case errors.As(err, &he) && he.Code < 500:
			detail := http.StatusText(he.Code) + "."
			if he.Code == http.StatusNotFound {
				detail = "There is nothing at this address."
			}
			p = plain(he.Code, detail, id, nil)
		default:
			p = problemOf(err, id)
		}
		if p.Status >= 500 {
			log.Error("request failed", "requestId", id, "method", c.Request().Method, "path", c.Path(), "error", err)
		}
		for k, v := range p.headers {
			c.Response().Header()[k] = v
		}
		c.Response().Header().Set(echo.HeaderContentType, "application/problem+json")
		c.Response().Header().Set("Cache-Control", "no-store")
		c.Response().WriteHeader(p.Status)
		if c.Request().Method != http.MethodHead {
			_ = json.NewEncoder(c.Response()).Encode(p)
		}
	}
}
