package web_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// Asked is embedded in a question.
type Asked struct {
	Text  string `query:"text" required:"true" maxLength:"5"`
	Many  int    `query:"many" minimum:"1" maximum:"9" default:"3"`
	Since int64  `query:"since"`
	Yes   bool   `query:"yes"`
	Kind  string `query:"kind" enum:"a,b" default:"a"`
	Match string `header:"If-None-Match"`
}

func questions(t *testing.T) *door {
	t.Helper()
	d := &door{got: &seen{}}
	s := web.New(web.Options{})
	op := func(id, method, path string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Security: web.Public}
	}
	web.Handle(s.API, op("q", "GET", "/q/{n}"), func(_ context.Context, in *struct {
		N int `path:"n"`
		Asked
	}) (*web.Body[string], error) {
		return web.JSON(fmt.Sprint(in.N, in.Text, in.Many, in.Since, in.Yes, in.Kind, in.Match), nil)
	})
	slow := op("body", "POST", "/body")
	slow.BodyReadTimeout = 50 * time.Millisecond
	web.Handle(s.API, slow, func(_ context.Context, in *struct {
		Body struct {
			Role string `json:"role,omitempty" required:"false" enum:"member,guest" default:"member"`
			Name string `json:"name"`
		}
	}) (*web.Body[string], error) {
		return web.JSON(in.Body.Role+" "+in.Body.Name, nil)
	})
	web.Handle(s.API, op("maybe", "POST", "/maybe"), func(_ context.Context, in *struct{ Body *struct{ Name string } }) (*web.Empty, error) {
		if in.Body != nil {
			return nil, fmt.Errorf("there was none")
		}
		return nil, nil
	})
	d.Server = httptest.NewServer(s.Echo)
	t.Cleanup(d.Close)
	return d
}

func TestQuestion_Params(t *testing.T) {
	d := questions(t)
	for _, c := range []struct {
		query  string
		status int
		says   string
	}{
		{"/1?text=x", 200, `"1x30falsea"`},
		{"/-2?text=x&many=9&since=5&yes=true&kind=b", 200, `"-2x95trueb"`},
		{"/one?text=x", 422, "path.n: invalid integer"},
		{"/1", 422, "query.text: required query parameter is missing"},
		{"/1?text=", 422, "query.text: required query parameter is missing"},
		{"/1?text=longer", 422, "query.text: expected length <= 5"},
		{"/1?text=x&many=0", 422, "query.many: expected number >= 1"},
		{"/1?text=x&many=10", 422, "query.many: expected number <= 9"},
		{"/1?text=x&many=1.5", 422, "query.many: invalid integer"},
		{"/1?text=x&since=99999999999999999999", 422, "query.since: invalid integer"},
		{"/1?text=x&yes=perhaps", 422, "query.yes: invalid boolean"},
		{"/1?text=x&kind=c", 422, "query.kind: expected value to be one of"},
	} {
		a := d.ask(t, "GET", "/api/v1/q"+c.query, "")
		said := a.problem.Detail
		if a.StatusCode == 200 {
			said = strings.ReplaceAll(a.body, " ", "")
		}
		if a.StatusCode != c.status || !strings.Contains(said, c.says) {
			t.Errorf("%s: %d %s", c.query, a.StatusCode, a.body)
		}
	}
	if a := d.ask(t, "GET", "/api/v1/q/1?text=x", "", "If-None-Match", "tag"); !strings.Contains(a.body, "tag") {
		t.Error(a.body)
	}
	if a := d.ask(t, "GET", "/api/v1/q/x?many=0&yes=7", ""); len(a.problem.Errors) != 4 {
		t.Errorf("not all that is wrong at once: %s", a.body)
	}
}

func TestQuestion_Body(t *testing.T) {
	d := questions(t)
	for body, want := range map[string]string{`{"name":"a"}`: `"member a"`, `{"name":"a","role":"guest"}`: `"guest a"`} {
		if a := d.ask(t, "POST", "/api/v1/body", body); a.StatusCode != 200 || !strings.Contains(a.body, want) {
			t.Errorf("%s: %d %s", body, a.StatusCode, a.body)
		}
	}
	if a := d.ask(t, "POST", "/api/v1/body", `{"name":"a","role":"king"}`); a.StatusCode != 422 {
		t.Error(a.StatusCode, a.body)
	}
	if a := d.ask(t, "POST", "/api/v1/maybe", ""); a.StatusCode != 204 {
		t.Error(a.StatusCode, a.body)
	}
	if a := d.ask(t, "POST", "/api/v1/body", `{"name":"a"}`, "Accept", "text/csv"); a.StatusCode != 200 || a.Header.Get("Content-Type") != "application/json" {
		t.Error(a.StatusCode, a.body)
	}
}

// A body that does not come is waited for as long as the operation says, and no longer.
func TestQuestion_SlowBody(t *testing.T) {
	d := questions(t)
	conn, err := net.Dial("tcp", strings.TrimPrefix(d.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	fmt.Fprintf(conn, "POST /api/v1/body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{")
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusRequestTimeout {
		t.Error(res.StatusCode)
	}
}

// What the reader does not read is found when the program starts, not when somebody asks.
func TestHandle_RefusesWhatItCannotRead(t *testing.T) {
	for name, add := range map[string]func(api *web.API, op huma.Operation){
		"a list": func(api *web.API, op huma.Operation) {
			web.Handle(api, op, func(context.Context, *struct {
				L []string `query:"l"`
			}) (*web.Empty, error) {
				return nil, nil
			})
		},
		"a number by default": func(api *web.API, op huma.Operation) {
			web.Handle(api, op, func(context.Context, *struct {
				Body struct {
					N int `json:"n" default:"3"`
				}
			}) (*web.Empty, error) {
				return nil, nil
			})
		},
		"a number as a header": func(api *web.API, op huma.Operation) {
			web.Handle(api, op, func(context.Context, *struct{}) (*struct {
				N int `header:"N"`
			}, error) {
				return nil, nil
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("it is taken")
				}
			}()
			add(web.New(web.Options{}).API, huma.Operation{OperationID: "x", Method: "POST", Path: "/x"})
		})
	}
}
