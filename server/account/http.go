package account

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/fault"
	"trestle/server/web"
)

// Register puts the room's operations on the API.
func Register(api *web.API, s *Service) {
	s.secure, s.base = api.SecureCookies, api.Base
	registerDoor(api, s)
	registerMe(api, s)
	registerPeople(api, s)
	registerKeys(api, s)
}

type signedIn struct {
	SetCookie string `header:"Set-Cookie"`
	Body      SignedIn
}

func letIn(ctx context.Context, o Opened, err error) (*signedIn, error) {
	if err != nil {
		return nil, err
	}
	return &signedIn{SetCookie: clientOf(ctx).cookie(forSession, o.Cookie, Idle).String(), Body: o.SignedIn}, nil
}

// SetUpBody makes the first administrator.
type SetUpBody struct {
	Email     string `json:"email" maxLength:"254"`
	Password  string `json:"password" maxLength:"512"`
	Name      string `json:"name" maxLength:"320"`
	Workspace string `json:"workspace" maxLength:"320"`

	Discipline string `json:"discipline,omitempty" enum:"development,operations,security,product,quality,other" doc:"Without one: other"`
}

// SignInBody opens a session.
type SignInBody struct {
	Email    string `json:"email" maxLength:"254"`
	Password string `json:"password" maxLength:"512"`
}

// InviteToken is what stands behind the # of an invitation's link.
type InviteToken struct {
	Token string `json:"token" maxLength:"2048"`
}

// AcceptBody accepts an invitation.
type AcceptBody struct {
	Token      string `json:"token" maxLength:"2048"`
	Name       string `json:"name" maxLength:"320"`
	Email      string `json:"email,omitempty" maxLength:"254" doc:"Needed when the invitation names no address"`
	Password   string `json:"password" maxLength:"512"`
	Discipline string `json:"discipline" enum:"development,operations,security,product,quality,other"`
}

func registerDoor(api *web.API, s *Service) {
	web.Handle(api, huma.Operation{OperationID: "setup-state", Method: http.MethodGet, Path: "/setup",
		Summary: "Whether this installation is fresh", Tags: []string{"Account"}, Security: web.Public},
		func(ctx context.Context, _ *struct{}) (*web.Body[SetUp], error) { return web.JSON(s.State(ctx)) })

	web.Handle(api, huma.Operation{OperationID: "setup", Method: http.MethodPost, Path: "/setup",
		Summary: "Make the first administrator and sign in", Tags: []string{"Account"}, Security: web.Public, DefaultStatus: http.StatusCreated},
		func(ctx context.Context, in *struct{ Body SetUpBody }) (*signedIn, error) {
			o, err := s.SetUpFirst(ctx, NewPerson{Email: in.Body.Email, Password: in.Body.Password, Name: in.Body.Name, Discipline: in.Body.Discipline}, in.Body.Workspace)
			return letIn(ctx, o, err)
		})

	web.Handle(api, huma.Operation{OperationID: "sign-in", Method: http.MethodPost, Path: "/session",
		Summary: "Sign in", Tags: []string{"Account"}, Security: web.Public},
		func(ctx context.Context, in *struct{ Body SignInBody }) (*signedIn, error) {
			o, err := s.SignIn(ctx, in.Body.Email, in.Body.Password)
			return letIn(ctx, o, err)
		})

	web.Handle(api, huma.Operation{OperationID: "sign-out", Method: http.MethodDelete, Path: "/session",
		Summary: "Sign out", Tags: []string{"Account"}, Security: web.Public, DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, _ *struct{}) (*signedOut, error) {
			if err := s.SignOut(ctx); err != nil {
				return nil, err
			}
			return &signedOut{SetCookie: clientOf(ctx).cookie(forSession, "", 0).String()}, nil
		})

	web.Handle(api, huma.Operation{OperationID: "invite-inspect", Method: http.MethodPost, Path: "/invites/inspect",
		Summary: "What an invitation is for", Tags: []string{"Account"}, Security: web.Public},
		func(ctx context.Context, in *struct{ Body InviteToken }) (*web.Body[Invitation], error) {
			return web.JSON(s.Inspect(ctx, in.Body.Token))
		})

	web.Handle(api, huma.Operation{OperationID: "invite-accept", Method: http.MethodPost, Path: "/invites/accept",
		Summary: "Accept an invitation and sign in", Tags: []string{"Account"}, Security: web.Public},
		func(ctx context.Context, in *struct{ Body AcceptBody }) (*signedIn, error) {
			o, err := s.Accept(ctx, Acceptance(in.Body))
			return letIn(ctx, o, err)
		})

	web.Handle(api, huma.Operation{OperationID: "device", Method: http.MethodGet, Path: "/device",
		Summary: "What this screen may look at; with Authorization: Bearer it also sets the screen's cookie", Tags: []string{"Account"}},
		func(ctx context.Context, _ *struct{}) (*deviceIs, error) {
			d, err := s.Device(ctx)
			if err != nil {
				return nil, err
			}
			cl := clientOf(ctx)
			return &deviceIs{SetCookie: cl.cookie(forDevice, cl.device, d.ExpiresAt.Sub(s.store.Now())).String(), Body: d}, nil
		})
}

type signedOut struct {
	SetCookie string `header:"Set-Cookie"`
}

type deviceIs struct {
	SetCookie string `header:"Set-Cookie"`
	Body      DeviceView
}

// MeBody changes one's own person.
type MeBody struct {
	Name       web.Opt[string] `json:"name" required:"false"`
	Discipline web.Opt[string] `json:"discipline" required:"false"`
	TimeZone   web.Opt[string] `json:"timeZone" required:"false"`
	Hue        web.Opt[int]    `json:"hue" required:"false"`
}

