package app

import (
	"fmt"
	"log/slog"
	"strings"
)

// logger reads TRESTLE_LOG: "json", "text", a level, or both ("json,debug").
func (c *Config) logger() (*slog.Logger, error) {
	level, asJSON := slog.LevelInfo, false
	for _, word := range strings.FieldsFunc(c.Log, func(r rune) bool { return strings.ContainsRune(",;: ", r) }) {
		switch strings.ToLower(word) {
		case "json":
			asJSON = true
		case "text":
			asJSON = false
		case "debug", "info", "warn", "error":
			_ = level.UnmarshalText([]byte(word))
		default:
			return nil, fmt.Errorf("TRESTLE_LOG: %q is neither text, json, debug, info, warn nor error", word)
		}
	}
	o := &slog.HandlerOptions{Level: level, ReplaceAttr: redact}
	if asJSON {
		return slog.New(slog.NewJSONHandler(c.LogTo, o)), nil
	}
	return slog.New(slog.NewTextHandler(c.LogTo, o)), nil
}

// redact is the last net under secrets: rooms do not log them, and what has such a name is not written anyway.
func redact(_ []string, a slog.Attr) slog.Attr {
	switch strings.ToLower(a.Key) {
	case "password", "secret", "token", "ticket", "cookie", "authorization", "key", "databaseurl":
		return slog.String(a.Key, "(not logged)")
	}
	return a
}
