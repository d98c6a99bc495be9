package port

import (
	"encoding/json"
	"time"

	"trestle/server/board"
)

// Format names the board file that this program writes and reads. A change that older readers would
// misunderstand gets the next number.
//
// The file is one JSON object with the members in this order: format, exportedAt, board, people, columns,
// lanes, sle, fields, cards. Times are RFC 3339 in UTC with milliseconds, days are "2026-11-30", ids are
// names within the file. People are told by name and discipline, never by e-mail. Cards stand column by
// column in their order, archived ones among them; everything that belongs to a card is inside it. What was
// removed from a card (comments, to-do items) is not exported; what was undone is, with voidedAt.
const Format = "trestle.board/1"

type fileBoard struct {
	ID             string             `json:"id"`
	Name           string             `json:"name"`
	Visibility     string             `json:"visibility"`
	TimeZone       string             `json:"timeZone"`
	StartColumnID  string             `json:"startColumnId"`
	FinishColumnID string             `json:"finishColumnId"`
	Expedite       board.ExpediteView `json:"expedite"`
	Categories     []board.Category   `json:"blockerCategories"`
	MirrorsCount   bool               `json:"mirrorsCount,omitempty"`
	CreatedAt      stamp              `json:"createdAt"`
	ArchivedAt     *stamp             `json:"archivedAt,omitempty"`
}

// fileMirror names a card of another board that stood on this one. It is told, not brought along: the card belongs
// to the other board, and so does its record.
type fileMirror struct {
	Key       string `json:"key"`
	BoardName string `json:"boardName"`
	TeamName  string `json:"teamName"`
	ColumnID  string `json:"columnId"`
}

type filePerson struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Discipline string `json:"discipline"`
}

type fileColumn struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Kind      string        `json:"kind"`
	Policy    string        `json:"policy"`
	Position  int           `json:"position"`
	Wip       board.Wip     `json:"wip"`
	RetiredAt *stamp        `json:"retiredAt,omitempty"`
	Versions  []fileVersion `json:"versions"`
}

type fileVersion struct {
	Name     string    `json:"name"`
	Kind     string    `json:"kind"`
	Position int       `json:"position"`
	Wip      board.Wip `json:"wip"`
	IsStart  bool      `json:"isStart"`
	IsFinish bool      `json:"isFinish"`
	Retired  bool      `json:"retired"`
	ActorID  string    `json:"actorId,omitempty"`
	At       stamp     `json:"at"`
}

type fileLane struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Position  int       `json:"position"`
	Wip       board.Wip `json:"wip"`
	RetiredAt *stamp    `json:"retiredAt,omitempty"`
}

type fileSLE struct {
	Class   string `json:"class"`
	Days    int    `json:"days"`
	Percent int    `json:"percent"`
	ActorID string `json:"actorId,omitempty"`
	From    stamp  `json:"from"`
	To      *stamp `json:"to,omitempty"`
}

type fileField struct {
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	Type      string         `json:"type"`
	Unit      string         `json:"unit,omitempty"`
	Options   []board.Option `json:"options,omitempty"`
	OnFace    bool           `json:"onFace,omitempty"`
	RetiredAt *stamp         `json:"retiredAt,omitempty"`
}

type fileCard struct {
	ID                string           `json:"id"`
	Key               string           `json:"key"`
	Title             string           `json:"title"`
	Description       string           `json:"description"`
	Type              string           `json:"type"`
	Discipline        string           `json:"discipline"`
	Involves          []string         `json:"involves"`
	Class             string           `json:"class"`
	Labels            []string         `json:"labels"`
	DueOn             string           `json:"dueOn,omitempty"`
	Size              *float64         `json:"size,omitempty"`
	ColumnID          string           `json:"columnId"`
	LaneID            string           `json:"laneId,omitempty"`
	EnteredAt         stamp            `json:"enteredAt"`
	CreatedBy         string           `json:"createdBy,omitempty"`
	CreatedAt         stamp            `json:"createdAt"`
	StartedAt         *stamp           `json:"startedAt,omitempty"`
	FinishedAt        *stamp           `json:"finishedAt,omitempty"`
	ArchivedAt        *stamp           `json:"archivedAt,omitempty"`
	HistoryIncomplete bool             `json:"historyIncomplete,omitempty"`
	Transitions       []fileStep       `json:"transitions"`
	Owners            []fileOwner      `json:"owners"`
	Disciplines       []fileDiscipline `json:"disciplines"`
	Blockers          []fileBlocker    `json:"blockers"`
	Comments          []fileComment    `json:"comments"`
	Todos             []fileTodo       `json:"todos"`
	Signals           []fileSignal     `json:"signals"`
	Fields            []fileValue      `json:"fields"`

	ParentID   string          `json:"parentId,omitempty"` // within the file; a parent on another board is left out
	Links      []fileLink      `json:"links,omitempty"`
	Hypothesis *fileHypothesis `json:"hypothesis,omitempty"`
	Revisions  []fileRevision  `json:"revisions,omitempty"` // of the description, oldest first
	Mentions   []fileMention   `json:"mentions,omitempty"`
	Watchers   []fileWatcher   `json:"watchers,omitempty"`

	said map[int64]int // comments' surrogates → their places, while it is written
}

