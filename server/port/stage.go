package port

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"regexp"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/rank"
	"trestle/server/search"
	"trestle/server/store"
	"trestle/server/who"
)

// A chunk ends at so many cards, or at so many rows when cards are rich, or when it has taken so long, whatever makes
// the database slow: others write in between, and no write outlives its deadline.
const (
	chunkCards = 200
	chunkRows  = 3000
	chunkTime  = time.Second
)

// stage writes the plan. Everything first belongs to a board that nobody sees; the last transaction, which
// is short, makes it visible or hands it to the board that is here already. On an error what was staged is
// taken away; after a crash Sweep does that.
func (s *Service) stage(ctx context.Context, p *plan) (Report, error) {
	v := who.From(ctx)
	// the command's key belongs to the last transaction alone
	quiet := store.As(ctx, v.PersonID, v.Name)
	st, err := store.InTx(quiet, s.store, nil, func(tx *store.Tx) (*stagedBoard, error) { return stageBoard(tx, p) })
	if err != nil {
		return Report{}, err
	}
	// in a write of its own: whoever makes a card for this team waits for the row that counts them
	st.number, err = store.InTx(quiet, s.store, nil, func(tx *store.Tx) (int64, error) { return takeNumbers(tx, p.team.id, len(p.newCards)) })
	if err != nil {
		return Report{}, oneOf(errors.Join(err, s.discard(context.WithoutCancel(quiet), st.boardRID, st.boardID)))
	}
	rep, done, err := s.fill(ctx, quiet, p, st)
	if err != nil || !done {
		err = errors.Join(err, s.discard(context.WithoutCancel(quiet), st.boardRID, st.boardID))
	}
	if err != nil {
		return Report{}, oneOf(err)
	}
	return rep, nil
}

// oneOf gives the refusal itself when there is one, else the error.
func oneOf(err error) error {
	if errors.Is(err, errReplan) {
		return errReplan
	}
	if f, ok := fault.As(err); ok {
		return f
	}
	return err
}

// fill stages the cards and then lets the board be seen. done is false when an answer of an earlier run of
// the same command was given instead.
func (s *Service) fill(ctx, quiet context.Context, p *plan, st *stagedBoard) (rep Report, done bool, err error) {
	chunks := p.chunks()
	for len(chunks) > 0 {
		places, err := store.InTx(quiet, s.store, nil, func(tx *store.Tx) ([]place, error) { return stageCards(tx, p, st, chunks[0]) })
		if err != nil {
			return Report{}, false, err
		}
		st.places = append(st.places, places...)
		if chunks[0] = chunks[0][len(places):]; len(chunks[0]) == 0 {
			chunks = chunks[1:]
		}
		s.staged(len(st.places))
	}
	err = store.Do(quiet, s.store, nil, func(tx *store.Tx) error {
		if err := stageFamilies(tx, p, st); err != nil {
			return err
		}
		return card.RefreshFaces(tx, st.boardRID)
	})
	if err != nil {
		return Report{}, false, err
	}
	boardID := st.boardID
	if p.here != nil {
		boardID = p.here.ID
	}
	rep, err = store.InTx(ctx, s.store, []string{event.BoardTopic(boardID)}, func(tx *store.Tx) (Report, error) {
		done = true
		return s.reveal(tx, who.From(ctx), p, st, boardID)
	})
	return rep, done, err
}

// chunks cuts the cards, in the order in which they get their keys.
func (p *plan) chunks() [][]int {
	var out [][]int
	var chunk []int
	rows := 0
	for _, i := range p.newCards {
		n := p.in.cards[i].rows()
		if len(chunk) == chunkCards || (rows+n > chunkRows && len(chunk) > 0) {
			out, chunk, rows = append(out, chunk), nil, 0
		}
		chunk, rows = append(chunk, i), rows+n
	}
	if len(chunk) > 0 {
		out = append(out, chunk)
	}
	return out
}

