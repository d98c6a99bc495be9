package web

import (
	"encoding/json"
	"errors"
)

// MaxDepth is how deeply a request's JSON may be nested.
const MaxDepth = 64

var (
	errDeep = errors.New("JSON is nested too deeply")
	errNUL  = errors.New("text may not hold the character NUL")
)

// readJSON is json.Unmarshal with two limits of ours: the depth, and no NUL in any text, which PostgreSQL
// cannot store and SQLite can.
func readJSON(data []byte, v any) error {
	if err := looked(data); err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

func looked(data []byte) error {
	depth, inText := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inText && c == '\\':
			if i+5 < len(data) && string(data[i+1:i+6]) == "u0000" {
				return errNUL
			}
			i++
		case c == '"':
			inText = !inText
		case inText:
		case c == '{' || c == '[':
			if depth++; depth > MaxDepth {
				return errDeep
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}
