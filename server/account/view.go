package account

import (
	"time"

	"trestle/server/store"
)

// Person is what everyone may know of a person. It never holds an e-mail address (decisions 15).
type Person struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Discipline string `json:"discipline" enum:"development,operations,security,product,quality,other"`
	Hue        int    `json:"hue" minimum:"0" maximum:"6" doc:"One of seven avatar colours"`
	Active     bool   `json:"active"`
}

func (p *record) view() Person {
	return Person{ID: p.ID, Name: p.Name, Discipline: p.Discipline, Hue: p.Hue, Active: p.active()}
}

// Listed is a person in the list of people; the e-mail address is for administrators.
type Listed struct {
	Person
	Email      string     `json:"email,omitempty"`
	Role       string     `json:"role" enum:"admin,manager,member,guest"`
	DisabledAt *time.Time `json:"disabledAt,omitempty"`
}

func (p *record) listed(withEmail bool) Listed {
	l := Listed{Person: p.view(), Role: p.Role, DisabledAt: store.AtPtr(p.DisabledAt)}
	if withEmail {
		l.Email = p.Email
	}
	return l
}

// Self is a person as they see themselves.
type Self struct {
	Person
	Email    string `json:"email"`
	Role     string `json:"role" enum:"admin,manager,member,guest"`
	TimeZone string `json:"timeZone"`
}

// MyTeam is a team that the viewer may see and what they may do in it.
type MyTeam struct {
	ID      string `json:"id"`
	Key     string `json:"key"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Right   string `json:"right" enum:"none,viewer,commenter,worker,lead"`
	Liaison bool   `json:"liaison,omitempty"`
}

// Workspace names the installation.
type Workspace struct {
	Name string `json:"name"`
}

// Me is the signed-in person and where they stand.
type Me struct {
	Person    Self      `json:"person"`
	Workspace Workspace `json:"workspace"`
	Teams     []MyTeam  `json:"teams"`
	Keys      OwnKeys   `json:"keys"`
	SessionID string    `json:"sessionId,omitempty"`
	Demo      bool      `json:"demo"`
	Insecure  bool      `json:"insecure" doc:"For administrators: passwords and cookies travel without TLS"`
	Version   string    `json:"version"`
}

// SignedIn answers a sign-in. The token is for programs; a browser has its cookie.
type SignedIn struct {
	Token     string    `json:"token" doc:"For Authorization: Bearer"`
	ExpiresAt time.Time `json:"expiresAt" doc:"When the token ends"`
	Person    Person    `json:"person"`
}

// SessionView is one sign-in of the viewer.
type SessionView struct {
	ID         string    `json:"id"`
	CreatedAt  time.Time `json:"createdAt"`
	LastSeenAt time.Time `json:"lastSeenAt"`
	ExpiresAt  time.Time `json:"expiresAt" doc:"When it ends if it is not used until then"`
	UserAgent  string    `json:"userAgent"`
	Address    string    `json:"address"`
	Current    bool      `json:"current"`
}

// SetUp tells the first page what to show.
type SetUp struct {
	Needed       bool          `json:"needed" doc:"There is no administrator yet"`
	Workspace    string        `json:"workspace"`
	Demo         bool          `json:"demo"`
	DemoAccounts []DemoAccount `json:"demoAccounts"`
}

// DemoAccount is a sign-in of the demo workspace, shown to everyone.
type DemoAccount struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	Name     string `json:"name"`
	Role     string `json:"role"`
	Hue      int    `json:"hue" doc:"Of their picture everywhere"`
}

// InviteView is an invitation without its link, which is shown once.
type InviteView struct {
	ID        string     `json:"id"`
	Email     string     `json:"email,omitempty"`
	TeamID    string     `json:"teamId,omitempty"`
	Role      string     `json:"role" enum:"admin,manager,member,guest"`
	TeamRole  string     `json:"teamRole,omitempty" enum:"viewer,commenter,worker,lead"`
	CreatedAt time.Time  `json:"createdAt"`
	ExpiresAt time.Time  `json:"expiresAt"`
	UsedAt    *time.Time `json:"usedAt,omitempty"`
}

// InviteMade is a new invitation with its link.
type InviteMade struct {
	ID        string    `json:"id"`
	URL       string    `json:"url" doc:"Shown once. What opens the door is behind the #, which browsers do not send."`
	ExpiresAt time.Time `json:"expiresAt"`
}

// HoldsSecret keeps the answer out of the record of retries.
func (InviteMade) HoldsSecret() {}

// Invitation is what an invited person sees before they accept.
type Invitation struct {
	Workspace string `json:"workspace"`
	TeamName  string `json:"teamName,omitempty"`
	Email     string `json:"email,omitempty"`
	Role      string `json:"role" enum:"admin,manager,member,guest"`
}

// TokenView is a token without its secret.
type TokenView struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Scopes     []string   `json:"scopes"`
	PersonID   string     `json:"personId" doc:"Whose rights it carries"`
	TeamID     string     `json:"teamId,omitempty" doc:"A service token: nothing beyond this team"`
	CreatedAt  time.Time  `json:"createdAt"`
	ExpiresAt  *time.Time `json:"expiresAt,omitempty"`
	LastUsedAt *time.Time `json:"lastUsedAt,omitempty"`
}

// TokenMade is a new token with its secret.
type TokenMade struct {
	TokenView
	Secret string `json:"secret" doc:"Shown once. Send it as Authorization: Bearer."`
}

// HoldsSecret keeps the answer out of the record of retries.
func (TokenMade) HoldsSecret() {}

// TicketMade opens one socket.
type TicketMade struct {
	Ticket    string    `json:"ticket"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// HoldsSecret keeps the answer out of the record of retries.
func (TicketMade) HoldsSecret() {}

// DeviceView is what a screen may know about itself.
type DeviceView struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	TeamID    string    `json:"teamId"`
	TeamName  string    `json:"teamName"`
	ExpiresAt time.Time `json:"expiresAt"`
}
