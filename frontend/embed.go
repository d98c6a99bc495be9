//go:build page

// Package frontend carries the built page inside the binary (tag page), so that the program is one file.
package frontend

import (
	"embed"
	"io/fs"
)

// What the build compressed is carried compressed only: the plain text of scripts and styles is a megabyte.
//
//go:embed dist/index.html dist/favicon.svg dist/assets/*.br dist/assets/*.gz dist/assets/*.woff2
var dist embed.FS

// Dist gives the built page and whether there is one in this build.
func Dist() (fs.FS, bool) {
	sub, err := fs.Sub(dist, "dist")
	return sub, err == nil
}
