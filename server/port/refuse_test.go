package port_test

import (
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"trestle/server/fault"
	"trestle/server/port"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// TestImport_refused: unknown, broken, huge and hostile files get one sentence and change nothing.
func TestImport_refused(t *testing.T) {
	b := onBench(t, trestletest.New(t))
	board := string(own(t, "harbour.json"))
	file := b.export(t, b.bring(t, own(t, "harbour.json")).BoardID, port.JSON)
	before := rows(t, b.Store)
	wrong := func(old, new string) string { return strings.Replace(string(file), old, new, 1) }
	for name, c := range map[string]struct{ file, source, words string }{
		"empty":               {"", "", "it is empty"},
		"a sign-in page":      {"<!doctype html><title>Log in</title>", "", "Export as JSON"},
		"a list":              {"[1,2]", "", "not a board export"},
		"a text":              {`"hello"`, "", "not a board export"},
		"another JSON":        {`{"id":"x","name":"y","cards":[]}`, "", "neither a Trello board"},
		"cut in the middle":   {board[:len(board)/2], "", "ends in the middle"},
		"a letter gone":       {strings.Replace(board, `"lists":`, `"lists"`, 1), "", "broken near byte"},
		"something after":     {board + "{}", "", "after its end"},
		"the wrong source":    {board, "trestle", "it is from trello, not from trestle"},
		"Jira":                {board, "jira-csv", "do not work yet. What works now: trello"},
		"nobody's source":     {board, "asana", "no import from \"asana\""},
		"lists are no list":   {`{"id":"5f00000000000000000000a1","name":"x","lists":{},"cards":[]}`, "", "its lists are not a list"},
		"no open list":        {`{"id":"5f00000000000000000000a1","name":"x","lists":[{"id":"a","closed":true}],"cards":[]}`, "", "no open list"},
		"a card is a number":  {`{"id":"5f00000000000000000000a1","name":"x","lists":[{"id":"a"}],"cards":[1]}`, "", "not what an export has there"},
		"cards twice":         {`{"id":"5f00000000000000000000a1","name":"x","lists":[{"id":"a"}],"cards":[{"id":"c","idList":"a"},{"id":"c","idList":"a"}]}`, "", "two of its cards"},
		"the same name twice": {`{"id":"x","name":"a","lists":[],"cards":[],"cards":[]}`, "", "same name twice"},
		"an action's date":    {`{"id":"x","name":"a","lists":[{"id":"l"}],"cards":[],"actions":[{"type":"createCard","date":"soon","data":{}}]}`, "", "its action 1 has no date"},
		"too deep":            {strings.Repeat(`{"a":`, 100) + "1" + strings.Repeat("}", 100), "", "deeper than 64 levels"},
		"a new format":        {wrong("trestle.board/1", "trestle.board/2"), "", "reads trestle.board/1"},
		"an unknown type":     {wrong(`"type":"feature"`, `"type":"wish"`), "", "none of feature"},
		"an unknown column":   {wrong(`"columnId":"col_`, `"columnId":"lol_`), "", "names a column that is not in it"},
		"a made-up zone":      {wrong(`"timeZone":"UTC"`, `"timeZone":"Mars/Base"`), "", "no time zone"},
		"a time of tomorrow":  {wrong(`"enteredAt":"2025`, `"enteredAt":"2999`), "", "lies in the future"},
		"a script's address":  {wrong(`"signals":[]`, `"signals":[{"key":"ci","state":"ok","text":"x","url":"javascript:alert(1)","at":"2025-01-01T00:00:00Z"}]`), "", "no web address"},
		"a script in a field": {wrong(`"type":"number"`, `"type":"link"`), "", "not what its field holds"},
		"words as a number":   {wrong(`"type":"checkbox"`, `"type":"number"`), "", "not what its field holds"},
		"a monstrous size":    {wrong(`"labels":`, `"size":1e300,"labels":`), "", "size in it is not between"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.port.Import(b.ctx, port.Request{Team: b.team, Source: c.source, File: reader([]byte(c.file))})
			refused(t, err, "invalid", c.words)
			if f, _ := fault.As(err); f != nil && c.source == "" && !strings.Contains(f.Detail, "Nothing was changed") {
				t.Errorf("the sentence does not say that nothing was changed: %s", f.Detail)
			}
			sameRows(t, before, rows(t, b.Store))
		})
	}
}

