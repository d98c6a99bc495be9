// Package migrations holds the schema, one folder per database with the same numbers and names.
// Steps only add; a stored database is never edited by changing a step that has shipped.
package migrations

import "embed"

// SQLite and Postgres are the two folders.
//
//go:embed sqlite/*.sql
var SQLite embed.FS

//go:embed postgres/*.sql
var Postgres embed.FS
