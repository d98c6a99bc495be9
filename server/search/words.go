package search

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A question has at most so many words, and a word so many letters; what goes beyond says nothing more.
const (
	maxWords  = 12
	maxLetter = 60
)

// wordsOf cuts a text into its words as both databases do: letters and digits, without case and accents.
func wordsOf(text string) []string {
	var out []string
	eachWord(text, func(_, _ int, word string) bool {
		out = append(out, word)
		return true
	})
	return out
}

// question is what is asked for: each word once, in the order in which they were typed.
func question(q string) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range wordsOf(q) {
		if r := []rune(w); len(r) > maxLetter {
			w = string(r[:maxLetter])
		}
		if !seen[w] && len(out) < maxWords {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

// eachWord gives every word of a text with where it stands, until fn says that it is enough.
func eachWord(text string, fn func(from, to int, word string) bool) {
	start := -1
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || (start >= 0 && unicode.Is(unicode.Mn, r)) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			if !fn(start, i, fold(text[start:i])) {
				return
			}
			start = -1
		}
	}
	if start >= 0 {
		fn(start, len(text), fold(text[start:]))
	}
}

// fold takes case and accents off a word.
func fold(word string) string {
	plain := true
	for i := 0; i < len(word) && plain; i++ {
		plain = word[i] < 0x80
	}
	if plain {
		return strings.ToLower(word)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(word) {
		if r < 0x0300 || r > 0x036f {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return norm.NFC.String(b.String())
}

// matches says whether every word asked for begins a word of the text.
func matches(words []string, text string) bool {
	if len(words) == 0 {
		return false
	}
	have := wordsOf(text)
	for _, w := range words {
		found := false
		for _, h := range have {
			found = found || strings.HasPrefix(h, w)
		}
		if !found {
			return false
		}
	}
	return true
}

// inLite is the question in the words of SQLite's FTS5: every word, as the beginning of a word. A word holds letters
// and digits only, so nothing that was typed can be read as an operator.
func inLite(words []string, columns string, scope []int64) string {
	q := "{" + columns + `} : ("` + strings.Join(words, `"* AND "`) + `"*)`
	if len(scope) == 0 {
		return q
	}
	boards := make([]string, len(scope))
	for i, rid := range scope {
		boards[i] = fmt.Sprintf(`"b%d"`, rid)
	}
	return q + " AND {scope} : (" + strings.Join(boards, " OR ") + ")"
}

// inPostgres is the question in the words of PostgreSQL, which are kept decomposed, and the boards.
func inPostgres(words []string, scope []int64) (q, boards string) {
	names := make([]string, len(scope))
	for i, rid := range scope {
		names[i] = fmt.Sprintf("'board/%d'", rid)
	}
	return `'` + norm.NFKD.String(strings.Join(words, `':* & '`)) + `':*`, strings.Join(names, " | ")
}
