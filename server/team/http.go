package team

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/fault"
	"trestle/server/web"
)

// NewTeamBody makes a team.
type NewTeamBody struct {
	Name string `json:"name" maxLength:"320"`
	Key  string `json:"key" maxLength:"12" doc:"Begins the keys of its cards, e.g. PAY"`
	Kind string `json:"kind,omitempty" enum:"stream_aligned,platform,enabling,complicated_subsystem" default:"stream_aligned"`
}

// PatchBody changes a team.
type PatchBody struct {
	Name web.Opt[string] `json:"name" required:"false"`
	Kind web.Opt[string] `json:"kind" required:"false"`
}

// AboutBody is what a team says of itself; absent fields stay.
type AboutBody struct {
	Kind    *string         `json:"kind,omitempty" required:"false" enum:"stream_aligned,platform,enabling,complicated_subsystem"`
	Mission web.Opt[string] `json:"mission,omitzero" required:"false"`
	Channel web.Opt[string] `json:"channel,omitzero" required:"false"`
	Address web.Opt[string] `json:"address,omitzero" required:"false"`
	Hours   web.Opt[string] `json:"hours,omitzero" required:"false"`
	Version *int64          `json:"version,omitempty" required:"false" doc:"Refused as stale if it changed after this version"`
}

// MemberBody gives somebody a role.
type MemberBody struct {
	PersonID string `json:"personId" maxLength:"64"`
	Role     string `json:"role" enum:"viewer,commenter,worker,lead"`
}

// DeviceLinkBody names a screen.
type DeviceLinkBody struct {
	Name string `json:"name" maxLength:"320"`
}

// Exported, because huma passes over fields that are embedded under a lower-case name.
type InTeam struct {
	Team string `path:"team" maxLength:"64"`
}

type ofPerson struct {
	Team   string `path:"team" maxLength:"64"`
	Person string `path:"person" maxLength:"64"`
}

// Register puts the room's operations on the API.
func Register(api *web.API, s *Service) {
	op := func(id, method, path, summary string, status int, scope bool) huma.Operation {
		o := huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"Teams"}, DefaultStatus: status}
		if scope {
			o.Metadata = web.Scope("admin")
		}
		return o
	}
	web.Handle(api, op("team-list", http.MethodGet, "/teams", "Teams that one may see", 0, false),
		func(ctx context.Context, _ *struct{}) (*web.Body[web.Page[Item]], error) {
			return web.List(s.List(ctx))
		})

	web.Handle(api, op("team-create", http.MethodPost, "/teams", "Make a team", http.StatusCreated, true),
		func(ctx context.Context, in *struct{ Body NewTeamBody }) (*web.Body[Detail], error) {
			return web.JSON(s.Create(ctx, NewTeam{Key: in.Body.Key, Name: in.Body.Name, Kind: in.Body.Kind}))
		})

	web.Handle(api, op("team-get", http.MethodGet, "/teams/{team}", "One team with its members and liaisons", 0, false),
		func(ctx context.Context, in *InTeam) (*web.Body[Detail], error) { return web.JSON(s.Get(ctx, in.Team)) })

	web.Handle(api, op("team-say", http.MethodPatch, "/teams/{team}/about", "Say what a team is there for, of which kind it is, and how to reach it", 0, false),
		func(ctx context.Context, in *struct {
			InTeam
			Body AboutBody
		}) (*web.Body[Detail], error) {
			return web.JSON(s.Say(ctx, in.Team, in.Body))
		})

	web.Handle(api, op("team-change", http.MethodPatch, "/teams/{team}", "Rename a team or change its kind", 0, true),
		func(ctx context.Context, in *struct {
			InTeam
			Body PatchBody
		}) (*web.Body[Detail], error) {
			if in.Body.Name.Null || in.Body.Kind.Null {
				return nil, fault.Invalid("body", "A team always has a name and a kind.")
			}
			return web.JSON(s.Change(ctx, in.Team, Patch{Name: in.Body.Name.Ptr(), Kind: in.Body.Kind.Ptr()}))
		})

	web.Handle(api, op("member-set", http.MethodPost, "/teams/{team}/members", "Give somebody a role in a team", 0, true),
		func(ctx context.Context, in *struct {
			InTeam
			Body MemberBody
		}) (*web.Body[Detail], error) {
			return web.JSON(s.SetMember(ctx, in.Team, in.Body.PersonID, in.Body.Role))
		})

	web.Handle(api, op("member-remove", http.MethodDelete, "/teams/{team}/members/{person}", "Take somebody out of a team, or leave it", http.StatusNoContent, true),
		func(ctx context.Context, in *ofPerson) (*web.Empty, error) {
			return web.None(s.RemoveMember(ctx, in.Team, in.Person))
		})

	web.Handle(api, op("liaison-remove", http.MethodDelete, "/teams/{team}/liaisons/{person}", "End a liaison's assignment and its contract", http.StatusNoContent, true),
		func(ctx context.Context, in *struct {
			Team   string `path:"team" maxLength:"64"`
			Person string `path:"person" maxLength:"64"`
			Why    string `query:"why" maxLength:"2000" doc:"Must be said; at most 300 characters"`
		}) (*web.Empty, error) {
			return web.None(s.Unassign(ctx, in.Team, in.Person, in.Why))
		})

	web.Handle(api, op("device-link-list", http.MethodGet, "/teams/{team}/device-links", "A team's screens", 0, true),
		func(ctx context.Context, in *InTeam) (*web.Body[web.Page[DeviceLink]], error) {
			return web.List(s.Devices(ctx, in.Team))
		})

	web.Handle(api, op("device-link-create", http.MethodPost, "/teams/{team}/device-links", "Make a link for a screen; shown once", http.StatusCreated, true),
		func(ctx context.Context, in *struct {
			InTeam
			Body DeviceLinkBody
		}) (*web.Body[DeviceLinkMade], error) {
			return web.JSON(s.LinkDevice(ctx, in.Team, in.Body.Name))
		})

	web.Handle(api, op("device-link-revoke", http.MethodDelete, "/device-links/{link}", "End a screen's link", http.StatusNoContent, true),
		func(ctx context.Context, in *struct {
			Link string `path:"link" maxLength:"64"`
		}) (*web.Empty, error) {
			return web.None(s.UnlinkDevice(ctx, in.Link))
		})
}
