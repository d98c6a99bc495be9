package checklist_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// Who accepts a gap: a lead, or somebody from the other side of who explained it, else of who began the checklist.
func TestGap_whoAccepts(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		gil, kim, sam := h.person("gil", "worker", ""), h.person("kim", "worker", "quality"), h.person("sam", "worker", "operations")
		until := b.Clock.Now().AddDate(0, 0, 3).Format(time.DateOnly)
		for _, x := range []struct {
			begun, how string // how what is there was said
			as         who.Viewer
			code       string
		}{
			{"goro", "nothing", h.goro, "forbidden"},
			{"goro", "nothing", gil, "forbidden"},
			{"goro", "nothing", kim, ""},
			{"goro", "nothing", h.bo, ""},
			{"goro", "nothing", h.ana, ""},
			{"goro", "nothing", h.vic, "forbidden"},
			{"goro", "nothing", h.out, "not_found"},
			{"bo", "nothing", h.goro, "forbidden"},
			{"bo", "nothing", kim, ""},
			{"bo", "nothing", sam, "same_discipline"},
			{"bo", "nothing", h.bo, "same_person"},
			{"ana", "nothing", h.ana, ""}, // a lead always
			{"goro", "explained by goro", h.goro, "same_person"},
			{"goro", "explained by goro", gil, "same_discipline"},
			{"goro", "explained by goro", h.bo, ""},
			{"goro", "explained by sam", h.goro, ""},
			{"goro", "explained by sam", h.bo, "same_discipline"},
			// somebody of operations is only said to have explained it
			{"goro", "typed by goro for sam", h.goro, "forbidden"},
			{"goro", "typed by goro for sam", gil, "forbidden"},
			{"goro", "typed by goro for sam", h.bo, ""},
			{"goro", "typed by goro for sam", h.ana, ""},
		} {
			name := fmt.Sprintf("begun by %s, %s, by %s", x.begun, x.how, x.as.Name)
			begins := map[string]who.Viewer{"goro": h.goro, "ana": h.ana, "bo": h.bo}[x.begun]
			cardID := h.card("One-tap pay").ID
			began, err := h.s.Create(h.as(begins), checklist.NewList{Kind: "card", CardID: cardID, Level: "light"})
			if fault.Is(err, "forbidden") { // a liaison begins none: they work in the team meanwhile
				trestletest.Join(t, b.Store, h.team, begins, "worker")
				began, err = h.s.Create(h.as(begins), checklist.NewList{Kind: "card", CardID: cardID, Level: "light"})
			}
			l := must[checklist.View](t)(began, err)
			switch x.how {
			case "explained by goro":
				h.answer(h.goro, l.ID, "F1", "So and so")
			case "explained by sam":
				h.answer(sam, l.ID, "F1", "So and so")
			case "typed by goro for sam":
				must[checklist.Changed](t)(h.s.Answer(h.as(h.goro), l.ID, "F1", checklist.NewAnswer{Text: "So and so", ExplainedBy: sam.PersonID}))
			}
			_, err = h.s.AcceptGap(h.as(x.as), l.ID, "F1", checklist.NewGap{Until: until, Why: "Later", CardID: cardID})
			f, _ := fault.As(err)
			if x.code == "" && err != nil || x.code != "" && (f == nil || f.Code != x.code) {
				t.Errorf("%s: %v, not %q", name, err, x.code)
			}
			if strings.HasPrefix(x.code, "same_") && f != nil && !strings.Contains(f.Error(), "accepted by somebody of another discipline, or by a lead") {
				t.Errorf("%s does not say who may: %v", name, err)
			}
			// the page offers it to who may
			if v, err := h.s.Get(h.as(x.as), l.ID); err == nil && x.how == "nothing" && v.May.WaiveOpen != (x.code == "") {
				t.Errorf("%s: offered %v", name, v.May.WaiveOpen)
			}
		}
	})
}

