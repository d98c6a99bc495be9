package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"trestle/server/trestletest"
)

func trestle(t *testing.T, in string, args ...string) (code int, out, errOut string) {
	t.Helper()
	t.Setenv("TRESTLE_DATA", t.TempDir())
	var o, e bytes.Buffer
	code = run(args, strings.NewReader(in), &o, &e)
	return code, o.String(), e.String()
}

func TestRun(t *testing.T) {
	trestletest.NeedFullText(t)
	for _, c := range []struct {
		args     string
		code     int
		out, err string
	}{
		{"", 0, "Usage: trestle", ""},
		{"--help", 0, "openapi", ""},
		{"serve --help", 0, "TRESTLE_ADDR", ""},
		{"version", 0, "SQLite 3.", ""},
		{"migrate", 0, "brought to", ""},
		{"doctor", 0, "ok    version", ""},
		{"gate", 2, "", "comes with the change room"},
		{"gate --service pay --environment production --version 1.2.3", 2, "", "comes with the change room"},
		{"fly", 2, "", "trestle --help"},
		{"import", 2, "", "trestle --help"},
		{"import missing.json --team PAY", 1, "", "missing.json"},
		{"serve --nats-url nats://x", 1, "", "runs on one node"},
		{"backup", 1, "", "no Trestle database"},
		{"backup --database-url postgres://u:p@h/d", 1, "", "pg_dump"},
		{"restore nothing.tar", 1, "", "nothing.tar"},
		{"audit verify", 0, "every chain holds", ""},
		{"doctor --health --addr 127.0.0.1:1", 1, "", "no server answers on 127.0.0.1:1"},
		{"user add a@example.test --name A --role king", 2, "", "--role"},
		{"user add a@example.test --name A", 2, "", "standard input"},
		{"user list", 0, "", ""},
	} {
		t.Run(c.args, func(t *testing.T) {
			code, out, errOut := trestle(t, "", strings.Fields(c.args)...)
			if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(errOut, c.err) {
				t.Errorf("exit %d, wanted %d\nstdout: %.800s\nstderr: %.800s", code, c.code, out, errOut)
			}
		})
	}
}

func TestRun_OpenAPINeedsNothing(t *testing.T) {
	t.Setenv("TRESTLE_DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing")
	code, out, errOut := trestle(t, "", "openapi")
	if code != 0 || errOut != "" || !json.Valid([]byte(out)) || !strings.HasSuffix(out, "}\n") {
		t.Errorf("exit %d %s %.100s", code, errOut, out)
	}
}

func TestReadLine(t *testing.T) {
	for in, want := range map[string]string{"one\ntwo\n": "one", "one\r\n": "one", "one": "one", "": "", " spaced \n": " spaced "} {
		if got, err := readLine(strings.NewReader(in)); err != nil || got != want {
			t.Errorf("%q: %q %v", in, got, err)
		}
	}
}

// TestRun_EmptySetting: a setting that is passed but empty counts as not passed.
func TestRun_EmptySetting(t *testing.T) {
	t.Setenv("TRESTLE_DEMO", "")
	t.Setenv("TRESTLE_SOCKETS_PER_TOKEN", "")
	var out, errOut strings.Builder
	if code := run([]string{"version"}, strings.NewReader(""), &out, &errOut); code != 0 {
		t.Fatalf("%d: %s", code, errOut.String())
	}
}
