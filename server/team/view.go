package team

import (
	"time"

	"trestle/server/account"
)

// Item is a team in the list of teams.
type Item struct {
	ID      string `json:"id"`
	Key     string `json:"key"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Right   string `json:"right" enum:"none,viewer,commenter,worker,lead" doc:"What the viewer may do here"`
	Members int    `json:"members"`
}

// MemberView is a member and their role.
type MemberView struct {
	Person account.Person `json:"person"`
	Role   string         `json:"role" enum:"viewer,commenter,worker,lead"`
}

// LiaisonView is a liaison and what they are liaison for.
type LiaisonView struct {
	Person     account.Person `json:"person"`
	Discipline string         `json:"discipline" enum:"development,operations,security,product,quality,other"`
}

// About is what a team says of itself.
type About struct {
	Mission string `json:"mission"`
	Channel string `json:"channel" doc:"Where one reaches it: #checkout, or an address that begins with https://"`
	Address string `json:"address" doc:"A mail address, a place, a telephone"`
	Hours   string `json:"hours" doc:"When somebody answers"`
	Version int64  `json:"version" doc:"0 while nothing is said"`
}

// Detail is one team.
type Detail struct {
	ID       string        `json:"id"`
	Key      string        `json:"key"`
	Name     string        `json:"name"`
	Kind     string        `json:"kind"`
	Right    string        `json:"right" enum:"none,viewer,commenter,worker,lead"`
	Members  []MemberView  `json:"members"`
	Liaisons []LiaisonView `json:"liaisons"`
	About    About         `json:"about"`
}

// Brief is a team in the news.
type Brief struct {
	ID   string `json:"id"`
	Key  string `json:"key"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

func (t Team) brief() Brief { return Brief{t.ID, t.Key, t.Name, t.Kind} }

// DeviceLink is a screen's link without what opens the door.
type DeviceLink struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	CreatedAt  time.Time  `json:"createdAt"`
	ExpiresAt  time.Time  `json:"expiresAt"`
	LastSeenAt *time.Time `json:"lastSeenAt,omitempty"`
}

// DeviceLinkMade is a new link, shown once.
type DeviceLinkMade struct {
	ID        string    `json:"id"`
	URL       string    `json:"url" doc:"Shown once. What opens the door is behind the #, which browsers do not send."`
	ExpiresAt time.Time `json:"expiresAt"`
}

// HoldsSecret keeps the answer out of the record of retries.
func (DeviceLinkMade) HoldsSecret() {}
