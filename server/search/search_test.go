package search_test

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"trestle/server/search"
	"trestle/server/store"
	"trestle/server/trestletest/scenario"
)

// ask gives "kind key-or-title" of every answer.
func ask(t *testing.T, v *scenario.Visitor, query string) []string {
	t.Helper()
	a := v.Must(t, 200, "GET /search?"+query, nil)
	out := []string{}
	for i := 0; a.Text(fmt.Sprintf("items.%d.kind", i)) != ""; i++ {
		at := func(name string) string { return a.Text(fmt.Sprintf("items.%d.%s", i, name)) }
		said := at("title")
		if at("state") == "archived" || at("state") == "finished" {
			said += " (" + at("state") + ")"
		}
		out = append(out, said)
	}
	return out
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, " | ") != strings.Join(want, " | ") {
		t.Errorf("found %q, wanted %q", got, want)
	}
}

func sound(t *testing.T, s *scenario.Server) {
	t.Helper()
	if n, err := search.Astray(t.Context(), s.Store); err != nil || n != 0 {
		t.Errorf("%d cards are astray, %v", n, err)
	}
}

func TestSearch_FindsByAllThatIsWritten(t *testing.T) {
	scenario.Each(t, func(t *testing.T, s *scenario.Server) {
		admin := s.As("admin")
		board, cols := s.Board(t, s.Team, "workspace")
		card := func(title string, more map[string]any) string {
			body := map[string]any{"title": title, "columnId": cols[0]}
			for k, v := range more {
				body[k] = v
			}
			return admin.Must(t, 201, "POST /boards/"+board+"/cards", body).Text("id")
		}
		old := card("Payments time out", nil)
		body := card("Something else", map[string]any{"description": "The **payment** provider answers late."})
		young := card("Payment of the crème brûlée", map[string]any{"labels": []string{"Küche"}})
		expect(t, ask(t, admin, "q=payment"), "Payment of the crème brûlée", "Payments time out", "Something else")
		expect(t, ask(t, admin, "q=CREME+BRUL"), "Payment of the crème brûlée")
		expect(t, ask(t, admin, "q=kuche"), "Payment of the crème brûlée")
		expect(t, ask(t, admin, "q="+url.QueryEscape("KÜCHE crème")), "Payment of the crème brûlée") // words of the title and of the body together

		cmt := admin.Must(t, 201, "POST /cards/"+old+"/comments", map[string]any{"text": "Ask Zoë about the **zebra** crossing"}).Text("comment.id")
		a := admin.Must(t, 200, "GET /search?q=zebra", nil)
		if a.Text("items.0.id") != old || a.Text("items.0.in") != "comment" || !strings.Contains(a.Text("items.0.snippet"), "zebra") {
			t.Errorf("%s", a.Body)
		}
		admin.Must(t, 200, "PATCH /comments/"+cmt, map[string]any{"text": "Ask about the giraffe"})
		expect(t, ask(t, admin, "q=zebra"))
		expect(t, ask(t, admin, "q=giraffe"), "Payments time out")
		admin.Must(t, 200, "DELETE /comments/"+cmt, nil)
		expect(t, ask(t, admin, "q=giraffe"))
		todo := admin.Must(t, 201, "POST /cards/"+old+"/todos", map[string]any{"text": "Measure the tortoise"}).Text("todo.id")
		expect(t, ask(t, admin, "q=tortoise"), "Payments time out")
		admin.Must(t, 200, "DELETE /todos/"+todo, nil)
		expect(t, ask(t, admin, "q=tortoise"))
		admin.Must(t, 200, "PATCH /cards/"+body, map[string]any{"title": "Renamed", "description": "nothing"})
		expect(t, ask(t, admin, "q=provider"))
		expect(t, ask(t, admin, "q=renam"), "Renamed")

		// open before finished before archived, and the very key before all
		admin.Must(t, 200, "POST /cards/"+young+"/move", map[string]any{"columnId": cols[2]})
		expect(t, ask(t, admin, "q=paym"), "Payments time out", "Payment of the crème brûlée (finished)")
		admin.Must(t, 200, "DELETE /cards/"+old, nil)
		expect(t, ask(t, admin, "q=paym"), "Payment of the crème brûlée (finished)", "Payments time out (archived)")
		expect(t, ask(t, admin, "q=paym&state=archived"), "Payments time out (archived)")
		expect(t, ask(t, admin, "q=paym&state=open"))
		key := admin.Must(t, 200, "GET /cards/"+old, nil).Text("card.key")
		if key == "" {
			key = admin.Must(t, 200, "GET /cards/"+old, nil).Text("key")
		}
		if got := ask(t, admin, "q="+strings.ToLower(key)); len(got) == 0 || got[0] != "Payments time out (archived)" {
			t.Errorf("by key %s: %q", key, got)
		}
		sound(t, s)
	})
}

func TestSearch_NamesOfBoardsTeamsAndPeople(t *testing.T) {
	s := scenario.Start(t)
	admin := s.As("admin")
	board, _ := s.Board(t, s.Team, "workspace")
	admin.Must(t, 200, "PATCH /boards/"+board, map[string]any{"name": "Zürich delivery"})
	s.Person(t, "zurbriggen", "member")
	expect(t, ask(t, admin, "q=zur"), "Zürich delivery", "zurbriggen")
	expect(t, ask(t, admin, "q=zur&kinds=person"), "zurbriggen")
	expect(t, ask(t, admin, "q=far&kinds=team"), "Far")
	a := s.As("member").Must(t, 200, "GET /search?q=zurbriggen", nil)
	if strings.Contains(string(a.Body), "@example") {
		t.Errorf("an address: %s", a.Body)
	}
}

