package port

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
)

// What is read of a Trello export. Everything else in it is read over.

const (
	maxLists = 500
	maxCards = 20_000
	maxActs  = 200_000
)

type trelloBoard struct {
	id, name, desc string
	closed         bool
	private        bool
	lists          []trelloList
	cards          []trelloCard
	checklists     []trelloChecklist
	members        []trelloMember
	fields         []trelloField
	acts           []trelloAct // oldest first
	actions        int         // how many the file has, of all kinds
	pluginData     int
}

type trelloList struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`
	Closed    bool        `json:"closed"`
	Pos       float64     `json:"pos"`
	SoftLimit json.Number `json:"softLimit"`
}

type trelloCard struct {
	ID               string             `json:"id"`
	Name             string             `json:"name"`
	Desc             string             `json:"desc"`
	Closed           bool               `json:"closed"`
	IDList           string             `json:"idList"`
	Pos              float64            `json:"pos"`
	Due              string             `json:"due"`
	DueComplete      bool               `json:"dueComplete"`
	DueReminder      json.RawMessage    `json:"dueReminder"`
	Start            string             `json:"start"`
	LastActivity     string             `json:"dateLastActivity"`
	IDMembers        []string           `json:"idMembers"`
	IDMembersVoted   []string           `json:"idMembersVoted"`
	IDMemberCreator  string             `json:"idMemberCreator"`
	Labels           []trelloLabel      `json:"labels"`
	Attachments      []trelloAttachment `json:"attachments"`
	Checklists       []trelloChecklist  `json:"checklists"`
	CustomFieldItems []trelloValue      `json:"customFieldItems"`
	Stickers         []json.RawMessage  `json:"stickers"`
	PluginData       []json.RawMessage  `json:"pluginData"`
	Cover            trelloCover        `json:"cover"`
	CoverAttachment  string             `json:"idAttachmentCover"`
	Coordinates      json.RawMessage    `json:"coordinates"`
	Address          string             `json:"address"`
}

type trelloCover struct {
	Attachment string `json:"idAttachment"`
	Color      string `json:"color"`
	Background string `json:"idUploadedBackground"`
}

type trelloLabel struct {
	Name  string `json:"name"`
	Color string `json:"color"`
}

type trelloAttachment struct {
	Name     string `json:"name"`
	URL      string `json:"url"`
	IsUpload bool   `json:"isUpload"`
}

type trelloChecklist struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	IDCard     string            `json:"idCard"`
	Pos        float64           `json:"pos"`
	CheckItems []trelloCheckItem `json:"checkItems"`
}

type trelloCheckItem struct {
	Name     string  `json:"name"`
	State    string  `json:"state"`
	Pos      float64 `json:"pos"`
	Due      string  `json:"due"`
	IDMember string  `json:"idMember"`
}

type trelloMember struct {
	ID       string `json:"id"`
	FullName string `json:"fullName"`
	Username string `json:"username"`
}

func (m trelloMember) name() string {
	if n := oneLine(m.FullName); n != "" {
		return clip(n, 80)
	}
	return clip(oneLine(m.Username), 80)
}

type trelloField struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	Type    string  `json:"type"`
	Pos     float64 `json:"pos"`
	Options []struct {
		ID    string `json:"id"`
		Value struct {
			Text string `json:"text"`
		} `json:"value"`
	} `json:"options"`
}

type trelloValue struct {
	IDCustomField string `json:"idCustomField"`
	IDValue       string `json:"idValue"`
	Value         *struct {
		Text    string      `json:"text"`
		Number  json.Number `json:"number"`
		Checked string      `json:"checked"`
		Date    string      `json:"date"`
	} `json:"value"`
}

// trelloAct is an action that this program understands, cut to what it needs.
type trelloAct struct {
	kind      string // create in out move archive unarchive comment own disown list deleted
	at        int64
	actor     trelloMember
	card      string
	list      string // create, in, out, list: where
	listName  string
	from, to  string // move
	fromName  string
	toName    string
	text      string // comment
	editedAt  *int64
	member    string // own, disown
	wasClosed *bool  // list: what it was before
	wasName   *string
	wasLimit  json.RawMessage
	isClosed  bool // list: what it became
}

// trelloAction is an action as the file has it.
type trelloAction struct {
	ID              string          `json:"id"`
	Type            string          `json:"type"`
	Date            string          `json:"date"`
	IDMemberCreator string          `json:"idMemberCreator"`
	MemberCreator   trelloMember    `json:"memberCreator"`
	Data            json.RawMessage `json:"data"`
}

type trelloRef struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Closed *bool  `json:"closed"`
	IDList string `json:"idList"`
}

type trelloData struct {
	Card       trelloRef `json:"card"`
	List       trelloRef `json:"list"`
	ListBefore trelloRef `json:"listBefore"`
	ListAfter  trelloRef `json:"listAfter"`
	Text       string    `json:"text"`
	LastEdited string    `json:"dateLastEdited"`
	IDMember   string    `json:"idMember"`
	Old        struct {
		Closed    *bool           `json:"closed"`
		IDList    string          `json:"idList"`
		Name      *string         `json:"name"`
		SoftLimit json.RawMessage `json:"softLimit"`
	} `json:"old"`
}

// readTrello reads an export as it is. The file has been sniffed before.
func readTrello(file io.ReadSeeker) (*trelloBoard, error) {
	dec, err := open(file)
	if err != nil {
		return nil, err
	}
	b := &trelloBoard{}
	err = object(dec, func(name string) error {
		switch name {
		case "id":
			return dec.Decode(&b.id)
		case "name":
			return dec.Decode(&b.name)
		case "desc":
			return dec.Decode(&b.desc)
		case "closed":
			return dec.Decode(&b.closed)
		case "prefs":
			var p struct {
				PermissionLevel string `json:"permissionLevel"`
			}
			err := dec.Decode(&p)
			b.private = p.PermissionLevel == "private"
			return err
		case "lists":
			return each(dec, "lists", maxLists, func(l trelloList) error { b.lists = append(b.lists, l); return nil })
		case "cards":
			return each(dec, "cards", maxCards, func(c trelloCard) error { b.cards = append(b.cards, c); return nil })
		case "checklists":
			return each(dec, "checklists", maxActs, func(c trelloChecklist) error { b.checklists = append(b.checklists, c); return nil })
		case "members":
			return each(dec, "members", maxCards, func(m trelloMember) error { b.members = append(b.members, m); return nil })
		case "customFields":
			return each(dec, "custom fields", maxLists, func(f trelloField) error { b.fields = append(b.fields, f); return nil })
		case "pluginData":
			return each(dec, "power-up entries", maxActs, func(json.RawMessage) error { b.pluginData++; return nil })
		case "actions":
			return each(dec, "actions", maxActs, b.act)
		}
		return skip(dec)
	})
	if err != nil {
		return nil, err
	}
	return b, b.settle()
}

// settle puts everything in its order and refuses what cannot be a board.
func (b *trelloBoard) settle() error {
	open := 0
	seen := map[string]bool{}
	for i := range b.lists {
		l := &b.lists[i]
		if l.ID == "" || seen[l.ID] {
			return refuse("two of its lists have the same id, or none")
		}
		seen[l.ID] = true
		if !l.Closed {
			open++
		}
	}
	switch {
	case b.id == "" || len(b.id) > 100:
		return refuse("the board in it has no id")
	case open == 0:
		return refuse("the board in it has no open list")
	case open > 50:
		return refuse("the board in it has %d open lists, and a board holds at most 50", open)
	}
	for i := range b.cards {
		c := &b.cards[i]
		if c.ID == "" || len(c.ID) > 100 || seen[c.ID] {
			return refuse("two of its cards have the same id, or none")
		}
		seen[c.ID] = true
	}
	slices.SortStableFunc(b.lists, func(x, y trelloList) int { return compare(x.Pos, y.Pos) })
	slices.SortStableFunc(b.cards, func(x, y trelloCard) int { return compare(x.Pos, y.Pos) })
	slices.SortStableFunc(b.fields, func(x, y trelloField) int { return compare(x.Pos, y.Pos) })
	// the file has the newest first; what happened in the same millisecond happened in that order too
	slices.Reverse(b.acts)
	slices.SortStableFunc(b.acts, func(x, y trelloAct) int { return compare(x.at, y.at) })
	return nil
}

func compare[T int64 | float64](x, y T) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// act keeps an action if it is one that this program understands.
func (b *trelloBoard) act(raw trelloAction) error {
	b.actions++
	kind, ok := map[string]string{
		"createCard": "create", "copyCard": "create", "emailCard": "create", "convertToCardFromCheckItem": "create",
		"moveCardToBoard": "in", "moveCardFromBoard": "out", "updateCard": "update", "deleteCard": "deleted",
		"commentCard": "comment", "copyCommentCard": "comment", "addMemberToCard": "own", "removeMemberFromCard": "disown",
		"updateList": "list",
	}[raw.Type]
	if !ok {
		return nil
	}
	at, err := instant(raw.Date)
	if err != nil {
		return refuse("its action %d has no date", b.actions).Because(err)
	}
	var d trelloData
	if err := json.Unmarshal(raw.Data, &d); err != nil {
		return refuse("its action %d (%s) is not as Trello writes it", b.actions, clip(raw.Type, 40)).Because(err)
	}
	a := trelloAct{kind: kind, at: at, actor: raw.MemberCreator, card: d.Card.ID, list: d.List.ID, listName: d.List.Name}
	if a.actor.ID == "" {
		a.actor.ID = raw.IDMemberCreator
	}
	switch kind {
	case "update":
		if to := first(d.ListAfter.ID, idIf(d.Old.IDList != "", d.Card.IDList)); to != "" {
			a.kind, a.to, a.toName = "move", to, d.ListAfter.Name
			a.from, a.fromName = first(d.ListBefore.ID, d.Old.IDList), d.ListBefore.Name
			b.acts = append(b.acts, a)
		}
		if d.Old.Closed != nil && d.Card.Closed != nil && *d.Old.Closed != *d.Card.Closed {
			a.kind = map[bool]string{true: "archive", false: "unarchive"}[*d.Card.Closed]
			b.acts = append(b.acts, a)
		}
		return nil
	case "comment":
		a.text = tidy(d.Text)
		if edited, err := instant(d.LastEdited); err == nil {
			a.editedAt = &edited
		}
	case "own", "disown":
		a.member = d.IDMember
	case "list":
		a.wasClosed, a.wasName, a.wasLimit = d.Old.Closed, d.Old.Name, d.Old.SoftLimit
		a.isClosed = d.List.Closed != nil && *d.List.Closed
		if a.wasClosed == nil && a.wasName == nil && a.wasLimit == nil {
			return nil
		}
	}
	b.acts = append(b.acts, a)
	return nil
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func idIf(ok bool, id string) string {
	if ok {
		return id
	}
	return ""
}

// born is the instant in a Trello id: its first 8 hex digits are Unix seconds.
func born(id string) (int64, bool) {
	if len(id) != 24 {
		return 0, false
	}
	s, err := strconv.ParseInt(id[:8], 16, 64)
	if err != nil || s <= 0 {
		return 0, false
	}
	return s * 1000, true
}

// limit reads a softLimit: a number, sometimes as text, null or 0 for none.
func limit(n string) *int {
	f, err := strconv.ParseFloat(strings.Trim(n, "\" "), 64)
	if err != nil || f < 1 || f > 10_000 {
		return nil
	}
	i := int(f)
	return &i
}
