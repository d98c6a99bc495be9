package port

import (
	"io"
	"strings"

	"trestle/server/fault"
)

// Limits of a file, so that no file can take more memory than a real board needs.
const (
	MaxFile   = 50 << 20 // bytes of a file
	maxDepth  = 64       // objects and arrays inside each other
	maxString = 1 << 20  // bytes of one text
	maxEntry  = 16 << 20 // bytes of one entry of a top-level list, e.g. one card
	maxKeys   = 10_000   // names in one object
	maxValues = 3_000_000
)

// guard reads a JSON file along with its parser and stops it at the first thing no export contains. It
// counts only; whether the file is JSON is the parser's business.
type guard struct {
	r     io.Reader
	n     int64
	stack []frame
	depth int

	inString, escaped bool
	isKey             bool
	length            int
	hash              uint64
	bare              int // bytes of a number or a word like true
	entryAt           int64
	blank, values     int
}

type frame struct {
	object    bool
	expectKey bool
	few       []uint64
	many      map[uint64]struct{}
}

func newGuard(r io.Reader) *guard { return &guard{r: r, stack: make([]frame, maxDepth+1)} }

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	for _, b := range p[:n] {
		g.n++
		if f := g.see(b); f != nil {
			return 0, f
		}
	}
	if g.n > MaxFile {
		return 0, tooLarge()
	}
	return n, err
}

func (g *guard) see(b byte) error {
	if g.inString {
		return g.inside(b)
	}
	switch b {
	case '"':
		g.inString, g.length, g.hash = true, 0, 14695981039346656037
		f := &g.stack[g.depth]
		g.isKey = f.object && f.expectKey
	case '{', '[':
		if g.depth == maxDepth {
			return refuse("it is nested deeper than %d levels, which no board export is", maxDepth)
		}
		g.depth++
		f := &g.stack[g.depth]
		f.object, f.expectKey, f.few, f.many = b == '{', b == '{', f.few[:0], nil
		if g.depth == 3 {
			g.entryAt = g.n
		}
	case '}', ']':
		if g.depth > 0 {
			g.depth--
		}
	case ':':
		g.stack[g.depth].expectKey = false
	case ',':
		f := &g.stack[g.depth]
		f.expectKey = f.object
		if g.values++; g.values > maxValues {
			return refuse("it has more than %d million values", maxValues/1_000_000)
		}
	}
	if b <= ' ' {
		if g.blank++; g.blank > maxString { // the parser would hold them all
			return refuse("it holds nothing but blanks for more than %d MB", maxString>>20)
		}
	} else {
		g.blank = 0
	}
	if b > ' ' && !strings.ContainsRune("{}[]:,\"", rune(b)) {
		if g.bare++; g.bare > 100 {
			return refuse("one of its numbers is longer than 100 digits")
		}
	} else {
		g.bare = 0
	}
	if g.depth >= 3 && g.n-g.entryAt > maxEntry {
		return refuse("one of its entries is larger than %d MB", maxEntry>>20)
	}
	return nil
}

func (g *guard) inside(b byte) error {
	switch {
	case g.escaped:
		g.escaped = false
	case b == '\\':
		g.escaped = true
	case b == '"':
		g.inString = false
		if g.isKey {
			return g.stack[g.depth].once(g.hash)
		}
		return nil
	}
	g.length++
	g.hash = (g.hash ^ uint64(b)) * 1099511628211 // FNV-1a
	if g.length > maxString {
		return refuse("one of its texts is longer than %d MB", maxString>>20)
	}
	return nil
}

// once notes an object's name and refuses the second of the same: which of the two would count?
func (f *frame) once(h uint64) error {
	n := len(f.few) + len(f.many)
	if n >= maxKeys {
		return refuse("one of its objects has more than %d names", maxKeys)
	}
	double := false
	if f.many != nil {
		_, double = f.many[h]
	} else {
		for _, k := range f.few {
			double = double || k == h
		}
	}
	switch {
	case double:
		return refuse("one of its objects has the same name twice")
	case f.many != nil:
		f.many[h] = struct{}{}
	case n < 32:
		f.few = append(f.few, h)
	default:
		f.many = make(map[uint64]struct{}, 64)
		for _, k := range f.few {
			f.many[k] = struct{}{}
		}
		f.many[h] = struct{}{}
		f.few = f.few[:0]
	}
	return nil
}

// refuse is the one sentence for a file that cannot be imported. Nothing was changed.
func refuse(why string, args ...any) *fault.Fault {
	return fault.Invalid("body.file", "This file was not imported: "+why+". Nothing was changed.", args...)
}

func tooLarge() *fault.Fault {
	return fault.Of(413, "too_large", "This file was not imported: it is larger than %d MB. Nothing was changed.", MaxFile>>20)
}
