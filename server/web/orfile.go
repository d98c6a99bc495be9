package web

import (
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// OrFile is an answer's body that is JSON, or, where it was asked for in another form, a file; the headers say which.
type OrFile[T any] struct {
	Value T
	File  []byte // nil = JSON
}

// MarshalJSON writes the value alone.
func (o OrFile[T]) MarshalJSON() ([]byte, error) { return json.Marshal(o.Value) }

// Schema is the value's: the document tells the JSON.
func (o OrFile[T]) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[T](), true, "")
}

func (o OrFile[T]) file() []byte { return o.File }
