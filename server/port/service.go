package port

import (
	"context"
	"errors"
	"io"
	"time"

	"trestle/server/board"
	"trestle/server/clock"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Service is the verbs of this room: Import, Export, Sweep.
type Service struct {
	store  *store.Store
	boards *board.Service
	// staged is called after each chunk with how many cards are staged; tests let the program die there.
	staged func(cards int)
}

// New makes the room.
func New(st *store.Store, boards *board.Service) *Service {
	return &Service{store: st, boards: boards, staged: func(int) {}}
}

// Request is an import to be done.
type Request struct {
	Team     string        // the team's id or key
	Source   string        // trello, trestle, or "" to look into the file
	DryRun   bool          // report only
	TimeZone string        // for due dates and the new board; the person's own, else UTC, when empty
	File     io.ReadSeeker // read twice from its beginning
}

// errReplan says that what the plan was made from has changed meanwhile: plan again.
var errReplan = errors.New("port: the board changed while it was imported")

// Import brings a board from a file, or adds to it what is new since the last time. Only a lead of the team
// may. Errors: invalid (the file, the source), too_large, not_found and forbidden (the team), wip_limit
// (a hard limit of the board that is here already); after any of them nothing has changed.
func (s *Service) Import(ctx context.Context, r Request) (Report, error) {
	t, err := s.lead(s.store.Rows(ctx), who.From(ctx), r.Team)
	if err != nil {
		return Report{}, err
	}
	if err := known(r.Source); err != nil {
		return Report{}, err
	}
	source, err := sniff(r.File)
	if err != nil {
		return Report{}, err
	}
	if r.Source != "" && r.Source != source {
		return Report{}, refuse("it is from %s, not from %s", source, r.Source)
	}
	for range 5 {
		rep, err := s.attempt(ctx, r, t, source)
		if !errors.Is(err, errReplan) {
			return rep, err
		}
	}
	return Report{}, fault.Unavailable(time.Second, "The board keeps changing while it is imported. Please try again.")
}

// teamRow is the team that receives.
type teamRow struct{ id, key string }

// lead finds the team and checks that the viewer leads it.
func (s *Service) lead(q *store.Query, v who.Viewer, idOrKey string) (teamRow, error) {
	var t teamRow
	_, err := q.Row([]any{&t.id, &t.key}, "SELECT id, key FROM teams WHERE (id = ? OR key = ?) AND archived_at IS NULL", idOrKey, idOrKey)
	if err != nil {
		return t, err
	}
	r, err := team.RightsIn(q, v, t.id)
	if err != nil {
		return t, err
	}
	if t.id == "" || (!r.Member && r.Role == team.None) {
		return t, fault.NotFound("team")
	}
	if !r.CanLead() {
		return t, fault.Forbidden("Only a lead of this team may import a board for it.")
	}
	return t, nil
}

// plan is what one attempt will write, and what it was decided on.
type plan struct {
	team     teamRow
	in       *inBoard
	here     *board.Layout // the board of an earlier import, nil = none
	after    *board.Layout // the board with the new columns; their RIDs are set by the stage
	ids      knownIDs
	moved    map[string]bool // cards of removed columns, by external id, that go to the first column
	newCards []int           // indexes into in.cards, oldest card first
	report   Report
}

func (s *Service) attempt(ctx context.Context, r Request, t teamRow, source string) (Report, error) {
	p, err := s.plan(ctx, r, t, source)
	if err != nil {
		return Report{}, err
	}
	if r.DryRun {
		return p.report, nil
	}
	if !p.anythingNew() {
		// nothing to write, but the answer is kept for a retry of the same command
		return store.InTx(ctx, s.store, nil, func(*store.Tx) (Report, error) { return p.report, nil })
	}
	return s.stage(ctx, p)
}

func (p *plan) anythingNew() bool {
	return p.here == nil || len(p.in.cards) > 0 || len(p.newColumns()) > 0 || len(p.newFields()) > 0
}

// newColumns are the open lists that the board here does not have yet; archived ones matter only when a
// new card's history names them.
func (p *plan) newColumns() []*inColumn {
	named := map[string]bool{}
	for i := range p.in.cards {
		for _, st := range p.in.cards[i].steps {
			named[st.from], named[st.to] = true, true
		}
	}
	var out []*inColumn
	for i := range p.in.columns {
		c := &p.in.columns[i]
		if _, ok := p.ids.of("column", c.id); !ok && (p.here == nil || c.retiredAt == nil || named[c.id]) {
			out = append(out, c)
		}
	}
	return out
}

func (p *plan) newFields() []inField {
	var out []inField
	for _, f := range p.in.fields {
		if _, ok := p.ids.of("field", p.fieldID(f.id)); !ok {
			out = append(out, f)
		}
	}
	return out
}

// fieldID makes ids that are not unique over there unique here.
func (p *plan) fieldID(id string) string {
	if id == startField {
		return id + ":" + p.in.id
	}
	return id
}

func (s *Service) plan(ctx context.Context, r Request, t teamRow, source string) (*plan, error) {
	q := s.store.Rows(ctx)
	p := &plan{team: t, moved: map[string]bool{}}
	var err error
	if p.ids, err = knownIn(q, t.id, source); err != nil {
		return nil, err
	}
	zone, err := s.zone(q, who.From(ctx), r.TimeZone)
	if err != nil {
		return nil, err
	}
	var counts Counts
	var n *notes
	already := 0
	isKnown := func(card string) bool {
		_, ok := p.ids.of("card", card)
		if ok {
			already++
		}
		return ok
	}
	if source == Trello {
		raw, err := readTrello(r.File)
		if err != nil {
			return nil, err
		}
		if zone, err = s.meet(q, p, raw.id, zone); err != nil {
			return nil, err
		}
		p.in, counts, n = raw.toBoard(zone, p.here == nil, isKnown)
	} else {
		if p.in, counts, n, err = readTrestle(r.File, s.store.Now()); err != nil {
			return nil, err
		}
		if _, err = s.meet(q, p, p.in.id, zone); err != nil {
			return nil, err
		}
		p.in.dropKnown(isKnown)
	}
	p.in.fit(n)
	if err := s.others(q, who.From(ctx), p, n); err != nil {
		return nil, err
	}
	if err := p.rename(q); err != nil {
		return nil, err
	}
	if err := p.layout(n, store.Ms(s.store.Now())); err != nil {
		return nil, err
	}
	p.report = Report{BoardName: p.in.name, Source: source, DryRun: r.DryRun, Counts: counts, AlreadyThere: already,
		Kept: lines(p.keptLines()), Changed: lines(n.changed), Dropped: lines(n.dropped)}
	if p.here != nil {
		p.report.BoardID, p.report.BoardName = p.here.ID, p.here.Name
	}
	return p, nil
}

func (p *plan) keptLines() []Line {
	if p.here == nil {
		return kept(p.in)
	}
	only := *p.in // of what is here already nothing is written
	only.columns, only.fields, only.lanes = nil, p.newFields(), nil
	for _, c := range p.newColumns() {
		only.columns = append(only.columns, *c)
	}
	return kept(&only)
}

// meet finds the board that an earlier import of the same board made. Its time zone then counts.
func (s *Service) meet(q *store.Query, p *plan, external string, zone *time.Location) (*time.Location, error) {
	id, ok := p.ids.of("board", external)
	if !ok {
		return zone, nil
	}
	l, err := s.boards.LayoutIn(q, id)
	if err != nil {
		return nil, err
	}
	if l == nil {
		return nil, errReplan // its import is being finished or swept this moment
	}
	if l.ArchivedAt != nil {
		return nil, fault.Conflict("archived", "This board was imported before, as %s, and is archived. Restore it first.", l.Name)
	}
	p.here = l
	return l.Location(), nil
}

func (s *Service) zone(q *store.Query, v who.Viewer, asked string) (*time.Location, error) {
	if asked == "" && v.PersonID != "" {
		if _, err := q.Row([]any{&asked}, "SELECT time_zone FROM people WHERE id = ?", v.PersonID); err != nil {
			return nil, err
		}
		if _, ok := clock.Zone(asked); !ok {
			asked = ""
		}
	}
	if asked == "" {
		asked = "UTC"
	}
	zone, ok := clock.Zone(asked)
	if !ok {
		return nil, fault.Invalid("body.timeZone", "There is no time zone %q; a name looks like Europe/Berlin", clip(asked, 60))
	}
	return zone, nil
}