// Who pushes back that something does not apply, and what comes of it: it blocks until it is answered, said again for
// another reason, or the question is withdrawn.
func TestNotApplicable_pushedBack(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		gil, kim := h.person("gil", "worker", ""), h.person("kim", "worker", "quality")
		for _, x := range []struct {
			says, doubts who.Viewer
			code         string
		}{
			{h.goro, h.goro, "same_person"}, {h.goro, gil, "same_discipline"}, {h.goro, h.ana, "same_discipline"}, {h.goro, h.vic, "forbidden"}, {h.goro, h.mia, "forbidden"},
			{h.goro, h.bo, ""}, {h.goro, kim, ""}, {kim, h.goro, ""}, {kim, kim, "same_person"},
		} {
			l := h.list("light")
			must[checklist.Changed](t)(h.s.NotApplicable(h.as(x.says), l.ID, "F1", "Nobody uses it"))
			_, err := h.s.PushBack(h.as(x.doubts), l.ID, "F1", "Who says so?")
			if f, _ := fault.As(err); x.code == "" && err != nil || x.code != "" && (f == nil || f.Code != x.code) {
				t.Errorf("said by %s, pushed back by %s: %v, not %q", x.says.Name, x.doubts.Name, err, x.code)
			}
			if it := h.item(l.ID, "F1"); it.Blocks != (x.code == "") {
				t.Errorf("said by %s, pushed back by %s: %s, blocks %v", x.says.Name, x.doubts.Name, it.State, it.Blocks)
			}
		}

		l := h.list("light")
		na := func(why string) func() error {
			return func() error { _, err := h.s.NotApplicable(h.as(h.goro), l.ID, "F1", why); return err }
		}
		back := func() {
			t.Helper()
			must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), l.ID, "F1", "Who says so?"))
		}
		told := func(kind string, v who.Viewer) int {
			return h.count("SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE ? AND payload LIKE ? AND payload LIKE ?", "%"+kind+"%", `%"to":["`+v.PersonID+`"%`, "%"+l.ID+"%")
		}
		if err := na("Nobody uses it")(); err != nil {
			t.Fatal(err)
		}
		if told("checklist.not_applicable", h.bo) != 1 || told("checklist.not_applicable", h.goro)+told("checklist.not_applicable", h.ana) != 0 {
			t.Error("the liaison was not told, or others were")
		}
		before := h.get(l.ID).Blocking
		back()
		it := h.item(l.ID, "F1")
		if it.State != "questioned" || it.Why != "pushed_back" || it.NA == nil || h.get(l.ID).Blocking != before+1 || told("checklist.pushed_back", h.goro) != 1 {
			t.Errorf("pushed back: %+v, told %d", it, told("checklist.pushed_back", h.goro))
		}
		// it waits for who said it, and is asked of them
		waits := must[[]checklist.Awaiting](t)(h.s.AwaitingIn(b.Store.Rows(t.Context()), h.goro, b.Clock.Now()))
		if !slices.ContainsFunc(waits, func(w checklist.Awaiting) bool {
			return w.ListID == l.ID && w.Why == "pushed_back" && w.By.Name == "bo"
		}) {
			t.Errorf("waits for goro: %+v", waits)
		}
		asks := must[[]checklist.Asking](t)(h.s.AskingIn(b.Store.Rows(t.Context()), h.bo, b.Clock.Now()))
		if i := slices.IndexFunc(asks, func(a checklist.Asking) bool { return a.ListID == l.ID }); i < 0 || asks[i].Of == nil || asks[i].Of.Name != "goro" {
			t.Errorf("bo asks %+v", asks)
		}
		if got := must[checklist.Reminded](t)(h.s.Remind(h.as(h.bo), l.ID)).Told; !slices.ContainsFunc(got, func(p account.Person) bool { return p.Name == "goro" }) {
			t.Errorf("reminded %+v", got)
		}
		h.calm("the same reason", "same_reason", na(" nobody  uses it. "))
		if err := na("The feature is off")(); err != nil {
			t.Fatal(err)
		}
		if it := h.item(l.ID, "F1"); it.State != "na" || it.Blocks || it.Asked != nil || it.NA.Text != "The feature is off" {
			t.Errorf("another reason: %+v", it)
		}
		back()
		if got := must[checklist.Changed](t)(h.s.Reopen(h.as(h.goro), l.ID, "F1")); got.Items[0].State != "questioned" {
			t.Errorf("opened again it is %s", got.Items[0].State)
		}
		must[checklist.Changed](t)(h.s.Withdraw(h.as(h.bo), l.ID, "F1"))
		if it := h.item(l.ID, "F1"); it.State != "na" || it.Blocks || it.NA == nil {
			t.Errorf("withdrawn: %+v", it)
		}
		back()
		h.answer(h.goro, l.ID, "F1", "Whoever pays")
		if it := h.item(l.ID, "F1"); it.State != "answered" || it.NA != nil || it.Why != "to_understand" {
			t.Errorf("answered: %+v", it)
		}
		// what the level does not ask for is nobody's matter
		was := told("checklist.not_applicable", h.bo)
		must[checklist.Changed](t)(h.s.NotApplicable(h.as(h.goro), l.ID, "F2", "None"))
		if told("checklist.not_applicable", h.bo) != was {
			t.Error("told of what is not asked")
		}
	})
}

