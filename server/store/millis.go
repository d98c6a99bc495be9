package store

import "time"

// Ms is t as epoch milliseconds, the form in which every time is stored.
func Ms(t time.Time) int64 { return t.UnixMilli() }

// At turns stored milliseconds back into UTC.
func At(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// AtPtr is At for a nullable column.
func AtPtr(ms *int64) *time.Time {
	if ms == nil {
		return nil
	}
	t := At(*ms)
	return &t
}

// MsPtr is Ms for a nullable column.
func MsPtr(t *time.Time) *int64 {
	if t == nil {
		return nil
	}
	ms := Ms(*t)
	return &ms
}
