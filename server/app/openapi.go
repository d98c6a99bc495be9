package app

import (
	"bytes"
	"encoding/json"
	"io"

	"trestle/server/web"
)

// apiVersion is the described API's own version, which does not change with every build.
const apiVersion = "1"

// OpenAPI prints the API's description. It builds the rooms without a database: nothing is asked of them.
func OpenAPI(out io.Writer) error {
	cfg := Defaults()
	s := web.New(web.Options{Version: apiVersion})
	newRooms(nil, &cfg, nil, "").register(s.API)
	raw, err := json.Marshal(s.API.Huma.OpenAPI())
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, raw, "", "  "); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err = out.Write(b.Bytes())
	return err
}
