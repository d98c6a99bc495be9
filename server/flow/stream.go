package flow

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"trestle/server/measure"
	"trestle/server/who"
)

func sortOpen(list []Open) {
	slices.SortStableFunc(list, func(x, y Open) int { return x.Since.Compare(y.Since) })
}

func sortHanded(list []HandedCard) {
	slices.SortStableFunc(list, func(x, y HandedCard) int { return cmp.Compare(y.Handoffs, x.Handoffs) })
}

// Stream is a board's value stream.
type Stream struct {
	Title      string       `json:"title"`
	Steps      []StreamStep `json:"steps"`
	Lead       float64      `json:"leadMs" doc:"Sum of the steps' mean lead times"`
	Process    float64      `json:"processMs" doc:"An estimate: time in active columns that was not blocked"`
	Activity   float64      `json:"activityPercent" doc:"Process over lead time"`
	Rolled     float64      `json:"rolledPercent" doc:"Product of the steps' complete and accurate shares"`
	Constraint *string      `json:"constraint,omitempty" doc:"The column in which work waits longest in all"`
	Notes      []Note       `json:"notes" doc:"What the team wrote about its constraint at the five focusing steps, the newest day first"`
	MayNote    bool         `json:"mayNote" doc:"The viewer works on this board, and may write more"`
	Why        Why          `json:"why"`
}

// StreamStep is one column of it.
type StreamStep struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	N        int      `json:"n"`
	Lead     float64  `json:"leadMs"`
	Process  float64  `json:"processMs"`
	Handed   int      `json:"handed" doc:"Times that work went on from here"`
	Back     int      `json:"back" doc:"Times that it came back here, or to before, from a later column"`
	Accurate *float64 `json:"accuratePercent,omitempty" doc:"Complete and accurate: what went on and did not come back"`
}

// ValueStream of a board.
func (s *Service) ValueStream(ctx context.Context, boardID string, in Ask) (Stream, error) {
	a, err := s.ask(ctx, boardID, in)
	if err != nil {
		return Stream{}, err
	}
	q, viewer := s.store.Rows(ctx), who.From(ctx)
	notes, err := notesOf(q, a.layout)
	if err != nil {
		return Stream{}, err
	}
	seen, err := s.boards.See(q, viewer, boardID)
	if err != nil {
		return Stream{}, err
	}
	may := viewer.PersonID != "" && seen.Rights.CanWork() && seen.Open() == nil
	for i := range notes {
		notes[i].MayChange = may
	}
	points, out := measure.Finished(a.counted, a.window)
	m := a.rec.ValueStream(points)
	v := Stream{Steps: []StreamStep{}, Lead: m.Lead, Process: m.Process, Activity: percent(m.Activity()), Rolled: percent(m.Rolled), Title: "Nothing finished in this window", Notes: notes, MayNote: may}
	for _, st := range m.Steps {
		c := a.rec.Board.Columns[st.Column]
		x := StreamStep{ID: c.ID, Name: c.Name, Kind: kindNames[c.Kind], N: st.Items, Lead: st.Lead, Process: st.Process, Handed: st.Handed, Back: st.Back}
		if share, ok := st.CompleteAccurate(); ok {
			p := percent(share)
			x.Accurate = &p
		}
		v.Steps = append(v.Steps, x)
	}
	if m.Constraint >= 0 && len(points) > 0 {
		name := v.Steps[m.Constraint].Name
		v.Constraint = &name
		v.Title = fmt.Sprintf("Work waits longest in %s", name)
	}
	v.Why = a.why("Lead time: mean elapsed time, not calendar days, from coming into a column to going on. Process time is estimated as time in active columns minus blocked. Complete and accurate: one minus what came back over what went on.",
		len(points), left("never started", out.NeverStarted), left("no whole history, or finished before it was started", out.Junk))
	return v, nil
}