// stagedBoard is what the stage has made so far.
type stagedBoard struct {
	boardRID int64
	boardID  string
	ids      map[string]string // of columns and lanes: id over there → id here
	lanes    map[string]int64
	fields   map[string]int64
	personal map[string]bool // fields that hold persons
	people   map[string]person
	after    *board.Layout // with RIDs
	with     *plan         // the plan, on that layout and with the new columns' ids
	number   int64         // of the first new card; the others follow
	places   []place
	pos      []string // order keys of the file's cards, for a new board
}

type person struct {
	rid int64
	id  string
}

// place is where a staged card will stand.
type place struct {
	index   int // in the plan's cards
	card    int64
	step    int64 // its last step's row, 0 = none
	entered int64
}

// stageBoard makes the invisible board with its columns, lanes, fields and people.
func stageBoard(tx *store.Tx, p *plan) (*stagedBoard, error) {
	st := &stagedBoard{boardID: store.NewID("brd"), ids: map[string]string{}, lanes: map[string]int64{}, fields: map[string]int64{}, personal: map[string]bool{}, people: map[string]person{}}
	after := *p.after
	after.Columns = append([]board.Column(nil), p.after.Columns...)
	after.Retired = append([]board.Column(nil), p.after.Retired...)
	st.after = &after
	var err error
	if st.boardRID, err = insertBoard(tx, p, st.boardID); err != nil {
		return nil, err
	}
	if err := stagePeople(tx, p, st); err != nil {
		return nil, err
	}
	for _, c := range p.newColumns() {
		if err := stageColumn(tx, p, st, c); err != nil {
			return nil, err
		}
	}
	for _, n := range p.in.lanes {
		if err := stageLane(tx, p, st, n); err != nil {
			return nil, err
		}
	}
	if err := stageFields(tx, p, st); err != nil {
		return nil, err
	}
	with := *p
	with.after, with.ids = &after, st.known(p)
	st.with = &with
	if p.here != nil {
		after.RID = p.here.RID
		return st, nil
	}
	after.RID, after.ID = st.boardRID, st.boardID
	after.StartColumnID, after.FinishColumnID = st.ids[p.in.start], st.ids[p.in.finish]
	if _, err := tx.Exec("UPDATE boards SET start_column_id = ?, finish_column_id = ? WHERE rid = ?", after.StartColumnID, after.FinishColumnID, st.boardRID); err != nil {
		return nil, err
	}
	st.spread(p)
	return st, insertSLEs(tx, st.boardRID, p.in, st)
}

// spread gives a new board's cards their order keys, column by column, archived ones too.
func (st *stagedBoard) spread(p *plan) {
	inColumn := map[string][]int{}
	for i := range p.in.cards {
		inColumn[p.in.cards[i].column] = append(inColumn[p.in.cards[i].column], i)
	}
	st.pos = make([]string, len(p.in.cards))
	for _, cards := range inColumn {
		for n, key := range rank.Spread(len(cards)) {
			st.pos[cards[n]] = key
		}
	}
}

func stageColumn(tx *store.Tx, p *plan, st *stagedBoard, c *inColumn) error {
	col := find(st.after, c.id)
	rid, id, err := insertColumn(tx, st.boardRID, col, c.retiredAt)
	if err != nil {
		return err
	}
	if c.id == st.after.StartColumnID {
		st.after.StartColumnID = id
	}
	if c.id == st.after.FinishColumnID {
		st.after.FinishColumnID = id
	}
	col.RID, col.ID = rid, id
	st.ids[c.id] = id
	for _, v := range c.versions {
		if p.here != nil { // the board here has its own points and positions
			v.isStart, v.isFinish, v.position = false, false, col.Position
		}
		if err := insertVersion(tx, st.boardRID, rid, v, st.person(v.actor)); err != nil {
			return err
		}
	}
	return noteExternal(tx, p, st, "column", c.id, id)
}

// find gives the column with this id, open or retired.
func find(l *board.Layout, id string) *board.Column {
	if c := l.Column(id); c != nil {
		return c
	}
	for i := range l.Retired {
		if l.Retired[i].ID == id {
			return &l.Retired[i]
		}
	}
	return nil
}

