package retro

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/fault"
	"trestle/server/text"
)

// Anonymity of a retro, chosen when it begins and never changed.
const (
	Named     = "named"     // from the reveal on, notes show who wrote them
	Anonymous = "anonymous" // nobody learns it, and after closing nobody can
)

// Outcomes of a carried action.
const (
	Done    = "done"
	Kept    = "kept"
	Reowned = "reowned"
	Dropped = "dropped"
	Split   = "split"
)

const (
	maxNote       = 1000 // characters
	maxNotesEach  = 40
	maxNotes      = 600
	maxActions    = 3
	mostActions   = 10 // also with a reason
	carryLimit    = 3  // carried so often, an action is not simply kept again
	hereFor       = time.Minute
	abandonAfter  = 7 * 24 * time.Hour
	factsDays     = 14
	openAtMost    = 60 * 24 * time.Hour
	remindBefore  = 24 * time.Hour
	safetyAnswers = 4
)

// retro is one retro as it is stored.
type retro struct {
	RID, BoardRID                   int64
	ID, BoardID, BoardName          string
	TeamID, TeamKey, TeamName       string
	Visibility                      string
	Title, TemplateKey, Anonymity   string
	Columns                         []Column
	Phase, Code, Question, Topic    string
	Budget, MaxPerGroup             int
	Timer                           timer
	Facts                           Facts
	RotiN, RotiSum, SafeN, SafetSum int
	Version                         int64
	CreatedBy                       string
	CreatedAt, TouchedAt            int64
	ClosedAt                        *int64
	Abandoned                       bool
	OpensUntil                      *int64 // nil: without collecting before the meeting
	Phases                          []phase
}

// column finds a column by its key.
func (r *retro) column(key string) *Column {
	for i := range r.Columns {
		if r.Columns[i].Key == key {
			return &r.Columns[i]
		}
	}
	return nil
}

// What codes are made for.
const (
	forNote    = "note"
	forCheckin = "checkin"
	forVote    = "vote"
	forThumb   = "thumb"
	forAnswer  = "answer"
)

var randomLetters = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// randomID is an id that tells nothing, not even when it was made; the store's own ids count.
func randomID(prefix string) string {
	var b [10]byte
	_, _ = rand.Read(b[:])
	return prefix + "_" + randomLetters.EncodeToString(b[:])
}

// newCode is what people type or scan to find a retro.
func newCode() string {
	var b [5]byte
	_, _ = rand.Read(b[:])
	return strings.ToUpper(randomLetters.EncodeToString(b[:])[:6])
}

// cleanCode forgives how a code is typed.
func cleanCode(s string) string {
	s = strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(s))
	return strings.NewReplacer("O", "0", "I", "1", "L", "1", "U", "V").Replace(s)
}

// words trims a text and refuses an empty or an overlong one. Signs that do something to a line are left out.
func words(at, what, s string, most int) (string, error) {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if text.Hidden(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s))
	switch n := utf8.RuneCountInString(s); {
	case n == 0:
		return "", fault.Invalid(at, "%s is missing", what)
	case n > most:
		return "", fault.Invalid(at, "%s has at most %d characters", what, most)
	}
	return s, nil
}

// oneLine is words for what stands in one line.
func oneLine(at, what, s string, most int) (string, error) {
	return words(at, what, text.Line(s), most)
}

// clip cuts a text after n characters.
func clip(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}

// lines is how high a note's text stands, for the shape that others see of it.
func lines(text string) int {
	n := 0
	for _, l := range strings.Split(text, "\n") {
		n += 1 + utf8.RuneCountInString(l)/36
	}
	return min(n, 8)
}
