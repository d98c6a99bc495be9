//go:build !unix

package app

import (
	"os"
	"path/filepath"
)

// lockData only makes the file here: there is no lock that a killed process gives back by itself.
func lockData(dir string) (*os.File, error) {
	return os.OpenFile(filepath.Join(dir, lockName), os.O_CREATE|os.O_RDWR, 0o600)
}
