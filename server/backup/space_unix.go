//go:build unix

package backup

import "golang.org/x/sys/unix"

// Space gives the bytes free and in all on the disk that holds dir.
func Space(dir string) (free, total uint64, ok bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, 0, false
	}
	return uint64(s.Bavail) * uint64(s.Bsize), uint64(s.Blocks) * uint64(s.Bsize), true
}
