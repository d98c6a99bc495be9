package port

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/fault"
)

// Sources that can be imported now.
const (
	Trello  = "trello"
	Trestle = "trestle"
)

// known refuses what this version cannot read yet; "" means look into the file.
func known(source string) error {
	switch source {
	case "", Trello, Trestle:
		return nil
	case "jira-csv", "jira-json", "csv", "planka", "wekan":
		return fault.Invalid("body.source", "Imports from %s do not work yet. What works now: trello (Trello's JSON export) and trestle (a board exported from Trestle).", source)
	}
	return fault.Invalid("body.source", "There is no import from %q. What works now: trello (Trello's JSON export) and trestle (a board exported from Trestle).", clip(source, 40))
}

// open starts reading the file from its beginning, under guard.
func open(file io.ReadSeeker) (*json.Decoder, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	r := bufio.NewReaderSize(file, 64<<10)
	if bom, _ := r.Peek(3); string(bom) == "\xef\xbb\xbf" {
		_, _ = r.Discard(3)
	}
	return json.NewDecoder(newGuard(r)), nil
}

// sniff reads the whole file once, holding none of it: it must be one sound JSON object. It says where the
// file comes from by the names at its top.
func sniff(file io.ReadSeeker) (source string, err error) {
	dec, err := open(file)
	if err != nil {
		return "", err
	}
	first, err := dec.Token()
	if err == io.EOF {
		return "", refuse("it is empty")
	}
	if f, ok := fault.As(err); ok {
		return "", f
	}
	if err != nil || first != json.Delim('{') {
		return "", refuse("it is not a board export in JSON. In Trello: Share, Print, export and share, Export as JSON")
	}
	top := map[string]bool{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return "", broken(dec, err)
		}
		top[name.(string)] = true
		if err := skip(dec); err != nil {
			return "", broken(dec, err)
		}
	}
	if _, err := dec.Token(); err != nil {
		return "", broken(dec, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return "", refuse("something follows after its end")
	}
	switch {
	case top["format"] && top["board"] && top["cards"]:
		return Trestle, nil
	case top["lists"] && top["cards"] && top["id"] && top["name"]:
		return Trello, nil
	}
	return "", refuse("it is JSON, but neither a Trello board (it has no lists and cards) nor a board exported from Trestle")
}

// skip reads over one value.
func skip(dec *json.Decoder) error {
	depth := 0
	for {
		t, err := dec.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

// broken says where a file stops being what it should be.
func broken(dec *json.Decoder, err error) error {
	if f, ok := fault.As(err); ok {
		return f
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return refuse("it ends in the middle").Because(err)
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return refuse("%q in it is not what an export has there", clip(wrong.Field, 60)).Because(err)
	}
	return refuse("it is broken near byte %d", dec.InputOffset()).Because(err)
}

// object calls fn with every name of the object that comes next; fn reads or skips the value.
func object(dec *json.Decoder, fn func(name string) error) error {
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return broken(dec, errors.Join(err, errors.New("no object")))
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return broken(dec, err)
		}
		if err := fn(name.(string)); err != nil {
			return broken(dec, err)
		}
	}
	_, err := dec.Token()
	if err != nil {
		return broken(dec, err)
	}
	return nil
}

// each reads a list entry by entry; null is an empty list.
func each[T any](dec *json.Decoder, what string, max int, fn func(T) error) error {
	t, err := dec.Token()
	if err != nil {
		return err
	}
	if t == nil {
		return nil
	}
	if t != json.Delim('[') {
		return refuse("its %s are not a list", what)
	}
	for n := 1; dec.More(); n++ {
		if n > max {
			return refuse("it has more than %d %s", max, what)
		}
		var v T
		if err := dec.Decode(&v); err != nil {
			return broken(dec, err)
		}
		if err := fn(v); err != nil {
			return err
		}
	}
	_, err = dec.Token()
	return err
}

// tidy drops what no text column can hold: NUL and broken UTF-8.
func tidy(s string) string {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return s
}

// oneLine is tidy with all white space as single blanks, for names and titles.
func oneLine(s string) string { return strings.Join(strings.Fields(tidy(s)), " ") }

// clip shortens to at most n characters, the last of them an ellipsis.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// instant reads an RFC 3339 time.
func instant(s string) (int64, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return 0, fmt.Errorf("time: %w", err)
	}
	if y := t.Year(); y < 1970 || y > 9000 {
		return 0, errors.New("time out of range")
	}
	return t.UnixMilli(), nil
}
