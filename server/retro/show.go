package retro

import (
	"math"
	"time"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/store"
)

// view is the one place where it is decided what of a retro leaves for whom.
func (at *seat) view(q *store.Query, now time.Time) (v View, err error) {
	v = View{Retro: at.head(), Columns: at.Columns, Notes: []NoteView{}, Groups: []GroupView{}, Actions: []ActionView{}, Carried: []CarriedView{}, Facts: at.Facts, Now: now}
	if v.Seq, _, err = store.TopicIn(q, event.RetroTopic(at.ID)); err != nil {
		return v, err
	}
	people, err := peopleOf(q, at.RID)
	if err != nil {
		return v, err
	}
	ids := make([]string, 0, len(people))
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	faces, err := account.PeopleByID(q, ids)
	if err != nil {
		return v, err
	}
	v.People = at.crowd(people, faces, now)
	for _, part := range []func(*store.Query, *View, map[string]account.Person) error{at.showNotes, at.showVotes, at.showTalk, at.showActions, at.showCheckin, at.showClose} {
		if err := part(q, &v, faces); err != nil {
			return v, err
		}
	}
	at.showMe(&v, people, now)
	return v, nil
}

func (at *seat) head() Head {
	h := Head{ID: at.ID, TeamID: at.TeamID, TeamKey: at.TeamKey, TeamName: at.TeamName, BoardID: at.BoardID, BoardName: at.BoardName, Title: at.Title,
		TemplateKey: at.TemplateKey, Anonymity: at.Anonymity, Phase: at.Phase, Phases: []PhaseView{}, Next: at.beside(1), VoteBudget: at.Budget,
		Code: at.Code, MaxPerGroup: at.MaxPerGroup, Version: at.Version, CreatedAt: store.At(at.CreatedAt), ClosedAt: store.AtPtr(at.ClosedAt), Abandoned: at.Abandoned,
		Timer: TimerView{Seconds: at.Timer.Seconds, EndsAt: store.AtPtr(at.Timer.EndsAt)}, OpensUntil: store.AtPtr(at.OpensUntil)}
	if back := at.beside(-1); at.mayTurn(back, false) == nil {
		h.Back = back
	}
	if at.Timer.Left != nil {
		left := int((*at.Timer.Left + 999) / 1000)
		h.Timer.PausedLeft = &left
	}
	state := "done"
	for _, p := range at.Phases {
		if p.Key == at.Phase {
			state = "now"
		}
		h.Phases = append(h.Phases, PhaseView{p.Key, p.Enabled, p.Seconds, state, store.AtPtr(p.StartedAt)})
		if state == "now" {
			state = "next"
		}
	}
	return h
}

func here(p person, now time.Time) bool {
	return store.Ms(now)-p.SeenAt < hereFor.Milliseconds()
}

func (at *seat) crowd(people []person, faces map[string]account.Person, now time.Time) []PersonView {
	out := []PersonView{}
	for _, p := range people {
		f := faces[p.ID]
		out = append(out, PersonView{ID: p.ID, Name: f.Name, Discipline: f.Discipline, Hue: f.Hue, Facilitator: p.Facilitator, Done: p.Done,
			Here: at.ClosedAt == nil && at.Phase != Collect && here(p, now)})
	}
	return out
}

func (at *seat) showNotes(q *store.Query, v *View, faces map[string]account.Person) error {
	notes, err := notesOf(q, at.RID)
	if err != nil {
		return err
	}
	groups, err := groupsOf(q, at.RID)
	if err != nil {
		return err
	}
	if at.counted() {
		groups = ranked(groups, notes)
	}
	index := map[string]int{}
	for _, g := range groups {
		index[g.ID] = len(v.Groups)
		view := GroupView{ID: g.ID, Column: g.Column, Title: g.Title, State: g.State, Said: g.Said, NoteIDs: []string{}}
		if at.counted() {
			votes := g.Votes
			view.Votes = &votes
		}
		v.Groups = append(v.Groups, view)
	}
	me := at.code(forNote)
	writers := map[string]bool{}
	for _, n := range notes {
		writers[n.Author] = true
		x := NoteView{ID: n.ID, Column: n.Column, Lines: lines(n.Text), Mine: me != "" && n.Author == me, GroupID: n.GroupID, Late: n.Late}
		if x.Mine || at.revealed() {
			x.Text = n.Text
		}
		if at.revealed() && n.AuthorID != "" {
			x.Author = named(faces, n.AuthorID)
		}
		if x.Mine {
			v.Me.NotesRemaining--
		}
		if i, ok := index[n.GroupID]; ok {
			v.Groups[i].NoteIDs = append(v.Groups[i].NoteIDs, n.ID)
		}
		if at.Phase == Collect && !x.Mine { // a shape that appears while one knows who is there would tell whose it is
			continue
		}
		v.Notes = append(v.Notes, x)
	}
	if at.Phase == Collect {
		v.Collected = &Collected{People: len(writers), Notes: len(notes)}
		return nil
	}
	if at.facilitates() && !at.revealed() {
		quiet := max(0, len(v.People)-len(writers))
		v.Me.Quiet = &quiet
	}
	return nil
}

