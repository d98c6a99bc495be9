package card

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	goldrender "github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// person is somebody whom words after an @ name. name is what they are called now.
type person struct{ id, name string }

// people are those whom a text can name, by the words that name them in lower case. nil names nobody.
type people struct {
	by  map[string]person
	max int // bytes of the longest words
}

func newPeople() *people { return &people{by: map[string]person{}} }

func (p *people) add(words string, who person) {
	p.by[strings.ToLower(words)] = who
	p.max = max(p.max, len(words))
}

// longest finds the longest words at the beginning of s that name somebody, up to the end of a word.
func (p *people) longest(s []byte) (words string, who person, ok bool) {
	for end := min(len(s), p.max); end > 0; end-- {
		if end < len(s) && (!utf8.RuneStart(s[end]) || wordy(firstRune(s[end:]))) {
			continue
		}
		if who, ok = p.by[strings.ToLower(string(s[:end]))]; ok {
			return string(s[:end]), who, true
		}
	}
	return "", person{}, false
}

func firstRune(s []byte) rune { r, _ := utf8.DecodeRune(s); return r }

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

var peopleKey = parser.NewContextKey()

func (p *people) context() parser.Context {
	pc := parser.NewContext()
	if p != nil {
		pc.Set(peopleKey, p)
	}
	return pc
}

// spoken is a mention within a text.
type spoken struct {
	ast.BaseInline
	words string
	who   person
}

var spokenKind = ast.NewNodeKind("Mention")

// Kind says what kind of node this is.
func (*spoken) Kind() ast.NodeKind { return spokenKind }

// Dump shows the node.
func (n *spoken) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"words": n.words}, nil)
}

// mentionParser finds @words outside code. An address such as ana@shop.example names nobody.
type mentionParser struct{}

// Trigger is the sign at which a mention may begin.
func (mentionParser) Trigger() []byte { return []byte{'@'} }

// Parse reads a mention, or nothing.
func (mentionParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	p, _ := pc.Get(peopleKey).(*people)
	if p == nil || wordy(block.PrecendingCharacter()) {
		return nil
	}
	line, _ := block.PeekLine()
	words, who, ok := p.longest(line[1:])
	if !ok {
		return nil
	}
	block.Advance(1 + len(words))
	return &spoken{words: words, who: who}
}

// mentionRenderer shows a mention by the name that the person has now.
type mentionRenderer struct{}

// RegisterFuncs tells the renderer of mentions.
func (mentionRenderer) RegisterFuncs(r goldrender.NodeRendererFuncRegisterer) {
	r.Register(spokenKind, func(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if n, ok := node.(*spoken); ok && entering {
			_, _ = w.WriteString(`<span class="mention" data-person="` + n.who.id + `">@` + html.EscapeString(n.who.name) + `</span>`)
		}
		return ast.WalkContinue, nil
	})
}

// spokenIn lists the mentions of a text, each person once.
func spokenIn(source string, p *people) []*spoken {
	if p == nil || len(p.by) == 0 || tangled(source) {
		return nil
	}
	var out []*spoken
	seen := map[string]bool{}
	doc := renderer.Parser().Parse(text.NewReader([]byte(source)), parser.WithContext(p.context()))
	_ = ast.Walk(doc, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if n, ok := node.(*spoken); ok && entering && !seen[n.who.id] {
			seen[n.who.id] = true
			out = append(out, n)
		}
		return ast.WalkContinue, nil
	})
	return out
}
