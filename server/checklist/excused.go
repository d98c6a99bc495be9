package checklist

import "trestle/server/board"

// excused are the items that would block, and count although nobody understood an answer. One that does not apply is
// among them too when what depends on it would be asked otherwise.
func excused(f Frame, looks []look) *board.Excused {
	out, spared := &board.Excused{}, map[string]bool{}
	for _, l := range looks {
		if w := l.it.When; w != nil && !l.holds && f.Blocks(l.it, ToAnswer, true) != "" {
			spared[w.Item] = true
		}
	}
	for _, l := range looks {
		switch state := l.state(); {
		case l.why != "":
		case state == NA && (l.asked || spared[l.it.Key]):
			out.NA = append(out.NA, l.it.Key)
		case state == Gap && l.asked:
			out.Gaps = append(out.Gaps, board.AcceptedGap{Key: l.it.Key, Until: l.gapUntil()})
		}
	}
	return out.Or()
}

// gapUntil is the day on which the first gap ends: its own, or one of its services.
func (l look) gapUntil() (day string) {
	if !l.inherits {
		return l.own.GapUntil
	}
	for _, s := range l.services {
		if a := s.answer; !s.gone && a != nil && a.State == Gap && (day == "" || a.GapUntil < day) {
			day = a.GapUntil
		}
	}
	return day
}

// stood is how an item of a frozen checklist stood, against what is asked now.
func (it *Item) stood(f Frame) look {
	asked := &TemplateItem{Topic: it.Topic, Key: it.Key, Question: it.Question, From: it.From, Phase: it.Phase, Scope: it.Scope, When: it.When}
	own := &answer{State: it.State}
	switch {
	case it.inherits():
		for _, s := range it.Services {
			if s.State == Gap && !s.Service.Gone && (own.GapUntil == "" || s.GapUntil < own.GapUntil) {
				own.GapUntil = s.GapUntil
			}
		}
	case it.Gap != nil:
		own.GapUntil = it.Gap.Until
	}
	return look{it: asked, own: own, holds: !it.Skipped, asked: f.Blocks(asked, ToAnswer, !it.Skipped) != "", why: it.Why, blocks: f.Blocks(asked, it.Why, !it.Skipped)}
}