// Nobody finds, counts or pages to what they may not see, whatever matches elsewhere.
func TestSearch_RightsAreInTheQuestion(t *testing.T) {
	scenario.Each(t, func(t *testing.T, s *scenario.Server) {
		for _, b := range []struct{ team, visibility, title string }{
			{s.Team, "workspace", "heron open"}, {s.Team, "team", "heron shut"}, {s.FarTeam, "team", "heron far"}, {s.OtherTeam, "workspace", "heron other"}} {
			board, cols := s.Board(t, b.team, b.visibility)
			for range 3 { // more of what is hidden than a page holds
				s.Card(t, board, cols[0], b.title)
			}
		}
		for name, want := range map[string]string{
			"guest": "", "insider": "heron open, heron shut", "member": "heron open, heron other", "viewer": "heron open, heron other, heron shut",
			"liaison": "heron open, heron other, heron shut", "manager": "heron far, heron open, heron other, heron shut",
			"admin": "heron far, heron open, heron other, heron shut", "device": "heron open, heron shut", "other": "heron open, heron other",
		} {
			seen := map[string]int{}
			query, pages := "q=heron&limit=2", 0
			for cursor := ""; ; pages++ {
				a := s.As(name).Must(t, 200, "GET /search?"+query+"&cursor="+cursor, nil)
				for i := 0; a.Text(fmt.Sprintf("items.%d.title", i)) != ""; i++ {
					seen[a.Text(fmt.Sprintf("items.%d.title", i))]++
				}
				if cursor = a.Text("nextCursor"); cursor == "" || pages > 20 {
					break
				}
			}
			var got []string
			for _, title := range []string{"heron far", "heron open", "heron other", "heron shut"} {
				if seen[title] == 3 {
					got = append(got, title)
				} else if seen[title] != 0 {
					t.Errorf("%s sees %s %d times", name, title, seen[title])
				}
			}
			if strings.Join(got, ", ") != want {
				t.Errorf("%s finds %v, not %s", name, got, want)
			}
		}
		s.As("anonymous").Must(t, 401, "GET /search?q=heron", nil)
	})
}

// Whatever is typed is words, never a part of the question to the database.
func TestSearch_AnyInput(t *testing.T) {
	scenario.Each(t, func(t *testing.T, s *scenario.Server) {
		admin := s.As("admin")
		board, cols := s.Board(t, s.Team, "workspace")
		s.Card(t, board, cols[0], `Robert'); DROP TABLE cards; -- "quoted" 42% 请求超时 Кириллица`)
		for _, q := range []string{`"`, `'`, `"""`, `a OR b`, `NEAR(a b)`, `title:x`, `-x`, `*`, `a*`, `( ( (`, `{title} : x`, `^x`, `😀`, `😀 robert`, `\`, `%`, `_`,
			`';--`, `&|!<->`, `a:*`, `x' OR '1'='1`, "\t\n", strings.Repeat("a", 400), strings.Repeat("a ", 200), `?`, `$1`, "\u0301", "ﬁ", "٣", "½", "ß", "İ"} {
			admin.Must(t, 200, "GET /search?q="+url.QueryEscape(q), nil)
		}
		admin.Must(t, 422, "GET /search?q="+strings.Repeat("a", 501), nil)
		admin.Must(t, 422, "GET /search?q=a&cursor=!!", nil)
		for _, made := range []string{"9999999999.0.0.1", "0.9999999999.0.1", "-1.0.0.1", "3.0.0.1", "1.0.0"} {
			admin.Must(t, 422, "GET /search?q=a&cursor="+base64.RawURLEncoding.EncodeToString([]byte(made)), nil)
		}
		admin.Must(t, 422, "GET /search?q=a&kinds=secret", nil)
		for _, q := range []string{"robert", "r", "drop table", "quoted", "42", `robert');`, "😀 robert", "请求", "КИРИЛ", "cards drop 42"} {
			if got := ask(t, admin, "q="+url.QueryEscape(q)); len(got) != 1 {
				t.Errorf("%s finds %q", q, got)
			}
		}
		sound(t, s)
	})
}

// The doctor's sum is not always nought.
func TestAstray_Counts(t *testing.T) {
	scenario.Each(t, func(t *testing.T, s *scenario.Server) {
		board, cols := s.Board(t, s.Team, "workspace")
		s.Card(t, board, cols[0], "one")
		s.Card(t, board, cols[0], "two")
		err := store.Do(store.As(t.Context(), "", ""), s.Store, nil, func(tx *store.Tx) error {
			_, err := tx.Exec("DELETE FROM search_words")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		n, err := search.Astray(t.Context(), s.Store)
		if err != nil || n != 2 {
			t.Errorf("%d, %v", n, err)
		}
	})
}

// A to-do item that was checked off lies elsewhere in PostgreSQL's table from then on; the card is found as before.
func TestAstray_TodosCheckedOff(t *testing.T) {
	scenario.Each(t, func(t *testing.T, s *scenario.Server) {
		admin := s.As("admin")
		board, cols := s.Board(t, s.Team, "workspace")
		id := s.Card(t, board, cols[0], "one")
		var first string
		for i := range 30 { // more than lie on one page
			a := admin.Must(t, 201, "POST /cards/"+id+"/todos", map[string]any{"text": fmt.Sprintf("word%d %s", i, strings.Repeat("x", 400))})
			if first == "" {
				first = a.Text("todo.id")
			}
		}
		admin.Must(t, 200, "PATCH /todos/"+first, map[string]any{"done": true})
		sound(t, s)
	})
}
