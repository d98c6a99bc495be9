// Package who says on whose behalf a request runs.
package who

import (
	"context"
	"slices"
)

// Workspace roles. Device is not a person's role: it is a read-only screen of one team.
const (
	Admin   = "admin"
	Manager = "manager"
	Member  = "member"
	Guest   = "guest"
	Device  = "device"
)

// Viewer is the person, token or device behind a request.
type Viewer struct {
	PersonID   string
	Name       string
	Role       string // one of the constants above
	Discipline string
	SessionID  string   // set for a cookie session
	TokenID    string   // set for a personal or service token
	Scopes     []string // nil for a session: everything its person may do
	TeamID     string   // set for a device link and for a service token: nothing beyond this team
	DeviceID   string   // set for a device link
	Refused    string   // why what was sent to sign in with is not accepted; then this is nobody
}

// Is says whether somebody is signed in at all.
func (v Viewer) Is() bool { return v.PersonID != "" || v.DeviceID != "" }

// IsAdmin says whether the viewer administers the workspace; a token needs the scope too.
func (v Viewer) IsAdmin() bool { return v.Role == Admin && v.Scope("admin") }

// Scope says whether the viewer's token carries the scope; a session carries all.
func (v Viewer) Scope(s string) bool { return v.Scopes == nil || slices.Contains(v.Scopes, s) }

type key struct{}

// With puts the viewer into the context.
func With(ctx context.Context, v Viewer) context.Context { return context.WithValue(ctx, key{}, v) }

// From gives the context's viewer; the zero Viewer is nobody.
func From(ctx context.Context) Viewer {
	v, _ := ctx.Value(key{}).(Viewer)
	return v
}
