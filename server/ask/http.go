package ask

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// Exported, because huma passes over fields that are embedded under a lower-case name.
type TeamPath struct {
	Team string `path:"team" maxLength:"64"`
}
type AskPath struct {
	Ask string `path:"ask" maxLength:"64"`
}

// TextBody is a body that is one text.
type TextBody struct {
	Text string `json:"text" minLength:"1" maxLength:"4000"`
}

type meetingOut struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	op := func(id, method, path, summary string, status int) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"asks"}, DefaultStatus: status}
	}
	web.Handle(api, op("ask-raise", http.MethodPost, "/teams/{team}/asks", "Ask a team for something", 201),
		func(ctx context.Context, in *struct {
			TeamPath
			Body NewAsk
		}) (*web.Body[View], error) {
			return web.JSON(s.Raise(ctx, in.Team, in.Body))
		})
	web.Handle(api, op("ask-outlook", http.MethodGet, "/teams/{team}/asks/outlook", "How many wait there, and how long asks of this team take", 200),
		func(ctx context.Context, in *struct{ TeamPath }) (*web.Body[Outlook], error) {
			return web.JSON(s.OutlookOf(ctx, in.Team))
		})
	web.Handle(api, op("ask-list", http.MethodGet, "/asks", "Your own asks, the newest first", 200),
		func(ctx context.Context, _ *struct{}) (*web.Body[web.Page[View]], error) {
			return web.List(s.Mine(ctx))
		})
	web.Handle(api, op("ask-get", http.MethodGet, "/asks/{ask}", "One ask", 200),
		func(ctx context.Context, in *struct{ AskPath }) (*web.Body[View], error) {
			return web.JSON(s.Get(ctx, in.Ask))
		})
	plain := func(id, path, summary string, do func(context.Context, string) (View, error)) {
		web.Handle(api, op(id, http.MethodPost, "/asks/{ask}/"+path, summary, 200),
			func(ctx context.Context, in *struct{ AskPath }) (*web.Body[View], error) {
				return web.JSON(do(ctx, in.Ask))
			})
	}
	plain("ask-accept", "accept", "Take an ask on", s.Accept)
	plain("ask-withdraw", "withdraw", "Take your own ask back", s.Withdraw)
	plain("ask-reopen", "reopen", "Take back what was decided about an ask", s.Reopen)
	plain("ask-unsit", "unsit", "Give the taken time free again", s.Unsit)
	web.Handle(api, op("ask-decline", http.MethodPost, "/asks/{ask}/decline", "Say no, and why", 200),
		func(ctx context.Context, in *struct {
			AskPath
			Body struct {
				Reason string `json:"reason" minLength:"1" maxLength:"4000"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Decline(ctx, in.Ask, in.Body.Reason))
		})
	web.Handle(api, op("ask-question", http.MethodPost, "/asks/{ask}/question", "Ask back", 200),
		func(ctx context.Context, in *struct {
			AskPath
			Body TextBody
		}) (*web.Body[View], error) {
			return web.JSON(s.Question(ctx, in.Ask, in.Body.Text))
		})
	web.Handle(api, op("ask-answer", http.MethodPost, "/asks/{ask}/answer", "Answer what was asked back", 200),
		func(ctx context.Context, in *struct {
			AskPath
			Body TextBody
		}) (*web.Body[View], error) {
			return web.JSON(s.Answer(ctx, in.Ask, in.Body.Text))
		})
	web.Handle(api, op("ask-propose", http.MethodPost, "/asks/{ask}/times", "Propose two times to sit together", 200),
		func(ctx context.Context, in *struct {
			AskPath
			Body struct {
				Times   []time.Time `json:"times" minItems:"2" maxItems:"2"`
				Minutes int         `json:"minutes,omitempty" required:"false" minimum:"0" maximum:"480"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Propose(ctx, in.Ask, in.Body.Times, in.Body.Minutes))
		})
	web.Handle(api, op("ask-sit", http.MethodPost, "/asks/{ask}/sit", "Take one of the proposed times", 200),
		func(ctx context.Context, in *struct {
			AskPath
			Body struct {
				At time.Time `json:"at"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Sit(ctx, in.Ask, in.Body.At))
		})
	web.Handle(api, op("ask-meeting", http.MethodGet, "/asks/{ask}/meeting.ics", "The taken time as a calendar file", 200),
		func(ctx context.Context, in *struct{ AskPath }) (*meetingOut, error) {
			name, file, err := s.Meeting(ctx, in.Ask)
			if err != nil {
				return nil, err
			}
			return &meetingOut{"text/calendar; charset=utf-8", `attachment; filename="` + name + `"`, file}, nil
		})
}