func stageLane(tx *store.Tx, p *plan, st *stagedBoard, n inLane) error {
	if local, ok := p.ids.of("lane", n.id); ok {
		if lane := p.after.Lane(local); lane != nil {
			st.lanes[n.id], st.ids[n.id] = lane.RID, local
		}
		return nil
	}
	if p.here != nil {
		return nil // lanes made over there since: their cards stand in no lane
	}
	rid, id, err := insertLane(tx, st.boardRID, n)
	if err != nil {
		return err
	}
	st.lanes[n.id], st.ids[n.id] = rid, id
	return noteExternal(tx, p, st, "lane", n.id, id)
}

func stageFields(tx *store.Tx, p *plan, st *stagedBoard) error {
	for i, f := range p.in.fields {
		external := p.fieldID(f.id)
		st.personal[f.id] = f.kind == board.FieldPerson
		if local, ok := p.ids.of("field", external); ok {
			var rid int64
			if _, err := tx.Row([]any{&rid}, "SELECT rid FROM custom_fields WHERE id = ?", local); err != nil {
				return err
			}
			st.fields[f.id] = rid
			continue
		}
		id := store.NewID("fld")
		f.onFace = f.onFace && p.here == nil // a board that is here has chosen
		rid, err := insertField(tx, st.boardRID, id, i+1, f)
		if err != nil {
			return err
		}
		st.fields[f.id] = rid
		if err := noteExternal(tx, p, st, "field", external, id); err != nil {
			return err
		}
	}
	return nil
}

// stagePeople finds or makes a placeholder for everybody whom the board names. A file cannot speak for the
// people of this workspace: nobody here is matched with a name in it.
func stagePeople(tx *store.Tx, p *plan, st *stagedBoard) error {
	for _, x := range p.in.people {
		local, known := p.ids.of("person", x.id)
		if known {
			var rid int64
			found, err := tx.Row([]any{&rid}, "SELECT rid FROM people WHERE id = ?", local)
			if err != nil {
				return err
			}
			if found {
				st.people[x.id] = person{rid, local}
				continue
			}
		}
		who, err := placeholder(tx, p.in.source, x)
		if err != nil {
			return err
		}
		st.people[x.id] = who
		if known {
			continue
		}
		if err := noteExternal(tx, p, st, "person", x.id, who.id); err != nil {
			return err
		}
	}
	return nil
}

func (st *stagedBoard) person(external string) string { return st.people[external].id }

var plainID = regexp.MustCompile(`^[0-9A-Za-z_]{1,60}$`)

// address is the e-mail of a placeholder: unusable, unique, the same for every team that meets the person.
func address(source, external string) string {
	if !plainID.MatchString(external) {
		sum := sha256.Sum256([]byte(external))
		external = "x" + hex.EncodeToString(sum[:16])
	}
	return source + ":" + external + "@import.invalid"
}

// stageCards writes a chunk of cards with all that belongs to them, or as much of it as there is time for.
func stageCards(tx *store.Tx, p *plan, st *stagedBoard, chunk []int) ([]place, error) {
	n, err := tx.Exec("UPDATE boards SET staged_at = ? WHERE rid = ? AND staged_at IS NOT NULL", store.Ms(tx.Now), st.boardRID)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, errSwept
	}
	number, begun := st.number+int64(len(st.places)), time.Now()
	var places []place
	var cards []int64
	for i, index := range chunk {
		pl, err := stageCard(tx, p, st, index, number+int64(i))
		if err != nil {
			return nil, err
		}
		places, cards = append(places, pl), append(cards, pl.card)
		if time.Since(begun) > chunkTime {
			break
		}
	}
	if p.here != nil { // their words are taken when they come to the board that is here
		return places, nil
	}
	return places, search.Index(tx, cards)
}

var errSwept = fault.Conflict("import_interrupted", "This import was interrupted by a restart. Nothing was changed; please import the file again.")