// What a column lets in says how much counts without having been understood: when it refuses, on the record, on the
// checklist, in words and in a frozen copy.
func TestEntry_excused(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		build, last := h.l.Columns[1].ID, h.l.Columns[2].ID
		h.gate(build, board.NewListPolicy{Level: "light", Phase: "design"})
		h.gate(last, board.NewListPolicy{Level: "light", Phase: "design"})
		l := h.list("light")
		cardID := l.Card.ID
		asked := []string{}
		for _, x := range l.Topics {
			for _, it := range x.Items {
				if it.Blocks {
					asked = append(asked, it.Key)
				}
			}
		}
		until := b.Clock.Now().AddDate(0, 0, 3)
		gapUntil, na, gap := until.Format(time.DateOnly), asked[:2], asked[2]
		for _, key := range na {
			must[checklist.Changed](t)(h.s.NotApplicable(h.as(h.goro), l.ID, key, "Nobody uses it"))
		}
		must[checklist.Changed](t)(h.s.NotApplicable(h.as(h.goro), l.ID, "F2", "Not asked")) // not at this level
		must[checklist.Changed](t)(h.s.AcceptGap(h.as(h.bo), l.ID, gap, checklist.NewGap{Until: gapUntil, Why: "Later", CardID: cardID}))
		move := func(v who.Viewer, to string) error {
			_, err := h.cards.Move(h.as(v), cardID, card.Move{ColumnID: to})
			return err
		}
		is := func(what string, x *board.Excused) {
			t.Helper()
			if x == nil || !slices.Equal(x.NA, na) || len(x.Gaps) != 1 || x.Gaps[0] != (board.AcceptedGap{Key: gap, Until: gapUntil}) {
				t.Errorf("%s: %+v", what, x)
			}
		}
		f, _ := fault.As(move(h.goro, build))
		if f == nil {
			t.Fatal("let in")
		}
		refused, _ := f.Extra["checklist"].(board.Listed)
		is("refused", refused.Excused)
		h.complete(l.ID)
		is("the head", h.get(l.ID).Excused)
		if err := move(h.goro, build); err != nil {
			t.Fatal(err)
		}
		words := fmt.Sprintf("2 do not apply (%s), 1 gap accepted until %s (%s)", strings.Join(na, ", "), until.Format("2 Jan 2006"), gap)
		recorded := func(what string) {
			t.Helper()
			text := "liaison checklist at level light, the questions of the design: " + words
			if n := h.count("SELECT COUNT(*) FROM card_checks k JOIN cards c ON c.rid = k.card_rid WHERE c.id = ? AND k.text = ?", cardID, text); n != 1 {
				t.Errorf("%s: %d kept as %q", what, n, text)
			}
			d, _, err := h.cards.Detail(h.as(h.ana), cardID)
			if err != nil || !strings.Contains(fmt.Sprintf("%+v", d.History), "complete: "+text) {
				t.Errorf("%s: the history says %+v, %v", what, d.History, err)
			}
		}
		recorded("let in")
		events := must[[]event.Event](t)(b.Store.Events(t.Context(), event.BoardTopic(h.l.ID), 0, 0))
		if data := string(events[len(events)-1].Data); !strings.Contains(data, fmt.Sprintf(`"excused":{"na":["%s","%s"],"gaps":[{"key":"%s","until":"%s"}]}`, na[0], na[1], gap, gapUntil)) {
			t.Errorf("the event says %s", data)
		}
		if md := must[checklist.Words](t)(h.s.Markdown(h.as(h.ana), l.ID)); !strings.Contains(md.Text, words) {
			t.Error(md.Text)
		}
		// a copy says the same
		must[checklist.View](t)(h.s.Freeze(h.as(h.ana), l.ID))
		is("frozen", h.get(l.ID).Excused)
		b.Clock.Advance(time.Second)
		if err := move(h.goro, last); err != nil {
			t.Fatal(err)
		}
		if n := h.count("SELECT COUNT(*) FROM card_checks k JOIN cards c ON c.rid = k.card_rid WHERE c.id = ? AND k.text LIKE ?", cardID, "%"+words); n != 2 {
			t.Errorf("frozen, %d kept", n)
		}
	})
}

