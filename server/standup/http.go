package standup

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// Exported, because huma passes over fields that are embedded under a lower-case name.
type SeriesPath struct {
	Series string `path:"series" maxLength:"64"`
}
type ItemPath struct {
	Item string `path:"item" maxLength:"64"`
}

type meetingOut struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

func op(id, method, path, summary string, status int) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"standups"}, DefaultStatus: status}
}

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	registerSeries(api, s)
	registerMeeting(api, s)
	registerParked(api, s)
	registerOnCall(api, s)
}

func registerSeries(api *web.API, s *Service) {
	web.Handle(api, op("standup-list", http.MethodGet, "/standups", "The standups you may see", 200),
		func(ctx context.Context, in *struct {
			BoardID string `query:"boardId" maxLength:"64" doc:"Only that of this board"`
		}) (*web.Body[web.Page[Entry]], error) {
			return web.List(s.List(ctx, in.BoardID))
		})
	web.Handle(api, op("standup-start", http.MethodPost, "/standups", "Start a standup, or take part in the one that runs", 201),
		func(ctx context.Context, in *struct {
			Body struct {
				BoardID  string `json:"boardId,omitempty" required:"false" maxLength:"64" doc:"The first start makes the board's series"`
				SeriesID string `json:"seriesId,omitempty" required:"false" maxLength:"64"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Start(ctx, in.Body.BoardID, in.Body.SeriesID))
		})
	web.Handle(api, op("standup-set-up", http.MethodPut, "/boards/{board}/standup", "Give a board its standup without starting it, or answer the one it has", 200),
		func(ctx context.Context, in *struct {
			Board string `path:"board" maxLength:"64"`
		}) (*web.Body[View], error) {
			return web.JSON(s.SetUp(ctx, in.Board))
		})
	web.Handle(api, op("standup-get", http.MethodGet, "/standups/{series}", "A standup and its meeting now", 200),
		func(ctx context.Context, in *struct{ SeriesPath }) (*web.Body[View], error) {
			return web.JSON(s.Get(ctx, in.Series))
		})
	web.Handle(api, op("standup-meetings", http.MethodGet, "/standups/{series}/meetings", "The meetings that are over, the newest first", 200),
		func(ctx context.Context, in *struct{ SeriesPath }) (*web.Body[web.Page[Past]], error) {
			return web.List(s.Meetings(ctx, in.Series))
		})
	web.Handle(api, op("standup-written", http.MethodGet, "/standups/{series}/written", "A standup in writing: today's answers, or the last digest", 200),
		func(ctx context.Context, in *struct{ SeriesPath }) (*web.Body[Written], error) {
			return web.JSON(s.WrittenOf(ctx, in.Series))
		})
	web.Handle(api, op("standup-answer", http.MethodPut, "/standups/{series}/written", "Write your own words for today's digest, or change them", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body NewAnswer
		}) (*web.Body[Written], error) {
			return web.JSON(s.Answer(ctx, in.Series, in.Body))
		})
	web.Handle(api, op("standup-summary", http.MethodGet, "/standups/meetings/{meeting}/summary", "A meeting in words", 200),
		func(ctx context.Context, in *struct {
			Meeting string `path:"meeting" maxLength:"64"`
		}) (*web.Body[Summary], error) {
			return web.JSON(s.SummaryOf(ctx, in.Meeting))
		})
	web.Handle(api, op("standup-change", http.MethodPatch, "/standups/{series}", "Change a standup's settings", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body Patch
		}) (*web.Body[View], error) {
			return web.JSON(s.Change(ctx, in.Series, in.Body))
		})
}

func registerMeeting(api *web.API, s *Service) {
	plain := func(id, path, summary string, do func(context.Context, string) (View, error)) {
		web.Handle(api, op(id, http.MethodPost, "/standups/{series}/"+path, summary, 200),
			func(ctx context.Context, in *struct{ SeriesPath }) (*web.Body[View], error) {
				return web.JSON(do(ctx, in.Series))
			})
	}
	plain("standup-drive", "drive", "Take the remote", s.Drive)
	plain("standup-join", "join", "Say that you follow on a device of your own", s.Join)
	plain("standup-finish", "finish", "End the walk: the sixteenth minute, or the end", s.Finish)
	plain("standup-end", "end", "End the meeting", s.End)
	web.Handle(api, op("standup-advance", http.MethodPost, "/standups/{series}/advance", "Go from one step to another", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body struct {
				From    int  `json:"from" minimum:"0" maximum:"10000" doc:"Where the meeting is; when it is not, nothing changes and the answer says where"`
				To      int  `json:"to" minimum:"0" maximum:"10000"`
				Skipped bool `json:"skipped,omitempty" required:"false"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Advance(ctx, in.Series, in.Body.From, in.Body.To, in.Body.Skipped))
		})
	web.Handle(api, op("standup-pass", http.MethodPost, "/standups/{series}/pass", "Give the next turn of a round to somebody", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body struct {
				From     int    `json:"from" minimum:"0" maximum:"10000" doc:"Where the meeting is; when it is not, nothing changes and the answer says where"`
				PersonID string `json:"personId" maxLength:"64"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Pass(ctx, in.Series, in.Body.From, in.Body.PersonID))
		})
	web.Handle(api, op("standup-box", http.MethodPost, "/standups/{series}/box", "Say how long this meeting is meant to take", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body struct {
				Minutes int `json:"minutes" minimum:"1" maximum:"120"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Box(ctx, in.Series, in.Body.Minutes))
		})
	web.Handle(api, op("standup-healthy", http.MethodPost, "/standups/{series}/healthy", "Show or hide the healthy cards' titles", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body struct {
				Open bool `json:"open"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Healthy(ctx, in.Series, in.Body.Open))
		})
	web.Handle(api, op("standup-help", http.MethodPost, "/standups/{series}/help", "Note that somebody helps with a card", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body struct {
				CardID   string `json:"cardId" maxLength:"64"`
				PersonID string `json:"personId" maxLength:"64"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Help(ctx, in.Series, in.Body.CardID, in.Body.PersonID))
		})
	web.Handle(api, op("standup-unhelp", http.MethodDelete, "/standups/{series}/help/{card}/{person}", "Take back that somebody helps", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Card   string `path:"card" maxLength:"64"`
			Person string `path:"person" maxLength:"64"`
		}) (*web.Body[View], error) {
			return web.JSON(s.Unhelp(ctx, in.Series, in.Card, in.Person))
		})
	web.Handle(api, op("standup-attendance", http.MethodPost, "/standups/{series}/attendance", "Note more or fewer heads, or that somebody is here or away", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body Attendance
		}) (*web.Body[View], error) {
			return web.JSON(s.Attend(ctx, in.Series, in.Body))
		})
}

