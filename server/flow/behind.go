package flow

import (
	"cmp"
	"context"
	"slices"

	"trestle/server/fault"
	"trestle/server/measure"
)

// CardsAsk is which cards are wanted: those behind a number. Day and Until narrow what counts by its day; what is counted at the
// end of one goes by Until, or by Day where that stands alone.
type CardsAsk struct {
	Ask
	Of     string `query:"of" enum:"named,wip,started,finished,discarded,here,reached" default:"wip" doc:"named: those of keys; wip: in progress at the end of day; started, finished, discarded: from day to until; here: in the column now; reached: had come to the column and to no later one by the end of day"`
	Keys   string `query:"keys" maxLength:"2000" doc:"With commas between, for named"`
	Day    string `query:"day" maxLength:"10" doc:"The window's first day when absent, its last one for wip and reached"`
	Until  string `query:"until" maxLength:"10" doc:"Its last day when absent and day is absent too, otherwise day"`
	Column string `query:"column" maxLength:"64" doc:"Id of a column, for here and reached"`
}

// Cards are those behind a number.
type Cards struct {
	Cards []Listed `json:"cards" doc:"The oldest first, or those that finished last; two hundred at most, all of them as CSV"`
	N     int      `json:"n" doc:"All of them"`
}

// Listed is one of them.
type Listed struct {
	Card
	State  string `json:"state" enum:"waiting,progress,done,gone"`
	Column string `json:"column,omitempty" doc:"Where it stands"`
	Days   int    `json:"days,omitempty" doc:"Age of what is in progress, cycle time of what is done; absent where it is not known"`
	Day    string `json:"day,omitempty" doc:"When it was started, or finished, or left the board"`
}

const cardsListed = 200

// Cards behind a number.
func (s *Service) Cards(ctx context.Context, boardID string, in CardsAsk) (Cards, error) {
	a, err := s.ask(ctx, boardID, in.Ask)
	return a.behind(err, in, cardsListed)
}

// behind lists so many of the cards.
func (a *asked) behind(err error, in CardsAsk, most int) (Cards, error) {
	if err != nil {
		return Cards{}, err
	}
	wanted, err := a.wanted(in)
	if err != nil {
		return Cards{}, err
	}
	list := a.counted
	if in.Of == "named" { // whatever their class
		list = nil
		for _, p := range a.each() {
			list = append(list, p.all...)
		}
	}
	found := []*measure.Journey{}
	for i := range list {
		if wanted(&list[i]) {
			found = append(found, &list[i])
		}
	}
	last := func(j *measure.Journey) measure.Day { // unfinished first, the oldest of them in front
		if j.FinishDay == measure.Unset {
			return 1 << 30
		}
		return j.FinishDay
	}
	slices.SortStableFunc(found, func(x, y *measure.Journey) int {
		return cmp.Or(cmp.Compare(last(y), last(x)), cmp.Compare(x.Started, y.Started))
	})
	v := Cards{Cards: []Listed{}, N: len(found)}
	for _, j := range found[:min(len(found), most)] {
		v.Cards = append(v.Cards, a.listed(j))
	}
	return v, nil
}

func (a *asked) listed(j *measure.Journey) Listed {
	c := Listed{Card: a.card(j), State: "waiting"}
	home := a.home(j)
	if here := j.Here(); here != nil {
		c.Column = home.column(here.Column)
	}
	switch {
	case j.FinishDay != measure.Unset:
		c.State, c.Day = "done", j.FinishDay.String()
		if j.Measured() {
			c.Days = j.CycleTime()
		}
	case j.GoneDay != measure.Unset:
		c.State, c.Day = "gone", j.GoneDay.String()
	case j.StartDay != measure.Unset:
		c.State, c.Day, c.Days = "progress", j.StartDay.String(), j.Age(home.today)
	}
	return c
}

// wanted is the question as a function of one card.
func (a *asked) wanted(in CardsAsk) (func(*measure.Journey) bool, error) {
	day, until := a.window.From, a.window.To
	var err error
	if in.Day != "" {
		if day, err = measure.DayOf(in.Day); err != nil {
			return nil, fault.Invalid("query.day", "day is a day such as 2026-11-30")
		}
		until = day
	}
	if in.Until != "" {
		if until, err = measure.DayOf(in.Until); err != nil || until < day {
			return nil, fault.Invalid("query.until", "until is a day such as 2026-11-30, not before day")
		}
	}
	span := measure.Window{From: day, To: until}
	at := until // the day of what is counted at the end of one
	if len(a.parts) > 0 && (in.Of == "here" || in.Of == "reached") {
		return nil, fault.Invalid("query.of", "Columns are one board's own: ask the board for what stands in them")
	}
	column := slices.IndexFunc(a.rec.Board.Columns, func(c measure.Column) bool { return c.ID == in.Column })
	if column < 0 && (in.Of == "here" || in.Of == "reached") {
		return nil, fault.Invalid("query.column", "column is the id of a column of this board")
	}
	switch in.Of {
	case "started":
		return func(j *measure.Journey) bool { return span.Holds(j.StartDay) }, nil
	case "finished":
		return func(j *measure.Journey) bool { return span.Holds(j.FinishDay) }, nil
	case "discarded":
		return func(j *measure.Journey) bool { return span.Holds(j.GoneDay) }, nil
	case "here":
		return func(j *measure.Journey) bool { return j.Here() != nil && j.Here().Column == column }, nil
	case "reached":
		by := func(d measure.Day) bool { return d != measure.Unset && d <= at }
		return func(j *measure.Journey) bool {
			return by(j.Reached[column]) && !slices.ContainsFunc(j.Reached[column+1:], by)
		}, nil
	case "named":
	default:
		return func(j *measure.Journey) bool { return j.InProgress(at) }, nil
	}
	keys := map[string]bool{}
	for _, k := range listed(in.Keys) {
		keys[k] = true
	}
	if len(keys) == 0 {
		return nil, fault.Invalid("query.keys", "keys names cards, with commas between")
	}
	return func(j *measure.Journey) bool { return keys[j.Item.Key] }, nil
}
