// Package notice is the one door by which every room tells people something: in-app inbox, e-mail, chat. A
// room posts a note in the transaction of its change; who gets it how, and when, is decided afterwards by the
// outbox, so a write never waits for a mail server and a note is never lost with one.
package notice

import (
	"trestle/server/store"
)

// JobKind is the kind under which notes wait in the outbox.
const JobKind = "notice"

// Note is something that people shall learn. It names persons or a team's chat channel, never addresses.
type Note struct {
	Kind      string   `json:"kind"`                // noun.verb_in_past, e.g. "card.mentioned"; preferences are kept per kind
	To        []string `json:"to,omitempty"`        // person ids; whoever caused the note is left out
	TeamID    string   `json:"teamId,omitempty"`    // also to this team's chat hook
	BoardID   string   `json:"boardId,omitempty"`   // who may no longer see the board gets nothing
	CardID    string   `json:"cardId,omitempty"`    // what it is about
	CardKey   string   `json:"cardKey,omitempty"`   // PAY-42
	Title     string   `json:"title"`               // one sentence for people, without the name of who did it
	Text      string   `json:"text,omitempty"`      // an excerpt, plain text
	Markdown  string   `json:"markdown,omitempty"`  // the whole of it, for a chat, with its lines; elsewhere the link leads there
	Link      string   `json:"link"`                // path on this installation, /c/PAY-42
	ActorID   string   `json:"actorId,omitempty"`   // filled by Post
	ActorName string   `json:"actorName,omitempty"` // filled by Post
}

// Post leaves a note in the outbox, in the transaction of the change that it tells of.
func Post(tx *store.Tx, n Note) error {
	n.ActorID, n.ActorName = tx.ActorID, tx.ActorName
	return tx.Enqueue(JobKind, "", n, tx.Now)
}