func registerParked(api *web.API, s *Service) {
	web.Handle(api, op("standup-park", http.MethodPost, "/standups/{series}/park", "Put something into the parking lot", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body NewParked
		}) (*web.Body[View], error) {
			return web.JSON(s.Park(ctx, in.Series, in.Body))
		})
	web.Handle(api, op("standup-settle", http.MethodPost, "/standups/parked/{item}/settle", "End something parked as done, a card or a meeting", 200),
		func(ctx context.Context, in *struct {
			ItemPath
			Body Settlement
		}) (*web.Body[View], error) {
			return web.JSON(s.Settle(ctx, in.Item, in.Body))
		})
	web.Handle(api, op("standup-meeting-file", http.MethodGet, "/standups/parked/{item}/meeting.ics", "What became a meeting, as a calendar file", 200),
		func(ctx context.Context, in *struct{ ItemPath }) (*meetingOut, error) {
			file, err := s.Meeting(ctx, in.Item)
			if err != nil {
				return nil, err
			}
			return &meetingOut{"text/calendar; charset=utf-8", `attachment; filename="meeting.ics"`, file}, nil
		})
	web.Handle(api, op("standup-reopen", http.MethodPost, "/standups/parked/{item}/reopen", "Put something settled back into the parking lot", 200),
		func(ctx context.Context, in *struct{ ItemPath }) (*web.Body[View], error) {
			return web.JSON(s.Reopen(ctx, in.Item))
		})
}
