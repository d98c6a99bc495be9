//go:build !page

// Package frontend carries the built page inside the binary (tag page). Without the tag there is none, so
// that the server builds and its tests run on a clean clone without Node.
package frontend

import "io/fs"

// Dist gives the built page and whether there is one in this build.
func Dist() (fs.FS, bool) { return nil, false }
