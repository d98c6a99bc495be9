package flow

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"trestle/server/board"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Wall is every board that the viewer may see, so that they know in ten seconds what is stuck and what waits for them.
type Wall struct {
	At      time.Time     `json:"at" doc:"When this was true"`
	Boards  []WallBoard   `json:"boards" doc:"First what waits for the viewer, then what needs a manager most, then what is worst"`
	Waiting []Waiting     `json:"waiting" doc:"What waits for the viewer's answer, the oldest first"`
	Blocked []WallBlocked `json:"blocked" doc:"Cards that wait for somebody outside the team, the longest first"`
	Sums    WallSums      `json:"sums"`
	Failed  []string      `json:"failed" enum:"waiting,launches" doc:"Parts that could not be read just now"`
}

// WallSums is all boards together.
type WallSums struct {
	WIP      int `json:"wip"`
	Expedite int `json:"expedite" doc:"Of them, those of the class expedite, which a board's Flow page counts only where it is asked for"`
	Blocked  int `json:"blocked" doc:"Cards"`
	Outside  int `json:"outside" doc:"Of them, those that wait for somebody outside the team"`
	Risk     int `json:"risk" doc:"In progress for 70 % of their expectation or longer, and not past it"`
	Past     int `json:"past" doc:"In progress for longer than their expectation"`
	Finished int `json:"finished" doc:"Since Monday, in each board's time zone"`
}

// Waiting is what waits for one person: a row of their Today.
type Waiting struct {
	Kind      string       `json:"kind" doc:"noun.verb or noun.state, as on Today"`
	ID        string       `json:"id"`
	Title     string       `json:"title"`
	Text      string       `json:"text,omitempty"`
	Who       string       `json:"who,omitempty" doc:"Who waits, or asks, or answered"`
	Hue       *int         `json:"hue,omitempty" doc:"Of who: the colour of their face"`
	Key       string       `json:"key,omitempty" doc:"Of the card"`
	BoardID   string       `json:"boardId,omitempty"`
	BoardName string       `json:"boardName,omitempty"`
	TeamName  string       `json:"teamName,omitempty"`
	Column    string       `json:"column,omitempty"`
	Item      string       `json:"item,omitempty" doc:"Of a checklist: the key of the question, the first of count"`
	Question  string       `json:"question,omitempty" doc:"…and the question"`
	Count     *int         `json:"count,omitempty"`
	At        *time.Time   `json:"at,omitempty" doc:"Since when"`
	Link      string       `json:"link,omitempty" doc:"A path of this installation"`
	Actions   []WaitingAct `json:"actions,omitempty" doc:"Answers that need nothing more"`
	Times     []time.Time  `json:"times,omitempty" doc:"Proposed times, to take one"`
	Age       int          `json:"age,omitempty" doc:"Calendar days it waits, the first one counted, as those of blocked cards are; in the board's time zone, or UTC where it is about none"`
	Days      []string     `json:"days,omitempty" doc:"Of a blocker: days by which one may say to have it"`
	Notices   []string     `json:"notices,omitempty" doc:"One's unread notices that tell of it: read once it is answered from here"`
}

// WaitingAct is an answer in one step.
type WaitingAct struct {
	Word string         `json:"word"`
	Post string         `json:"post" doc:"A path under /api/v1"`
	Body map[string]any `json:"body,omitempty"`
	Undo string         `json:"undo,omitempty" doc:"A path under /api/v1 to POST to"`
	Back map[string]any `json:"undoBody,omitempty"`
	Done string         `json:"done,omitempty" doc:"What to say once it is done"`
}

// Launching is a launch of a team, on a day.
type Launching struct {
	TeamID, On string
	Blocking   int // questions of its checklist that block it
}

// Beside is what later rooms know and a wall shows: what waits for a viewer, and what is to be launched.
type Beside interface {
	// Waiting is in parts: whole is false where some of them could not be read.
	Waiting(ctx context.Context) (rows []Waiting, whole bool, err error)
	// Launching gives the planned launches of these days, the first one first.
	Launching(ctx context.Context, q *store.Query, from, to string) ([]Launching, error)
}

// UseBeside introduces the later rooms.
func (s *Service) UseBeside(b Beside) { s.beside = b }

// walls keeps what a wall says of each board, which is little: true at a sequence, a version, a team's name and a day.
type walls struct {
	mu     sync.Mutex
	boards map[string]*wallEntry
}

type wallEntry struct {
	mu           sync.Mutex
	seq, version int64
	team, day    string
	board        *wallOf
}

