package board

import (
	"slices"

	"trestle/server/fault"
	"trestle/server/store"
)

// Reserve is a share of the work that a team keeps for one kind of it: of what finishes, and of the time in progress.
type Reserve struct {
	By      string `json:"by" enum:"type,class,planned" doc:"What Key is: a card's type, its class, or whether it was planned"`
	Key     string `json:"key" maxLength:"40" doc:"improvement, expedite, unplanned, …"`
	Percent int    `json:"percent" minimum:"1" maximum:"100"`
}

// reservable are the kinds of work for which one may reserve; the types and classes are those of cards.
var reservable = map[string][]string{
	"type":    {"feature", "defect", "incident", "risk", "debt", "toil", "improvement", "ask"},
	"class":   {Expedite, "fixed_date", "standard", "intangible"},
	"planned": {"planned", "unplanned"},
}

const reservesMost = 20

// checkReserves refuses what is no kind of work, what is named twice, and more than there is.
func checkReserves(list []Reserve) error {
	const at = "body.reserves"
	if len(list) > reservesMost {
		return fault.Invalid(at, "A board has at most %d reserves", reservesMost)
	}
	sums := map[string]int{}
	for i, r := range list {
		if !slices.Contains(reservable[r.By], r.Key) {
			return fault.Invalid(at, "By %s there is no kind of work called %.40q", r.By, r.Key)
		}
		if slices.ContainsFunc(list[:i], func(x Reserve) bool { return x.By == r.By && x.Key == r.Key }) {
			return fault.Invalid(at, "There are two reserves for %s", r.Key)
		}
		if r.Percent < 1 || r.Percent > 100 {
			return fault.Invalid(at, "A reserve is between 1 and 100 percent")
		}
		if sums[r.By] += r.Percent; sums[r.By] > 100 {
			return fault.Invalid(at, "The reserves by %s are more than 100 percent together", r.By)
		}
	}
	return nil
}

func loadReserves(q *store.Query, boardRID int64) (out []Reserve, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var r Reserve
		err := scan(&r.By, &r.Key, &r.Percent)
		out = append(out, r)
		return err
	}, "SELECT part_of, part, percent FROM reserve_versions WHERE board_rid = ? AND to_at IS NULL ORDER BY part_of, rid", boardRID)
	return out, err
}

// saveReserves closes the reserves that changed and opens the new ones.
func saveReserves(tx *store.Tx, boardRID int64, before, after []Reserve) error {
	now := store.Ms(tx.Now)
	for _, r := range before {
		if !slices.Contains(after, r) {
			if _, err := tx.Exec("UPDATE reserve_versions SET to_at = ? WHERE board_rid = ? AND part_of = ? AND part = ? AND to_at IS NULL", now, boardRID, r.By, r.Key); err != nil {
				return err
			}
		}
	}
	for _, r := range after {
		if !slices.Contains(before, r) {
			if _, err := tx.Exec("INSERT INTO reserve_versions (board_rid, part_of, part, percent, actor_id, from_at) VALUES (?,?,?,?,?,?)",
				boardRID, r.By, r.Key, r.Percent, tx.ActorID, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// WorkflowReserve is a reserve with its date.
type WorkflowReserve struct {
	Reserve
	Before *int `json:"before,omitempty" doc:"The share that was reserved until then; absent where none was"`
	Dated
}

func (r *reader) reserves(l *Layout) ([]WorkflowReserve, error) {
	out := []WorkflowReserve{}
	for _, x := range l.Reserves {
		out = append(out, WorkflowReserve{Reserve: x})
	}
	ended := make([]int64, len(out)) // when the one before ended
	return out, r.q.Each(func(scan func(...any) error) error {
		var x Reserve
		var actor string
		var at int64
		var to *int64
		if err := scan(&x.By, &x.Key, &x.Percent, &actor, &at, &to); err != nil {
			return err
		}
		dated := r.at(actor, at)
		i := slices.IndexFunc(out, func(o WorkflowReserve) bool { return o.By == x.By && o.Key == x.Key })
		switch {
		case i < 0:
		case to == nil:
			if out[i].Dated = dated; ended[i] != at { // nothing was reserved in between
				out[i].Before = nil
			}
		default:
			out[i].Before, ended[i] = &x.Percent, *to
		}
		return nil
	}, "SELECT part_of, part, percent, actor_id, from_at, to_at FROM reserve_versions WHERE board_rid = ? ORDER BY from_at, rid", l.RID)
}
