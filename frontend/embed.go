//go:build page

// Package frontend carries the built page inside the binary (tag page), so that the program is one file.
package frontend

import (
	"embed"
	"io/fs"
)

// all: because some of the bundler's file names begin with an underscore, which embed leaves out otherwise.
//
//go:embed all:dist
var dist embed.FS

// Dist gives the built page and whether there is one in this build.
func Dist() (fs.FS, bool) {
	sub, err := fs.Sub(dist, "dist")
	return sub, err == nil
}
