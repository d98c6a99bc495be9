package checklist

import (
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/card"
)

// ListHead is a checklist in a list: what blocks, and where.
type ListHead struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	Team       TeamRef        `json:"team"`
	Kind       string         `json:"kind" enum:"card,service,launch"`
	Card       *CardRef       `json:"card,omitempty"`
	Service    *ServiceRef    `json:"service,omitempty"`
	Level      string         `json:"level" enum:"light,standard,critical"`
	Phase      string         `json:"phase" enum:"design,pre_prod,post_launch"`
	LaunchOn   string         `json:"launchOn,omitempty" doc:"The day of the launch, 2026-11-30"`
	Blocking   int            `json:"blocking" doc:"How many items block at this level and phase today"`
	Counts     Counts         `json:"counts"`
	Excused    *board.Excused `json:"excused,omitempty" doc:"Which items would block, and count although nobody understood an answer: said not to apply, or gaps that somebody accepted"`
	ForYou     int            `json:"forYou,omitempty" doc:"How many of its items wait for the viewer. Only in lists"`
	Topics     []TopicHead    `json:"topics"`
	Template   TemplateRef    `json:"template"`
	CreatedAt  time.Time      `json:"createdAt"`
	FrozenAt   *time.Time     `json:"frozenAt,omitempty"`
	ArchivedAt *time.Time     `json:"archivedAt,omitempty"`
	Waived     []Waived       `json:"waived,omitempty" doc:"When its card came into a column that asks for it and was let in all the same, oldest first. Only of one checklist, not in lists"`
	Version    int64          `json:"version" doc:"Of its settings"`
	Seq        int64          `json:"seq" doc:"The sequence of the topic checklist:ID that this shows"`
}

// Waived is an entry of the card for which its checklist was waived.
type Waived struct {
	By
	Reason string `json:"reason"`
	Column string `json:"column,omitempty" doc:"Into which it came; absent where not everybody who sees this sees its board"`
	Asked  string `json:"asked" doc:"What the column asked for, and how it stood"`
}

// TeamRef, CardRef and ServiceRef name what a checklist is about.
type TeamRef struct {
	ID   string `json:"id"`
	Key  string `json:"key"`
	Name string `json:"name"`
}

type CardRef struct {
	ID      string `json:"id"`
	Key     string `json:"key"`
	Title   string `json:"title,omitempty" doc:"Absent where not everybody who sees this sees the card's board"`
	BoardID string `json:"boardId,omitempty"`
}

type ServiceRef struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	TeamID string `json:"teamId"`
	Gone   bool   `json:"archived,omitempty" doc:"It was put away: what it answered is still read, and neither counts nor blocks"`
}

// TemplateRef is the template's version that a checklist keeps, and the newest one.
type TemplateRef struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Version int    `json:"version"`
	Newest  int    `json:"newest"`
}

// TopicHead is one topic in a list.
type TopicHead struct {
	Key      string `json:"key"`
	Name     string `json:"name"`
	Blocking int    `json:"blocking"`
	Done     int    `json:"done" doc:"How many of the items that must be answered count"`
	Of       int    `json:"of" doc:"How many must be answered at this level"`
}

// View is a checklist as one viewer sees it. It differs between viewers only in may, opened and origins.
type View struct {
	ListHead
	Services []ServiceRef          `json:"services" doc:"Whose answers it inherits"`
	Topics   []TopicView           `json:"topics"`
	May      May                   `json:"may"`
	Origins  []Origin              `json:"origins,omitempty" doc:"Where items come from that were once proposed"`
	Files    []card.AttachmentView `json:"files,omitempty" doc:"That hang at it, and not at its card"`

	RID  int64          `json:"-"`
	Zone *time.Location `json:"-"` // its team's
}

// May is what the viewer may do with a checklist.
type May struct {
	Answer     bool   `json:"answer"`
	Understand bool   `json:"understand" doc:"What somebody of another discipline has explained"`
	Settle     bool   `json:"settle" doc:"Freeze it, put it away"`
	Waive      bool   `json:"waive" doc:"Accept a gap where somebody of another discipline explained what is there"`
	WaiveOpen  bool   `json:"waiveOpen,omitempty" doc:"And where nobody has explained anything yet: they do not build it, and are of another discipline than whoever began the checklist"`
	WaiveAny   bool   `json:"waiveAny,omitempty" doc:"And everywhere: a lead"`
	Discipline string `json:"discipline,omitempty" doc:"For which the viewer understands"`
	StandsFor  string `json:"standsFor,omitempty" doc:"The liaison who is away and whose deputy the viewer is"`
	Owns       bool   `json:"owns,omitempty" doc:"What nobody has answered yet waits for the viewer: the card is theirs, or nobody's and they began the checklist"`
	Works      bool   `json:"-"` // in its team, frozen or not
}

// TopicView is one side of the work with its items.
type TopicView struct {
	TopicHead
	Sub   string `json:"sub"`
	Items []Item `json:"items"`
}

