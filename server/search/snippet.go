package search

import (
	"strings"
	"unicode/utf8"
)

// A snippet begins a little before the first word that was found.
const (
	snippetBytes  = 160
	snippetBefore = 40
)

// snippet cuts the stretch out of a text where the words asked for are, on one line; "" when none is there.
// hits is how many of them it holds.
func snippet(words []string, text string) (cut string, hits int) {
	first := -1
	found := map[string]bool{}
	eachWord(text, func(from, _ int, word string) bool {
		for _, w := range words {
			if strings.HasPrefix(word, w) {
				if first < 0 {
					first = from
				}
				found[w] = true
			}
		}
		return first < 0 || from-first < snippetBytes-snippetBefore
	})
	if first < 0 {
		return "", 0
	}
	from, to := max(0, first-snippetBefore), min(len(text), first-snippetBefore+snippetBytes)
	if from == 0 {
		to = min(len(text), snippetBytes)
	}
	from, to = wordEdge(text, from, first), runeEdge(text, to)
	cut = strings.Join(strings.Fields(text[from:to]), " ")
	if from > 0 {
		cut = "… " + cut
	}
	if to < len(text) {
		cut += " …"
	}
	return cut, len(found)
}

// wordEdge goes on from a cut to where a word begins, no farther than to.
func wordEdge(text string, from, to int) int {
	if from == 0 {
		return 0
	}
	if at := strings.IndexAny(text[from:to], " \n\t"); at >= 0 {
		return from + at + 1
	}
	return to
}

func runeEdge(text string, at int) int {
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return at
}
