package calendar

import (
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"trestle/server/text"
)

var kindWords = map[string]string{Standup: "Standup", Retro: "Retro", Replenishment: "Replenishment", Demo: "Demo", FlowReview: "Flow review"}

// ics writes the rituals as an iCalendar file. Every time is a moment in UTC of its own, so a clock that changes in a
// team's time zone needs no rule on the other side. No people, no titles of meetings or launches, no address of a call.
func (c *scene) ics(name, base string, days []DayView, stamp time.Time) string {
	cal := ics.NewCalendarFor("Trestle")
	cal.SetProductId("-//Trestle//Ritual calendar//EN")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(text.Line(name))
	cal.SetXPublishedTTL("PT1H")
	cal.SetRefreshInterval("PT1H", ics.WithValue(string(ics.ValueDataTypeDuration)))
	for i := range c.occurrences {
		o := &c.occurrences[i]
		if o.State == Missed {
			continue
		}
		e := cal.AddEvent(strings.ReplaceAll(o.uid(), ":", "-") + "@trestle")
		e.SetDtStampTime(stamp)
		e.SetStartAt(o.At)
		e.SetEndAt(o.End)
		e.SetSummary(text.Line(c.summary(o)))
		e.SetURL(base + o.Ritual.Link)
		if said := c.said(o); said != "" {
			e.SetDescription(said + "\n" + base + o.Ritual.Link)
		}
		e.AddCategory(kindWords[o.Kind])
		e.SetTimeTransparency(ics.TransparencyTransparent)
		if c.expected(o) {
			e.SetTimeTransparency(ics.TransparencyOpaque)
		}
	}
	for _, d := range days {
		d.put(cal, base, stamp)
	}
	return cal.Serialize(ics.WithNewLineWindows) // RFC 5545, whatever machine writes it
}

// put writes what takes whole days: what launches is the team's to know, and stays here.
func (d DayView) put(cal *ics.Calendar, base string, stamp time.Time) {
	words := map[string]string{LaunchDay: "Launch", StageDay: "Stage of a launch", FreezeDay: "Nothing launches"}[d.Kind]
	if d.Share != nil {
		words += ", " + strconv.FormatFloat(*d.Share, 'f', -1, 64) + " %"
	}
	from, err := time.Parse(time.DateOnly, d.From)
	to, wrong := time.Parse(time.DateOnly, d.To)
	if err != nil || wrong != nil || d.State == "rolled_back" {
		return
	}
	e := cal.AddEvent(d.ID + "@trestle")
	e.SetDtStampTime(stamp)
	e.SetAllDayStartAt(from)
	e.SetAllDayEndAt(to.AddDate(0, 0, 1))
	e.SetSummary(text.Line(strings.TrimSuffix(words+", "+d.TeamName, ", ")))
	e.SetURL(base + d.Link)
	e.AddCategory("Launch")
	if d.Reckoned {
		e.SetStatus(ics.ObjectStatusTentative)
	}
	e.SetTimeTransparency(ics.TransparencyTransparent)
}

// summary is what stands in the calendar: a retro's own title is the team's, and stays here.
func (c *scene) summary(o *occurrence) string {
	team := c.teams[o.TeamID].Name
	switch {
	case o.Kind == Retro:
		return kindWords[Retro] + ", " + team
	case strings.Contains(o.Name, team):
		return o.Name
	}
	return o.Name + ", " + team
}

func (c *scene) said(o *occurrence) string {
	if c.v.PersonID != "" && c.expected(o) {
		return "You are expected."
	}
	return ""
}
