package notice

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/fault"
	"trestle/server/web"
)

// PreferencesBody changes one's preferences; what is absent stays.
type PreferencesBody struct {
	Mail     web.Opt[bool]        `json:"mail" required:"false" doc:"False: no mail at all"`
	Ways     map[string]Way       `json:"ways,omitempty" required:"false" doc:"By kind of notice: mail, digest, inbox or off"`
	DigestAt web.Opt[string]      `json:"digestAt" required:"false" doc:"HH:MM"`
	Quiet    web.Opt[QuietChange] `json:"quiet" required:"false"`
}

// EndMailIn carries the text behind the link.
type EndMailIn struct {
	Text string `query:"t" required:"true" maxLength:"2048"`
}

func registerPreferences(api *web.API, s *Service) {
	web.Handle(api, op("notice-preferences", http.MethodGet, "/notices/preferences", "What reaches one how, and when"),
		func(ctx context.Context, _ *struct{}) (*web.Body[Preferences], error) {
			return web.JSON(s.Preferences(ctx))
		})
	web.Handle(api, op("notice-preferences-change", http.MethodPatch, "/notices/preferences", "Change what reaches one how, and when"),
		func(ctx context.Context, in *struct{ Body PreferencesBody }) (*web.Body[Preferences], error) {
			b := in.Body
			if b.Mail.Null || b.DigestAt.Null || b.Quiet.Null {
				return nil, fault.Invalid("body", "This always has a value")
			}
			return web.JSON(s.Choose(ctx, Choices{Mail: b.Mail.Ptr(), Ways: b.Ways, DigestAt: b.DigestAt.Ptr(), Quiet: b.Quiet.Ptr()}))
		})

	// RFC 8058: a mail program posts here at one tap; a person who follows the same link comes to the page, which asks
	end := op("notice-no-mail", http.MethodPost, "/notices/no-mail", "End one's mail by the link in it")
	end.Security, end.DefaultStatus = web.Public, http.StatusNoContent
	web.Handle(api, end, func(ctx context.Context, in *EndMailIn) (*web.Empty, error) { return web.None(s.EndMail(ctx, in.Text)) })
	ask := op("notice-no-mail-ask", http.MethodGet, "/notices/no-mail", "Where the link in a mail leads a person")
	ask.Security, ask.DefaultStatus = web.Public, http.StatusSeeOther
	web.Handle(api, ask, func(_ context.Context, in *EndMailIn) (*seeOther, error) {
		return &seeOther{Location: "/no-mail#" + url.QueryEscape(in.Text)}, nil
	})

	web.Handle(api, op("delivery-list", http.MethodGet, "/notices/deliveries", "What went out by mail and chat, or why not; for administrators"),
		func(ctx context.Context, in *struct {
			State  string `query:"state" enum:"waiting,sent,skipped,retrying,failed"`
			Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
			Cursor string `query:"cursor" maxLength:"40"`
		}) (*web.Body[web.Page[Delivery]], error) {
			items, next, err := s.Log(ctx, in.State, in.Limit, in.Cursor)
			return web.JSON(web.Page[Delivery]{Items: items, NextCursor: next}, err)
		})
}

type seeOther struct {
	Location string `header:"Location"`
}

// ChatBody sets a team's chat hook.
type ChatBody struct {
	URL   string   `json:"url,omitempty" required:"false" maxLength:"2000" doc:"As the chat shows it; never shown again. Absent: the one there is"`
	Kinds []string `json:"kinds" maxItems:"20"`
}

// TeamPath names a team.
type TeamPath struct {
	Team string `path:"team" maxLength:"64"`
}

func registerChat(api *web.API, s *Service) {
	lead := func(id, method, path, summary string, status int) huma.Operation {
		o := op(id, method, path, summary)
		o.Metadata, o.DefaultStatus = web.Scope("admin"), status
		return o
	}
	web.Handle(api, lead("chat-get", http.MethodGet, "/teams/{team}/chat", "A team's chat hook, without its address", 0),
		func(ctx context.Context, in *TeamPath) (*web.Body[ChatView], error) {
			return web.JSON(s.Chat(ctx, in.Team))
		})
	web.Handle(api, lead("chat-set", http.MethodPut, "/teams/{team}/chat", "Set a team's chat hook and what goes there", 0),
		func(ctx context.Context, in *struct {
			TeamPath
			Body ChatBody
		}) (*web.Body[ChatView], error) {
			return web.JSON(s.SetChat(ctx, in.Team, in.Body.URL, in.Body.Kinds))
		})
	web.Handle(api, lead("chat-remove", http.MethodDelete, "/teams/{team}/chat", "Forget a team's chat hook", http.StatusNoContent),
		func(ctx context.Context, in *TeamPath) (*web.Empty, error) {
			return web.None(s.RemoveChat(ctx, in.Team))
		})
	web.Handle(api, lead("chat-test", http.MethodPost, "/teams/{team}/chat/test", "Send one message to a team's chat now", http.StatusNoContent),
		func(ctx context.Context, in *TeamPath) (*web.Empty, error) { return web.None(s.TestChat(ctx, in.Team)) })
}