// endless is a file of the given size made of a beginning, a unit repeated, and nothing that closes it.
type endless struct {
	begin, unit string
	size, at    int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.at >= e.size {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) && e.at < e.size {
		i := e.at
		var s string
		if i < int64(len(e.begin)) {
			s = e.begin[i:]
		} else {
			s = e.unit[(i-int64(len(e.begin)))%int64(len(e.unit)):]
		}
		c := copy(p[n:], s)
		n += c
		e.at += int64(c)
	}
	return n, nil
}

func (e *endless) Seek(offset int64, whence int) (int64, error) {
	if whence == io.SeekStart {
		e.at = offset
	}
	return e.at, nil
}

// TestImport_bombs: files made to exhaust memory are refused without using it.
func TestImport_bombs(t *testing.T) {
	trestletest.WithoutRace(t)
	b := onBench(t, trestletest.New(t))
	const board = `{"id":"x","name":"y","lists":[],`
	for name, c := range map[string]struct {
		file        *endless
		code, words string
	}{
		"a million levels":   {&endless{unit: `{"a":`, size: 5 << 20}, "invalid", "deeper than 64"},
		"a million lists":    {&endless{unit: `[`, size: 5 << 20}, "invalid", "deeper than 64"},
		"levels in a list":   {&endless{begin: board + `"cards":`, unit: `[`, size: 5 << 20}, "invalid", "deeper than 64"},
		"one endless text":   {&endless{begin: board + `"cards":"`, unit: "a", size: 60 << 20}, "invalid", "longer than 1 MB"},
		"one endless number": {&endless{begin: board + `"cards":`, unit: "1", size: 60 << 20}, "invalid", "longer than 100"},
		"one endless entry":  {&endless{begin: board + `"cards":[{"idMembers":[`, unit: `"aaaaaaaaaaaa",`, size: 60 << 20}, "invalid", "larger than 16 MB"},
		"endless names":      {&endless{begin: `{"id":"x"`, unit: `,"a":1`, size: 5 << 20}, "invalid", "same name twice"},
		"endless blanks":     {&endless{begin: board, unit: " ", size: 60 << 20}, "invalid", "nothing but blanks"},
		"endless cards":      {&endless{begin: `{"id":"x","name":"y","lists":[{"id":"l"}],"cards":[1`, unit: `,1`, size: 60 << 20}, "invalid", "more than 3 million values"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := b.port.Import(b.ctx, port.Request{Team: b.team, File: c.file})
			runtime.ReadMemStats(&after)
			refused(t, err, c.code, c.words)
			if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 64<<20 {
				t.Errorf("the heap grew by %d MB", grown>>20)
			}
			if d := time.Since(start); d > time.Minute {
				t.Errorf("refusing took %v", d)
			}
		})
	}
}

// TestImport_rights: only a lead of the team, and whoever sees no team learns nothing of it.
func TestImport_rights(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		cast := trestletest.MakeCast(t, b.Store)
		for name, want := range map[string]string{"lead": "", "admin": "", "worker": "forbidden", "commenter": "forbidden", "viewer": "forbidden", "liaison": "forbidden",
			"manager": "forbidden", "member": "forbidden", "other": "forbidden", "guest": "not_found"} {
			_, err := b.port.Import(trestletest.Ctx(t, cast.People[name]), port.Request{Team: cast.Team, DryRun: true, File: reader(own(t, "harbour.json"))})
			if want == "" && err != nil {
				t.Errorf("%s: %v", name, err)
			} else if want != "" && !fault.Is(err, want) {
				t.Errorf("%s: %v, want %s", name, err, want)
			}
		}
		_, err := b.port.Import(b.ctx, port.Request{Team: "tea_none", File: reader(nil)})
		refused(t, err, "not_found", "no such team")
		rep, err := b.port.Import(trestletest.Ctx(t, cast.People["lead"]), port.Request{Team: cast.Team, File: reader(own(t, "harbour.json"))})
		if err != nil {
			t.Fatal(err)
		}
		exec(t, b.Store, "UPDATE boards SET visibility = 'team', version = version + 1")
		for name, sees := range map[string]bool{"lead": true, "viewer": true, "manager": true, "liaison": true, "member": false, "other": false, "guest": false} {
			_, err := b.port.Export(trestletest.Ctx(t, cast.People[name]), rep.BoardID, port.JSON, io.Discard)
			if sees != (err == nil) || (!sees && !fault.Is(err, "not_found")) {
				t.Errorf("export as %s: %v", name, err)
			}
		}
		if _, err := b.port.Export(trestletest.Ctx(t, who.Viewer{}), rep.BoardID, port.JSON, io.Discard); !fault.Is(err, "not_found") {
			t.Errorf("export as nobody: %v", err)
		}
	})
}
