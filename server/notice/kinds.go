package notice

import "slices"

// Way is how somebody wants to learn of a kind of note.
type Way string

// The ways, from loudest to none.
const (
	ByMail  Way = "mail"   // in the inbox, and by mail at once
	Daily   Way = "digest" // in the inbox, and in the daily mail
	InInbox Way = "inbox"
	Off     Way = "off"
)

// Kind is a kind of note and what is done with it unless somebody chose otherwise.
type Kind struct {
	Name string
	Way  Way
	Chat bool // goes to a team's chat unless the lead chose otherwise
}

// Kinds are those that people may choose ways for, in the order of the page: first what asks something of them.
// A note of another kind goes to the inbox.
var Kinds = []Kind{
	{"card.mentioned", ByMail, false},
	{"blocker.raised", ByMail, true},
	{"blocker.due", ByMail, false},
	{"retro.due", ByMail, true},
	{"ritual.invited", ByMail, false},
	{"standup.meeting", ByMail, false},
	{"checklist.pushed_back", ByMail, false},
	{"checklist.reminded", ByMail, false},
	{"launch.changed", ByMail, true},
	{"desk.morning", Daily, false},
	{"flow.weekly", Daily, true},
	{"ask.raised", Daily, true},
	{"card.assigned", Daily, false},
	{"ask.answered", Daily, false},
	{"checklist.answered", Daily, false},
	{"checklist.not_applicable", Daily, false},
	{"checklist.to_confirm", Daily, false},
	{"checklist.proposed", Daily, false},
	{"checklist.decided", InInbox, false},
	{"standup.asked", InInbox, false},
	{"standup.helped", Daily, false},
	{"blocker.promised", InInbox, true},
	{"policy.top_changed", InInbox, true},
	{"retro.published", InInbox, true},
	{"standup.summary", InInbox, true},
	{"ritual.summary", InInbox, true},
	{"health.opened", Daily, false},
	{"health.revealed", InInbox, false},
	{"card.watched", InInbox, false},
}

func kindOf(name string) Kind {
	if i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Name == name }); i >= 0 {
		return Kinds[i]
	}
	return Kind{Name: name, Way: InInbox}
}

func known(name string) bool {
	return slices.ContainsFunc(Kinds, func(k Kind) bool { return k.Name == name })
}
