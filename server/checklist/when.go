package checklist

import (
	"regexp"
	"slices"
	"strings"
)

// When is on what an item depends: that another one is not answered like this.
type When struct {
	Item string `json:"item" maxLength:"12"`
	Not  string `json:"not" maxLength:"80"`
}

// none is what is kept of every answer that says nothing but nothing.
const none = "none"

// nothings are what people write for none. A bare "no" is none of them: it says so only where it is all of the answer.
var nothings = []string{none, "none at all", "none new", "nothing", "nothing new", "nothing at all", "nothing here", "nothing new here", "nothing is new", "nothing new to us",
	"n/a", "n.a", "not applicable", "does not apply", "nichts", "nichts neues"}

var (
	endOfSentence = regexp.MustCompile(`[.!;]+(\s+|$)|\n`)
	clause        = regexp.MustCompile(`\s*(?:[,:]|\s[-–—]+\s)\s*`)
	// butYet is what takes a first sentence back, or adds to it.
	butYet = regexp.MustCompile(`(?i)(^|[^\pL])(but|except|excepting|only|however|though|although|yet|apart|besides|beside|save|unless|other|others|also|plus|new|aber|außer|ausser|nur|jedoch|neu\pL*)($|[^\pL])`)
)

// firstOf cuts the first sentence off an answer.
func firstOf(text string) (first, rest string) {
	text = strings.TrimSpace(text)
	if at := endOfSentence.FindStringIndex(text); at != nil {
		return text[:at[0]], strings.TrimSpace(text[at[1]:])
	}
	return text, ""
}

// word is what a short answer says, or the first sentence of a longer one.
func word(text string) string {
	first, _ := firstOf(text)
	w := strings.ToLower(strings.Trim(first, " \t\r\n.!*_\"'“”‘’„"))
	if len(w) > 80 {
		return ""
	}
	return w
}

// isNothing says whether a sentence is nothing but words for none: "No, nothing new".
func isNothing(sentence string) bool {
	if slices.Contains(nothings, sentence) {
		return true
	}
	said := clause.Split(sentence, -1)
	return len(said) > 1 && !slices.ContainsFunc(said, func(c string) bool { return c != "no" && !slices.Contains(nothings, c) })
}

// saidBy is what of an answer is kept to say whether those that hang on it are asked: "none" where its first sentence
// says nothing else and what follows does not take that back, else its first sentence. Where in doubt it is not none:
// a question too much is answered quickly, one too few is not missed. The page reads it so too, in its when.ts.
func saidBy(text string) string {
	w := word(text)
	_, rest := firstOf(text)
	switch {
	case !isNothing(w) && w != "no":
		return w
	case butYet.MatchString(rest):
		return ""
	case w == "no" && rest != "":
		return w
	}
	return none
}

// holds says whether the item is asked, given how the answer to the one that it depends on stands and what it says. What
// is not answered yet may turn out either way, so it is asked until then.
func (w *When) holds(s Standing, said string) bool {
	if w == nil {
		return true
	}
	switch s.State {
	case NA:
		return false
	case "", Unanswered, Gap:
		return true
	}
	not := word(w.Not)
	if isNothing(not) || not == "no" {
		return said != none && said != not && !isNothing(said) // what was kept before its words were understood
	}
	return said != not
}
