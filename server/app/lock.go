package app

import "errors"

const lockName = "trestle.lock"

// servedError says that another process serves the data folder.
type servedError struct{ dir, pid string }

func (e *servedError) Error() string {
	who := "another Trestle"
	if e.pid != "" {
		who += " (process " + e.pid + ")"
	}
	return who + " serves the data folder " + e.dir + " already"
}

// Served says whether a server runs on the data folder now.
func Served(dir string) bool {
	f, err := lockData(dir)
	if err != nil {
		var s *servedError
		return errors.As(err, &s)
	}
	_ = f.Close()
	return false
}