// What a service says counts here in the same way, and so does what spares others from being asked.
func TestExcused_inheritedAndSpared(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		until := b.Clock.Now().AddDate(0, 0, 9).Format(time.DateOnly)
		svc := h.service("payments-core")
		of := must[checklist.View](t)(h.s.Create(h.as(h.ana), checklist.NewList{Kind: "service", ServiceID: svc.ID, Level: "critical"}))
		must[checklist.Changed](t)(h.s.NotApplicable(h.as(h.goro), of.ID, "O4", "No runbook: it runs nowhere"))
		must[checklist.Changed](t)(h.s.AcceptGap(h.as(h.bo), of.ID, "O8", checklist.NewGap{Until: until, Why: "Later", BoardID: h.l.ID}))
		l := h.list("critical", svc.ID)
		must[checklist.View](t)(h.s.Change(h.as(h.ana), l.ID, checklist.Patch{Phase: ptr("pre_prod")}))
		if x := h.get(l.ID).Excused; x != nil {
			t.Errorf("before anybody said that it is true here: %+v", x)
		}
		for _, key := range []string{"O4", "O8"} {
			must[checklist.Changed](t)(h.s.StillTrue(h.as(h.goro), l.ID, key, ""))
		}
		if x := h.get(l.ID).Excused; x == nil || !slices.Equal(x.NA, []string{"O4"}) || len(x.Gaps) != 1 || x.Gaps[0] != (board.AcceptedGap{Key: "O8", Until: until}) {
			t.Errorf("inherited: %+v", x)
		}

		items := h.twist(checklist.BuiltIn)
		for i := range items {
			if items[i].Key == "D1" {
				items[i].From = "optional"
			}
		}
		must[checklist.TemplateView](t)(h.s.PutDraft(h.as(h.admin), checklist.BuiltIn, items, nil))
		must[checklist.TemplateView](t)(h.s.Publish(h.as(h.admin), checklist.BuiltIn, "D1 is optional"))
		free := h.list("standard")
		before := free.Blocking
		must[checklist.Changed](t)(h.s.NotApplicable(h.as(h.goro), free.ID, "D1", "Nothing is new"))
		now := h.get(free.ID)
		if now.Blocking != before-1 || now.Excused == nil || !slices.Equal(now.Excused.NA, []string{"D1"}) {
			t.Errorf("D1 is not asked for, and spares D2: %d of %d block, %+v", now.Blocking, before, now.Excused)
		}
	})
}
