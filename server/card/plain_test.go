package card_test

import (
	"strings"
	"testing"

	"trestle/server/card"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func TestPlain(t *testing.T) {
	for source, want := range map[string]string{
		"": "",
		"**Done when**\n\n- the *canary* is green\n- [ ] `make test` says so": "Done when the canary is green make test says so",
		"# Title\n> quoted\nline":                            "Title quoted line",
		"See [the plan](https://example.test/x) & <b>go</b>": "See the plan & go",
		"5 * 3 < 20 &amp; \\*so\\*":                          "5 * 3 < 20 & *so*",
		"```go\nfmt.Println(\"<x>\")\n```":                   `fmt.Println("<x>")`,
		"| a | b |\n|---|---|\n| 1 | 2 |":                    "a b 1 2",
		"![](https://example.test/x.png)":                    "![](https://example.test/x.png)", // nothing to read: better its signs than nothing
		"snake_case and 2*3*4":                               "snake_case and 234",
		strings.Repeat("ž", 3000):                            strings.Repeat("ž", 2000),
	} {
		if got := card.Plain(source); got != want {
			t.Errorf("%.60q: %q, not %q", source, got, want)
		}
	}
}

// What inbox, mail and chat quote is words, not signs.
func TestNotices_QuotePlainText(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		trestletest.Person(t, st, "Bo Lindqvist", who.Member)
		c := d.add("Talk", "Ready")
		if _, err := d.cards.Comment(d.worker, c.ID, "**Done when** @Bo Lindqvist has seen `it`"); err != nil {
			t.Fatal(err)
		}
		text := strings.Repeat("*long* story. ", 500) + "- and **then** @Bo Lindqvist says _yes_"
		if _, err := d.cards.Change(d.worker, c.ID, card.Patch{Description: &text}); err != nil {
			t.Fatal(err)
		}
		got := notes(t, st, "card.mentioned")
		if len(got) != 2 || !strings.Contains(got[0], `"text":"Done when @Bo Lindqvist has seen it"`) || !strings.Contains(got[1], "long story. - and then @Bo Lindqvist says yes\"") {
			t.Fatalf("%v", got)
		}
	})
}

// The history names the link that came, was changed or went; another board that shows the card is not told.
func TestLinks_InTheHistory(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		own, other := twoDesks(t, st)
		c := own.add("Vault", "Ready")
		other.mirror(c.ID, "Next")
		a, err := own.cards.AddLink(own.worker, c.ID, card.NewLink{URL: "https://git.example.test/pay/merge_requests/7", Title: "Retry once"})
		if err != nil {
			t.Fatal(err)
		}
		kind, title := "commit", ""
		if _, err := own.cards.ChangeLink(own.worker, a.Link.ID, card.LinkPatch{Kind: &kind, Title: &title}); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time there is nothing to remove
			if _, err := own.cards.RemoveLink(own.worker, a.Link.ID); err != nil {
				t.Fatal(err)
			}
		}
		const place = "git.example.test/pay/merge_requests/7"
		want := []string{"removed a link to a commit: “" + place + "”",
			"changed a link to a merge request: “Retry once” to a link to a commit: “" + place + "”",
			"added a link to a merge request: “Retry once”"}
		history := own.detail(own.worker, c.ID).History
		for i, w := range want {
			if history[i].Text != w {
				t.Errorf("%q, not %q", history[i].Text, w)
			}
		}
		if n := own.count("SELECT count(*) FROM events WHERE topic = 'board:" + other.b.ID + "' AND data LIKE '%Retry once%'"); n != 0 {
			t.Error("the other board was told what the link is called")
		}
	})
}
