// Package backup copies a data folder into one file and puts it back. The copy is taken while the server
// writes (VACUUM INTO on a read connection), is checked before it counts, and carries a manifest with the
// digest of everything in it. A restore checks first and moves what was there aside; nothing is deleted.
//
// On PostgreSQL the database's own tools do this; see Refuse.
package backup

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Format is the version of the file's layout.
const Format = 1

// Manifest is the first entry of a backup, manifest.json.
type Manifest struct {
	Format  int       `json:"format"`
	MadeAt  time.Time `json:"madeAt"`
	Program string    `json:"program"` // the Trestle version that made it
	Schema  int64     `json:"schema"`
	SQLite  string    `json:"sqlite"`
	Topics  int64     `json:"topics"`
	Events  int64     `json:"events"`
	// Heads is one hash over all topics' heads, as `trestle audit verify` prints it.
	Heads string `json:"heads"`
	Files []File `json:"files"`
}

// File is one entry of a backup after the manifest.
type File struct {
	Name   string `json:"name"` // with forward slashes, relative to the data folder
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const manifestName = "manifest.json"

// left out of a backup: what this machine alone needs, other backups, and what a restore put aside
func leftOut(name string) bool {
	top, _, _ := strings.Cut(name, "/")
	switch top {
	case "backups", "trestle.lock", "trestle.db", "trestle.db-wal", "trestle.db-shm", "trestle.db-journal":
		return true
	}
	return strings.HasPrefix(top, asidePrefix) || strings.HasPrefix(top, ".")
}

const asidePrefix = "before-restore-"

// Refuse is what to do instead on PostgreSQL, with the command.
func Refuse(databaseURL string) error {
	shown := databaseURL
	if u, err := url.Parse(databaseURL); err == nil {
		if _, secret := u.User.Password(); secret {
			u.User = url.User(u.User.Username())
		}
		shown = u.String()
	}
	return fmt.Errorf("this workspace is on PostgreSQL, whose own tools make and restore its backups:\n"+
		"  pg_dump --format=custom --file=trestle.dump '%s'\n"+
		"  pg_restore --clean --if-exists --dbname='%s' trestle.dump\n"+
		"(the password comes from ~/.pgpass or PGPASSWORD). Keep the folder TRESTLE_DATA as well: it holds the keys", shown, shown)
}