type fileStep struct {
	Kind           string          `json:"kind"`
	From           string          `json:"from,omitempty"`
	To             string          `json:"to,omitempty"`
	FromLane       string          `json:"fromLane,omitempty"`
	Lane           string          `json:"lane,omitempty"`
	Backward       bool            `json:"backward,omitempty"`
	ReturnCategory string          `json:"returnCategory,omitempty"`
	ReturnText     string          `json:"returnText,omitempty"`
	Override       string          `json:"overrideReason,omitempty"`
	Limits         json.RawMessage `json:"overLimits,omitempty"`
	ActorID        string          `json:"actorId,omitempty"`
	ActorName      string          `json:"actorName,omitempty"`
	At             stamp           `json:"at"`
	VoidedAt       *stamp          `json:"voidedAt,omitempty"`
}

type fileOwner struct {
	PersonID string `json:"personId"`
	From     stamp  `json:"from"`
	To       *stamp `json:"to,omitempty"`
}

type fileDiscipline struct {
	Discipline string `json:"discipline"`
	Leading    bool   `json:"leading"`
	From       stamp  `json:"from"`
	To         *stamp `json:"to,omitempty"`
}

type fileBlocker struct {
	Category   string `json:"category"`
	External   bool   `json:"external"`
	Reason     string `json:"reason"`
	WaitingFor string `json:"waitingFor,omitempty"`
	OpenedBy   string `json:"openedBy,omitempty"`
	OpenedAt   stamp  `json:"openedAt"`
	ClosedBy   string `json:"closedBy,omitempty"`
	ClosedAt   *stamp `json:"closedAt,omitempty"`

	RaisedTo   string `json:"raisedTo,omitempty"`
	RaisedBy   string `json:"raisedBy,omitempty"`
	RaisedAt   *stamp `json:"raisedAt,omitempty"`
	PromisedOn string `json:"promisedOn,omitempty"`
	PromisedAt *stamp `json:"promisedAt,omitempty"`
	WaitsForID string `json:"waitsForId,omitempty"` // while it is open, and within the file

	WaitsForOther *fileOther `json:"waitsForOther,omitempty"` // while it is open, a card of another board
}

// fileOther names a card that is not in the file. Without an id its key alone counts.
type fileOther struct {
	ID  string `json:"id,omitempty"`
	Key string `json:"key"`
}

type fileComment struct {
	AuthorID   string `json:"authorId,omitempty"`
	AuthorName string `json:"authorName"`
	Text       string `json:"text"`
	At         stamp  `json:"at"`
	EditedAt   *stamp `json:"editedAt,omitempty"`
}

type fileTodo struct {
	List   string `json:"list"`
	Text   string `json:"text"`
	Done   bool   `json:"done"`
	CardID string `json:"cardId,omitempty"` // the card that it has become, within the file
}

type fileLink struct {
	Kind  string `json:"kind"`
	URL   string `json:"url"`
	Title string `json:"title,omitempty"`
	By    string `json:"by,omitempty"`
	At    stamp  `json:"at"`
}

type fileHypothesis struct {
	Believe   string `json:"believe"`
	Will      string `json:"will"`
	KnowWhen  string `json:"knowWhen"`
	Outcome   string `json:"outcome,omitempty"`
	Learned   string `json:"learned,omitempty"`
	OutcomeBy string `json:"outcomeBy,omitempty"`
	OutcomeAt *stamp `json:"outcomeAt,omitempty"`
}

type fileRevision struct {
	Text       string `json:"text"`
	AuthorID   string `json:"authorId,omitempty"`
	AuthorName string `json:"authorName,omitempty"`
	At         stamp  `json:"at"`
}

// fileMention says whom words after an @ name: in the description, or in the comment at this place of the list, from 1.
type fileMention struct {
	PersonID string `json:"personId"`
	Words    string `json:"words"`
	Comment  int    `json:"comment,omitempty"`
	By       string `json:"by,omitempty"`
	At       stamp  `json:"at"`
}

type fileWatcher struct {
	PersonID string `json:"personId"`
	Watching bool   `json:"watching"`
	At       stamp  `json:"at"`
}

type fileSignal struct {
	Key       string `json:"key"`
	State     string `json:"state"`
	Text      string `json:"text"`
	URL       string `json:"url,omitempty"`
	At        stamp  `json:"at"`
	ExpiresAt *stamp `json:"expiresAt,omitempty"`
}

type fileValue struct {
	FieldID string `json:"fieldId"`
	Value   string `json:"value"`
}

// stamp is an instant in epoch milliseconds, written as RFC 3339.
type stamp int64

const stampLayout = "2006-01-02T15:04:05.000Z"

func (s stamp) String() string { return time.UnixMilli(int64(s)).UTC().Format(stampLayout) }

// MarshalJSON writes the instant in UTC with milliseconds.
func (s stamp) MarshalJSON() ([]byte, error) { return []byte(`"` + s.String() + `"`), nil }

// UnmarshalJSON reads an RFC 3339 time.
func (s *stamp) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return err
	}
	at, err := instant(text)
	*s = stamp(at)
	return err
}

func stampPtr(ms *int64) *stamp {
	if ms == nil {
		return nil
	}
	s := stamp(*ms)
	return &s
}

func (s *stamp) ms() *int64 {
	if s == nil {
		return nil
	}
	ms := int64(*s)
	return &ms
}