// Wall of all boards that the viewer may see. However many there are, it is read in so many statements, and those of the
// boards that have moved on since somebody last looked.
func (s *Service) Wall(ctx context.Context) (Wall, error) {
	v, q, now := who.From(ctx), s.store.Rows(ctx), s.store.Now()
	w := Wall{At: now, Boards: []WallBoard{}, Waiting: []Waiting{}, Blocked: []WallBlocked{}, Failed: []string{}}
	may, err := team.Sight(q, v)
	if err != nil {
		return w, err
	}
	all, err := board.Currents(q)
	if err != nil {
		return w, err
	}
	all = slices.DeleteFunc(all, func(b board.Current) bool { return !may(b.TeamID, b.Visibility) })
	boards, err := s.wallBoards(q, all, now)
	if err != nil {
		return w, err
	}
	outside, err := waitsOutside(q, boards, now)
	if err != nil {
		return w, err
	}
	around, err := s.around(ctx, q, now, &w)
	if err != nil {
		return w, err
	}
	for _, of := range boards {
		b := of.board
		b.Outside = len(outside[b.ID])
		around.say(&b, of)
		w.Sums.WIP, w.Sums.Expedite = w.Sums.WIP+b.WIP, w.Sums.Expedite+b.Expedite
		w.Sums.Blocked, w.Sums.Outside = w.Sums.Blocked+b.Blocked, w.Sums.Outside+b.Outside
		w.Sums.Risk, w.Sums.Past, w.Sums.Finished = w.Sums.Risk+b.Risk, w.Sums.Past+b.Past, w.Sums.Finished+b.Finished
		w.Boards, w.Blocked = append(w.Boards, b), append(w.Blocked, outside[b.ID]...)
	}
	slices.SortStableFunc(w.Boards, needsFirst(now))
	slices.SortStableFunc(w.Blocked, func(x, y WallBlocked) int { return x.Since.Compare(y.Since) })
	return w, nil
}

// Everything is what the wall says of every board, whoever may see it: for measures of the whole installation, which name no
// board and no card.
func (s *Service) Everything(ctx context.Context) ([]WallBoard, error) {
	q, now := s.store.Rows(ctx), s.store.Now()
	all, err := board.Currents(q)
	if err != nil {
		return nil, err
	}
	boards, err := s.wallBoards(q, all, now)
	if err != nil {
		return nil, err
	}
	outside, err := waitsOutside(q, boards, now)
	out := make([]WallBoard, len(boards))
	for i, of := range boards {
		out[i] = of.board
		out[i].Outside = len(outside[of.board.ID])
	}
	return out, err
}

// needsFirst puts first what needs a manager: what waits for them, an expedite card in work, what somebody outside the team has
// to clear, a limit that is broken now, a launch within a week that something blocks. Then what is worst; boards that are alike
// stay by team and name.
func needsFirst(now time.Time) func(x, y WallBoard) int {
	some := func(n int) int { return min(n, 1) }
	week := now.AddDate(0, 0, 7).Format(time.DateOnly)
	needs := func(b WallBoard) int {
		n := some(b.Expedite) + some(b.Outside)
		if slices.ContainsFunc(b.Columns, func(c WallColumn) bool { return c.State == "over" }) {
			n++
		}
		if b.LaunchOn != "" && b.LaunchOn <= week && b.LaunchBlocking > 0 {
			n++
		}
		return n
	}
	return func(x, y WallBoard) int {
		return cmp.Or(some(y.Waiting)-some(x.Waiting), needs(y)-needs(x), tones[y.Tone]-tones[x.Tone], y.Past-x.Past, y.Over.Days-x.Over.Days)
	}
}

var tones = map[string]int{"bad": 3, "warn": 2, "fine": 1, "none": 0}

// wallBoards reads what has moved on, and takes the rest from what is kept.
func (s *Service) wallBoards(q *store.Query, all []board.Current, now time.Time) (out []*wallOf, err error) {
	for _, b := range all {
		e := s.walls.of(b.ID)
		of, err := func() (*wallOf, error) {
			e.mu.Lock()
			defer e.mu.Unlock()
			if e.board != nil && e.seq >= b.Seq && e.version >= b.Version && e.team == b.TeamName && e.day == e.board.day(now) {
				return e.board, nil
			}
			l, err := s.boards.LayoutIn(q, b.ID)
			if err != nil || l == nil { // gone since
				return nil, err
			}
			of, err := readWall(q, l, now)
			if err != nil {
				return nil, err
			}
			e.board, e.seq, e.version, e.team, e.day = of, b.Seq, b.Version, b.TeamName, of.day(now)
			return of, nil
		}()
		if err != nil {
			return nil, err
		}
		if of != nil {
			out = append(out, of)
		}
	}
	return out, nil
}

func (k *walls) of(id string) *wallEntry {
	k.mu.Lock()
	defer k.mu.Unlock()
	e := k.boards[id]
	if e == nil {
		e = &wallEntry{}
		k.boards[id] = e
	}
	return e
}