func (at *seat) showVotes(q *store.Query, v *View, _ map[string]account.Person) error {
	v.Me.VotesLeft = at.Budget
	me := at.code(forVote)
	if me == "" {
		return nil
	}
	mine := map[string]int{}
	err := q.Each(func(scan func(...any) error) error {
		var id string
		var n int
		err := scan(&id, &n)
		mine[id] = n
		v.Me.VotesLeft -= n
		return err
	}, "SELECT group_id, n FROM retro_votes WHERE retro_rid = ? AND voter = ?", at.RID, me)
	for i := range v.Groups {
		v.Groups[i].MyVotes = mine[v.Groups[i].ID]
	}
	return err
}

func (at *seat) showTalk(q *store.Query, v *View, _ map[string]account.Person) error {
	if at.Topic == "" {
		return nil
	}
	v.Discussing = &Discussing{GroupID: at.Topic, EndsAt: store.AtPtr(at.Timer.EndsAt), Thumbs: Thumbs{On: at.Timer.over(v.Now)}}
	t, me := &v.Discussing.Thumbs, at.code(forThumb)
	return q.Each(func(scan func(...any) error) error {
		var voter, value string
		if err := scan(&voter, &value); err != nil {
			return err
		}
		if value == GoOn {
			t.Continue++
		} else {
			t.MoveOn++
		}
		if me != "" && voter == me {
			t.Mine = value
		}
		return nil
	}, "SELECT voter, value FROM retro_thumbs WHERE retro_rid = ?", at.RID)
}

func (at *seat) showActions(q *store.Query, v *View, _ map[string]account.Person) error {
	actions, err := actionsWhere(q, "a.retro_rid = ?", at.RID)
	if err != nil {
		return err
	}
	for _, a := range actions {
		v.Actions = append(v.Actions, ActionView{ID: a.id, Title: a.title, OwnerID: a.ownerID, OwnerName: a.ownerName, DueOn: a.dueOn, Signal: a.signal,
			CardID: a.cardID, CardKey: a.key, State: a.now()})
	}
	old, err := carriedOf(q, at.RID)
	for _, c := range old {
		v.Carried = append(v.Carried, CarriedView{ID: c.id, Title: c.title, OwnerID: c.ownerID, OwnerName: c.ownerName, DueOn: c.dueOn, Signal: c.signal,
			CardID: c.cardID, CardKey: c.key, Carried: c.times, State: c.now(), Why: c.why, DueWas: c.dueWas})
	}
	return err
}

func (at *seat) showCheckin(q *store.Query, v *View, faces map[string]account.Person) error {
	v.Checkin = CheckinView{Question: at.Question, Answers: []CheckinAnswer{}}
	me := at.code(forCheckin)
	return q.Each(func(scan func(...any) error) error {
		var author, authorID, text string
		if err := scan(&author, &authorID, &text); err != nil {
			return err
		}
		v.Checkin.N++
		if me != "" && author == me {
			v.Checkin.Mine = text
		}
		if at.revealed() {
			v.Checkin.Answers = append(v.Checkin.Answers, CheckinAnswer{text, named(faces, authorID)})
		}
		return nil
	}, "SELECT COALESCE(author, ''), author_id, text FROM retro_checkins WHERE retro_rid = ? ORDER BY id", at.RID)
}

func mean(n, sum int) *Mean {
	if n == 0 || sum == 0 {
		return nil
	}
	return &Mean{n, math.Round(float64(sum)/float64(n)*10) / 10}
}

func (at *seat) showClose(q *store.Query, v *View, _ map[string]account.Person) error {
	if at.Phase == Published {
		v.Close = CloseView{N: at.RotiN, Roti: mean(at.RotiN, at.RotiSum), Safety: mean(at.SafeN, at.SafetSum)}
		return nil
	}
	me := at.code(forAnswer)
	voters := map[string]bool{}
	err := q.Each(func(scan func(...any) error) error {
		var voter, kind string
		var value int
		if err := scan(&voter, &kind, &value); err != nil {
			return err
		}
		voters[voter] = true
		switch {
		case me == "" || voter != me:
		case kind == "roti":
			v.Close.RotiMine = value
		default:
			v.Close.SafetyMine = value
		}
		return nil
	}, "SELECT voter, kind, value FROM retro_answers WHERE retro_rid = ?", at.RID)
	v.Close.N = len(voters)
	return err
}

func (at *seat) showMe(v *View, people []person, now time.Time) {
	m := &v.Me
	m.NotesRemaining += maxNotesEach
	if at.ClosedAt != nil {
		*m = Me{Joined: at.here != nil}
		return
	}
	led := false
	for _, p := range people {
		led = led || (p.Facilitator && here(p, now))
	}
	m.CanWrite, m.CanFacilitate = at.takes(), at.facilitates()
	m.CanWork = m.CanWrite && at.rights.CanWork()
	if at.Phase == Collect {
		led = !at.due(now)
	}
	m.CanTakeOver = m.CanWork && !led && !m.CanFacilitate
	if at.here != nil {
		m.Joined, m.Facilitator, m.Done = true, at.here.Facilitator, at.here.Done
	}
}
