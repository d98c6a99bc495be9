package account

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// NewPersonBody makes a person.
type NewPersonBody struct {
	Name       string `json:"name" maxLength:"320"`
	Email      string `json:"email" maxLength:"254"`
	Discipline string `json:"discipline" enum:"development,operations,security,product,quality,other"`
	Role       string `json:"role" enum:"admin,manager,member,guest"`
	Password   string `json:"password,omitempty" maxLength:"512" doc:"Without one they come in by an invitation to their address"`
}

// PersonBody changes a person.
type PersonBody struct {
	Name       web.Opt[string] `json:"name" required:"false"`
	Discipline web.Opt[string] `json:"discipline" required:"false"`
	Role       web.Opt[string] `json:"role" required:"false"`
	Disabled   web.Opt[bool]   `json:"disabled" required:"false" doc:"Ends their sessions and tokens"`
	Password   web.Opt[string] `json:"password" required:"false" doc:"Ends their sessions"`
}

// NewInviteBody makes an invitation.
type NewInviteBody struct {
	Email    string `json:"email,omitempty" maxLength:"254" doc:"Absent: whoever holds the link"`
	TeamID   string `json:"teamId,omitempty" maxLength:"64"`
	Role     string `json:"role,omitempty" enum:"admin,manager,member,guest" default:"member"`
	TeamRole string `json:"teamRole,omitempty" enum:"viewer,commenter,worker,lead"`
}

func registerPeople(api *web.API, s *Service) {
	web.Handle(api, huma.Operation{OperationID: "person-list", Method: http.MethodGet, Path: "/people",
		Summary: "People; a guest sees those of their teams", Tags: []string{"People"}},
		func(ctx context.Context, _ *struct{}) (*web.Body[web.Page[Listed]], error) {
			return web.List(s.People(ctx))
		})

	web.Handle(api, huma.Operation{OperationID: "person-create", Method: http.MethodPost, Path: "/people",
		Summary: "Make a person", Tags: []string{"People"}, Metadata: web.Scope("admin"), DefaultStatus: http.StatusCreated},
		func(ctx context.Context, in *struct{ Body NewPersonBody }) (*web.Body[Listed], error) {
			b := in.Body
			return web.JSON(s.AddPerson(ctx, NewPerson{Name: b.Name, Email: b.Email, Discipline: b.Discipline, Role: b.Role, Password: b.Password}))
		})

	web.Handle(api, huma.Operation{OperationID: "person-change", Method: http.MethodPatch, Path: "/people/{person}",
		Summary: "Change a person", Tags: []string{"People"}, Metadata: web.Scope("admin")},
		func(ctx context.Context, in *struct {
			Person string `path:"person" maxLength:"64"`
			Body   PersonBody
		}) (*web.Body[Listed], error) {
			b := in.Body
			if err := given("name", b.Name, "discipline", b.Discipline, "role", b.Role, "password", b.Password); err != nil {
				return nil, err
			}
			return web.JSON(s.ChangePerson(ctx, in.Person, PersonPatch{Name: b.Name.Ptr(), Discipline: b.Discipline.Ptr(), Role: b.Role.Ptr(),
				Disabled: b.Disabled.Ptr(), Password: b.Password.Ptr()}))
		})

	web.Handle(api, huma.Operation{OperationID: "invite-list", Method: http.MethodGet, Path: "/invites",
		Summary: "Invitations that one may handle", Tags: []string{"People"}, Metadata: web.Scope("admin")},
		func(ctx context.Context, _ *struct{}) (*web.Body[web.Page[InviteView]], error) {
			return web.List(s.Invites(ctx))
		})

	web.Handle(api, huma.Operation{OperationID: "invite-create", Method: http.MethodPost, Path: "/invites",
		Summary: "Make an invitation; its link is shown once", Tags: []string{"People"}, Metadata: web.Scope("admin"), DefaultStatus: http.StatusCreated},
		func(ctx context.Context, in *struct{ Body NewInviteBody }) (*web.Body[InviteMade], error) {
			return web.JSON(s.Invite(ctx, NewInvite(in.Body)))
		})

	web.Handle(api, huma.Operation{OperationID: "invite-revoke", Method: http.MethodDelete, Path: "/invites/{invite}",
		Summary: "Revoke an unused invitation", Tags: []string{"People"}, Metadata: web.Scope("admin"), DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *struct {
			Invite string `path:"invite" maxLength:"64"`
		}) (*web.Empty, error) {
			return web.None(s.RevokeInvite(ctx, in.Invite))
		})
}