// Item is one question and how its answer stands.
type Item struct {
	Key          string          `json:"key"`
	Topic        string          `json:"topic"`
	Question     string          `json:"question"`
	Help         string          `json:"help"`
	Evidence     []string        `json:"evidence" doc:"What is asked for: text, link, diagram, number, date, person, file, auto"`
	Unit         string          `json:"unit,omitempty"`
	From         string          `json:"from" enum:"light,standard,critical,optional"`
	Must         bool            `json:"must" doc:"It must be answered at this level"`
	Phase        string          `json:"phase" enum:"design,pre_prod,post_launch"`
	Scope        string          `json:"scope" enum:"feature,service"`
	TTLDays      int             `json:"ttlDays,omitempty"`
	When         *When           `json:"when,omitempty"`
	People       int             `json:"people,omitempty" doc:"How many people it names at least"`
	Proposal     string          `json:"proposal,omitempty" doc:"The proposal that it was taken from: the checklist's origins say more of it"`
	Skipped      bool            `json:"skipped,omitempty" doc:"What it depends on is not so"`
	State        string          `json:"state" enum:"unanswered,answered,understood,questioned,gap,na"`
	Blocks       bool            `json:"blocks"`
	Why          string          `json:"why,omitempty" enum:"to_answer,to_understand,pushed_back,to_confirm,gap_over,stale" doc:"What it lacks to count"`
	Text         string          `json:"text"`
	Proof        []Proof         `json:"proof"`
	ExpiresOn    string          `json:"expiresOn,omitempty" doc:"The last day on which its evidence is good"`
	ExplainedBy  *By             `json:"explainedBy,omitempty"`
	UnderstoodBy *By             `json:"understoodBy,omitempty"`
	TypedBy      *account.Person `json:"typedBy,omitempty" doc:"When it was not who explained it"`
	Confirm      *account.Person `json:"confirm,omitempty" doc:"Who is said to have explained it and has not said so yet"`
	Lacks        []string        `json:"lacks,omitempty" doc:"Kinds of evidence of which it asks for one, and its answer has none: who understands it says why"`
	Without      *Remark         `json:"without,omitempty" doc:"Why it is understood without"`
	Asked        *Remark         `json:"asked,omitempty" doc:"The question with which it was pushed back"`
	Gap          *GapView        `json:"gap,omitempty"`
	NA           *Remark         `json:"na,omitempty"`
	Services     []ServiceAnswer `json:"services,omitempty" doc:"What each service answers that the checklist names, for an item of the scope service. It counts when all of them do, unless it differs here"`
	Differs      bool            `json:"differs" doc:"Its own answer counts instead"`
	Comments     int             `json:"comments"`
	Opened       *bool           `json:"opened,omitempty" doc:"By the viewer, as it reads now; absent in events"`
	Rev          int64           `json:"rev" doc:"Counts what was answered; 0 before the first answer"`
}

// Proof is one piece of evidence.
type Proof struct {
	Type       string          `json:"type" enum:"text,link,diagram,number,date,person,file,auto"`
	Value      string          `json:"value"`
	Unit       string          `json:"unit,omitempty"`
	Label      string          `json:"label,omitempty"`
	PersonID   string          `json:"personId,omitempty"`
	Person     *account.Person `json:"person,omitempty"`
	VerifiedOn string          `json:"verifiedOn,omitempty"`
	ExpiresOn  string          `json:"expiresOn,omitempty" doc:"The last day on which it is good"`
	Drawn      *Drawn          `json:"drawn,omitempty" doc:"Of a diagram: how large it was when somebody drew it"`
}

// By is who did something, and when.
type By struct {
	Person account.Person  `json:"person"`
	At     time.Time       `json:"at"`
	For    *account.Person `json:"for,omitempty" doc:"The liaison for whom they stood in"`
}

// Remark is what somebody said.
type Remark struct {
	By
	Text string `json:"text"`
}

// GapView is a gap that somebody has accepted until a day.
type GapView struct {
	By
	Until string   `json:"until"`
	Why   string   `json:"why"`
	Card  *CardRef `json:"card,omitempty"`
}

// ServiceAnswer is what a service answers; it is shown, never copied.
type ServiceAnswer struct {
	Service      ServiceRef `json:"service"`
	ListID       string     `json:"checklistId,omitempty" doc:"The service's checklist; absent while it has none"`
	NotAsked     bool       `json:"notAsked,omitempty" doc:"Its checklist does not ask this: it can only be answered here"`
	State        string     `json:"state" enum:"unanswered,answered,understood,questioned,gap,na"`
	Why          string     `json:"why,omitempty" enum:"to_answer,to_understand,pushed_back,to_confirm,gap_over,stale" doc:"What it lacks to count here; to_confirm also while nobody has said that it is still true"`
	Rev          int64      `json:"rev,omitempty" doc:"Of the answer there, 0 without one"`
	Text         string     `json:"text"`
	Proof        []Proof    `json:"proof"`
	ExplainedBy  *By        `json:"explainedBy,omitempty"`
	UnderstoodBy *By        `json:"understoodBy,omitempty"`
	Without      *Remark    `json:"without,omitempty" doc:"Why it is understood without the evidence that is asked for"`
	ExpiresOn    string     `json:"expiresOn,omitempty"`
	GapUntil     string     `json:"gapUntil,omitempty" doc:"The last day on which the service's gap is accepted"`
	Gap          *GapView   `json:"gap,omitempty" doc:"Who accepted it there, why, and the card that closes it; absent in copies frozen before this was kept"`
	NA           *Remark    `json:"na,omitempty" doc:"Why it does not apply there"`
	Asked        *Remark    `json:"asked,omitempty" doc:"The question with which it was pushed back there"`
	StillTrue    *By        `json:"stillTrue,omitempty" doc:"Who said last that it is true here"`
	Changed      bool       `json:"changed" doc:"Since somebody said that it is still true here"`
}

// Changed is what a command answers and its event tells everybody: the items that are different now, the one that it
// was about first, and the head.
type Changed struct {
	Items []Item   `json:"items"`
	Head  ListHead `json:"head"`
	Said  string   `json:"said,omitempty" doc:"Why, where that was asked for"`
}
