package port

import "trestle/server/board"

// What follows is a board as a file tells it, in this program's words but with the names (ids) of the
// other side. Readers make it, the stage writes it. Times are epoch milliseconds; 0 or nil is "not".

type inBoard struct {
	source       string // trello, trestle
	id, name     string
	visibility   string
	timeZone     string
	createdAt    int64
	archivedAt   *int64
	start        string // columns' ids; "" = not declared
	finish       string
	expedite     board.ExpediteView
	categories   []board.Category // nil = the default list
	mirrorsCount bool
	columns      []inColumn // from left to right, retired ones too
	lanes        []inLane
	sles         []inSLE // empty = the usual first guess, from now on
	people       []inPerson
	fields       []inField
	cards        []inCard // column by column, in their order
}

type inColumn struct {
	id, name, kind, policy string
	position               int
	wip                    board.Wip
	retiredAt              *int64
	versions               []inVersion
}

type inVersion struct {
	name, kind string
	position   int
	wip        board.Wip
	isStart    bool
	isFinish   bool
	retired    bool
	actor      string
	at         int64
}

type inLane struct {
	id, name  string
	position  int
	wip       board.Wip
	retiredAt *int64
}

type inSLE struct {
	class         string
	days, percent int
	actor         string
	from          int64
	to            *int64
}

type inPerson struct{ id, name, discipline string }

type inField struct {
	id, name, kind, unit string
	options              []board.Option
	onFace               bool
	retiredAt            *int64
}

type inCard struct {
	id                 string
	title, description string
	kind               string // type of work
	discipline, class  string
	involves, labels   []string
	dueOn              string
	size               *float64
	column, lane       string
	enteredAt          int64
	createdBy          string
	createdAt          int64
	archivedAt         *int64
	incomplete         bool
	steps              []inStep
	owners             []inSpan
	disciplines        []inDiscipline
	blockers           []inBlocker
	comments           []inComment
	todos              []inTodo
	signals            []inSignal
	values             []inValue
	parent             string // a card of the file
	links              []inLink
	hypothesis         *inHypothesis
	revisions          []inRevision
	mentions           []inMention
	watchers           []inWatcher
}

// inStep is one line of the flow record.
type inStep struct {
	kind                   string
	from, to               string // columns, "" = none
	fromLane, lane         string
	backward               bool
	returnCategory         string
	returnText             string
	override, overrideOver string
	actor, actorName       string
	at                     int64
	voidedAt               *int64
}

type inSpan struct {
	person string
	from   int64
	to     *int64
}

type inDiscipline struct {
	discipline string
	leading    bool
	from       int64
	to         *int64
}

type inBlocker struct {
	category, reason, waitingFor string
	external                     bool
	openedBy, closedBy           string
	openedAt                     int64
	closedAt                     *int64
	raisedTo, raisedBy           string
	raisedAt                     *int64
	promisedOn                   string
	promisedAt                   *int64
	waitsFor                     string // a card of the file
	other                        *inOther
}

// inOther is a card of another board that a blocker waits for. id is of this workspace, once it was found and may be
// waited for.
type inOther struct{ id, key string }

type inComment struct {
	author, authorName, text string
	at                       int64
	editedAt                 *int64
}

type inTodo struct {
	list, text string
	done       bool
	card       string // a card of the file
}

type inLink struct {
	kind, url, title, by string
	at                   int64
}

type inHypothesis struct {
	believe, will, knowWhen, outcome, learned, by string
	at                                            *int64
}

type inRevision struct {
	text, author, authorName string
	at                       int64
}

type inMention struct {
	person, words, by string
	comment           int // place in comments from 1, 0 = the description
	at                int64
}

type inWatcher struct {
	person   string
	watching bool
	at       int64
}

type inSignal struct {
	key, state, text, url string
	at                    int64
	expiresAt             *int64
}

type inValue struct{ field, value string }

// rows is about how many rows a card becomes, for cutting the work into chunks.
func (c *inCard) rows() int {
	return 5 + len(c.steps) + len(c.owners) + len(c.disciplines) + len(c.blockers) + len(c.comments) + len(c.todos) + len(c.signals) + len(c.values) +
		len(c.links) + len(c.revisions) + len(c.mentions) + len(c.watchers)
}
