package card

import (
	"context"
	"net/http"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/web"
	"trestle/server/who"
)

// Listening says who may follow a topic; the live connection asks the same.
type Listening interface {
	// CanListen is nil, or not_found for a topic that is absent or invisible. "me" is not asked about.
	CanListen(ctx context.Context, v who.Viewer, topic string) error
}

// registerEvents is the record for those who cannot keep a socket open.
func registerEvents(api *web.API, s *Service, may Listening) {
	web.Handle(api, op("events", http.MethodGet, "/events", "A topic's record after a sequence", 200),
		func(ctx context.Context, in *struct {
			Topic string `query:"topic" required:"true" maxLength:"100" doc:"board:ID, team:ID, me or org, as on the live connection"`
			Since int64  `query:"since" minimum:"0"`
			Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"500"`
		}) (*web.Body[Log], error) {
			v := who.From(ctx)
			if in.Topic == event.Me {
				if v.PersonID == "" {
					return nil, fault.NotFound("topic")
				}
				return web.JSON(s.log(ctx, event.MeTopic(v.PersonID), in.Since, in.Limit))
			}
			if err := may.CanListen(ctx, v, in.Topic); err != nil {
				if fault.Is(err, "not_found") { // in the same words, whatever kind of thing is not there
					err = fault.NotFound("topic")
				}
				return nil, err
			}
			return web.JSON(s.log(ctx, in.Topic, in.Since, in.Limit))
		})
}