// PasswordBody changes one's password.
type PasswordBody struct {
	Current string `json:"current" maxLength:"512"`
	Next    string `json:"next" maxLength:"512"`
}

func registerMe(api *web.API, s *Service) {
	web.Handle(api, huma.Operation{OperationID: "me", Method: http.MethodGet, Path: "/me",
		Summary: "Who is signed in, and their teams", Tags: []string{"Account"}},
		func(ctx context.Context, _ *struct{}) (*web.Body[Me], error) { return web.JSON(s.Me(ctx)) })

	web.Handle(api, huma.Operation{OperationID: "me-change", Method: http.MethodPatch, Path: "/me",
		Summary: "Change one's own name, discipline, time zone or colour", Tags: []string{"Account"}},
		func(ctx context.Context, in *struct{ Body MeBody }) (*web.Body[Me], error) {
			b := in.Body
			if err := given("name", b.Name, "discipline", b.Discipline, "timeZone", b.TimeZone); err != nil {
				return nil, err
			}
			return web.JSON(s.ChangeMe(ctx, SelfPatch{Name: b.Name.Ptr(), Discipline: b.Discipline.Ptr(), TimeZone: b.TimeZone.Ptr(), Hue: b.Hue.Ptr()}))
		})

	web.Handle(api, huma.Operation{OperationID: "me-keys-set", Method: http.MethodPut, Path: "/me/keys",
		Summary: "Choose one's own keys for the page", Tags: []string{"Account"}},
		func(ctx context.Context, in *struct{ Body OwnKeys }) (*web.Body[OwnKeys], error) {
			return web.JSON(s.SetOwnKeys(ctx, in.Body))
		})

	web.Handle(api, huma.Operation{OperationID: "me-password", Method: http.MethodPost, Path: "/me/password",
		Summary: "Change one's password; ends the other sessions", Tags: []string{"Account"}, Metadata: web.Scope("admin"), DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *struct{ Body PasswordBody }) (*web.Empty, error) {
			return web.None(s.ChangePassword(ctx, in.Body.Current, in.Body.Next))
		})

	web.Handle(api, huma.Operation{OperationID: "session-list", Method: http.MethodGet, Path: "/sessions",
		Summary: "One's own sign-ins", Tags: []string{"Account"}, Metadata: web.Scope("admin")},
		func(ctx context.Context, _ *struct{}) (*web.Body[web.Page[SessionView]], error) {
			return web.List(s.Sessions(ctx))
		})

	web.Handle(api, huma.Operation{OperationID: "session-end", Method: http.MethodDelete, Path: "/sessions/{session}",
		Summary: "End one of one's own sign-ins", Tags: []string{"Account"}, Metadata: web.Scope("admin"), DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *struct {
			Session string `path:"session" maxLength:"64"`
		}) (*web.Empty, error) {
			return web.None(s.EndSession(ctx, in.Session))
		})
}

// given refuses null for fields that always have a value. Names and fields alternate.
func given(pairs ...any) error {
	for i := 0; i < len(pairs); i += 2 {
		if o, ok := pairs[i+1].(web.Opt[string]); ok && o.Null {
			return fault.Invalid("body."+pairs[i].(string), "This always has a value.")
		}
	}
	return nil
}

// NewTokenBody makes a token.
type NewTokenBody struct {
	Name      string     `json:"name" maxLength:"320"`
	Scopes    []string   `json:"scopes" maxItems:"10" doc:"Of read, write, live, hooks, admin"`
	ExpiresAt *time.Time `json:"expiresAt,omitempty" doc:"Absent: until it is revoked"`
	TeamID    string     `json:"teamId,omitempty" maxLength:"64" doc:"Makes it a service token of this team"`
}

func registerKeys(api *web.API, s *Service) {
	web.Handle(api, huma.Operation{OperationID: "token-list", Method: http.MethodGet, Path: "/tokens",
		Summary: "Tokens: one's own and those of the teams one leads", Tags: []string{"Tokens"}, Metadata: web.Scope("admin")},
		func(ctx context.Context, in *struct {
			All bool `query:"all" doc:"Everybody's; for administrators"`
		}) (*web.Body[web.Page[TokenView]], error) {
			return web.List(s.Tokens(ctx, in.All))
		})

	web.Handle(api, huma.Operation{OperationID: "token-create", Method: http.MethodPost, Path: "/tokens",
		Summary: "Make a token; its secret is shown once", Tags: []string{"Tokens"}, Metadata: web.Scope("admin"), DefaultStatus: http.StatusCreated},
		func(ctx context.Context, in *struct{ Body NewTokenBody }) (*web.Body[TokenMade], error) {
			return web.JSON(s.CreateToken(ctx, NewToken(in.Body)))
		})

	web.Handle(api, huma.Operation{OperationID: "token-revoke", Method: http.MethodDelete, Path: "/tokens/{token}",
		Summary: "Revoke a token", Tags: []string{"Tokens"}, Metadata: web.Scope("admin"), DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *struct {
			Token string `path:"token" maxLength:"64"`
		}) (*web.Empty, error) {
			return web.None(s.RevokeToken(ctx, in.Token))
		})

	web.Handle(api, huma.Operation{OperationID: "live-ticket", Method: http.MethodPost, Path: "/live/ticket",
		Summary: "Make a ticket that opens one socket within thirty seconds", Tags: []string{"Live"}, Metadata: web.Scope("live"), DefaultStatus: http.StatusCreated},
		func(ctx context.Context, _ *struct{}) (*web.Body[TicketMade], error) {
			return web.JSON(s.MakeTicket(ctx))
		})
}
