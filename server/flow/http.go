package flow

import (
	"bytes"
	"context"
	"encoding/csv"
	"math"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// Question is which board, over which days and cards, and in which form the answer is wanted.
type Question struct {
	Board  string `path:"board" maxLength:"64"`
	Format string `query:"format" enum:"json,csv" default:"json" doc:"csv: the same numbers as a table"`
}

// tabled is an answer that is also a table.
type tabled interface {
	table() [][]string // the first row names the columns
}

// answer is JSON, or the table as a file.
type answer[T tabled] struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        web.OrFile[T]
}

func op(name, summary string) huma.Operation {
	return huma.Operation{OperationID: "flow-" + name, Method: http.MethodGet, Path: "/boards/{board}/flow/" + name, Summary: summary, Tags: []string{"flow"}, DefaultStatus: 200}
}

// measured registers a measure.
func measured[T tabled](api *web.API, name, summary string, do func(context.Context, string, Ask) (T, error)) {
	web.Handle(api, op(name, summary), func(ctx context.Context, in *struct {
		Question
		Ask
	}) (*answer[T], error) {
		v, err := do(ctx, in.Board, in.Ask)
		return reply(name, in.Format, v, err)
	})
}

// listedIn is how many cards are listed: a file holds all of them.
func listedIn(format string) int {
	if format == "csv" {
		return math.MaxInt
	}
	return cardsListed
}

func reply[T tabled](name, format string, v T, err error) (*answer[T], error) {
	if err != nil {
		return nil, err
	}
	if format != "csv" {
		return &answer[T]{Body: web.OrFile[T]{Value: v}}, nil
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(v.table()); err != nil {
		return nil, err
	}
	return &answer[T]{ContentType: "text/csv; charset=utf-8", Disposition: `attachment; filename="` + name + `.csv"`, Body: web.OrFile[T]{File: b.Bytes()}}, nil
}

// summed registers a measure over several boards.
func summed[T tabled](api *web.API, s *Service, name, summary string, do func(*asked, error) (T, error)) {
	web.Handle(api, inAll(name, summary), func(ctx context.Context, in *struct {
		Several
		Ask
		Format string `query:"format" enum:"json,csv" default:"json" doc:"csv: the same numbers as a table"`
	}) (*answer[T], error) {
		v, err := do(s.together(ctx, in.Several, in.Ask))
		return reply(name, in.Format, v, err)
	})
}

func inAll(name, summary string) huma.Operation {
	o := op(name, summary+", over several boards or a team")
	o.OperationID, o.Path = "flow-all-"+name, "/flow/"+name
	return o
}

// Register puts the room's verbs on the API. Who sees a board sees its flow.
func Register(api *web.API, s *Service) {
	registerWall(api, s)
	registerNotes(api, s)
	summed(api, s, "cycle-time", "Cycle time of what finished", cycleTime)
	summed(api, s, "wip", "Work in progress day by day", wip)
	summed(api, s, "throughput", "What finished, by day and by week", throughput)
	summed(api, s, "net-flow", "What was started against what was finished", netFlow)
	web.Handle(api, inAll("forecast", "How many by a day, and when so many, by Monte Carlo over past throughput"),
		func(ctx context.Context, in *struct {
			Several
			ForecastAsk
			Format string `query:"format" enum:"json,csv" default:"json" doc:"csv: the same numbers as a table"`
		}) (*answer[Forecast], error) {
			a, err := s.together(ctx, in.Several, in.Ask)
			v, err := a.forecast(err, in.ForecastAsk)
			return reply("forecast", in.Format, v, err)
		})
	measured(api, "overview", "What to know first, and the four measures of the Kanban Guide", s.Overview)
	measured(api, "cycle-time", "Cycle time of what finished, with percentiles and how expectations came true", s.CycleTime)
	measured(api, "aging", "Age of what is in progress, over the ages at which finished cards left each column", s.Aging)
	measured(api, "wip", "Work in progress day by day, with its total age", s.WIP)
	measured(api, "throughput", "What finished, by day and by week", s.Throughput)
	measured(api, "net-flow", "What was started against what was finished", s.NetFlow)
	measured(api, "cfd", "Cumulative flow", s.CFD)
	measured(api, "efficiency", "Flow efficiency, and queues by who took the work up", s.Efficiency)
	measured(api, "blockers", "Blockers by category, and those that stand", s.Blockers)
	measured(api, "handoffs", "Hand-offs, and moves back by their reason", s.Handoffs)
	measured(api, "mix", "Work by type and class, planned or not", s.Mix)
	measured(api, "value-stream", "Lead time, process time and what is complete and accurate, column by column", s.ValueStream)
	measured(api, "diagnostics", "Little's law with its conditions, overload by the limits of the day, process behaviour", s.Diagnostics)
	web.Handle(api, op("forecast", "How many by a day, and when so many, by Monte Carlo over past throughput"),
		func(ctx context.Context, in *struct {
			Question
			ForecastAsk
		}) (*answer[Forecast], error) {
			v, err := s.Forecast(ctx, in.Board, in.ForecastAsk)
			return reply("forecast", in.Format, v, err)
		})
	web.Handle(api, op("cards", "The cards behind a number"),
		func(ctx context.Context, in *struct {
			Question
			CardsAsk
		}) (*answer[Cards], error) {
			a, err := s.ask(ctx, in.Board, in.Ask)
			v, err := a.behind(err, in.CardsAsk, listedIn(in.Format))
			return reply("cards", in.Format, v, err)
		})
	web.Handle(api, inAll("cards", "The cards behind a number"),
		func(ctx context.Context, in *struct {
			Several
			CardsAsk
			Format string `query:"format" enum:"json,csv" default:"json" doc:"csv: the same numbers as a table"`
		}) (*answer[Cards], error) {
			a, err := s.together(ctx, in.Several, in.Ask)
			v, err := a.behind(err, in.CardsAsk, listedIn(in.Format))
			return reply("cards", in.Format, v, err)
		})
}
