package checklist

import (
	"encoding/json"
	"slices"
	"time"

	"trestle/server/clock"
	"trestle/server/store"
)

// list is a checklist as it is kept, with what it is about.
type list struct {
	RID, VersionRID                 int64
	ID, Kind                        string
	TeamID, TeamKey, TeamName, Zone string
	CardRID, ServiceRID             *int64
	CardID, CardKey, CardTitle      string
	BoardID, Visibility             string
	ServiceID, ServiceName          string
	ServiceGone                     bool // it was put away
	Name, Level, Phase, LaunchOn    string
	Adopted                         map[string]int64
	TemplateRID                     int64
	TemplateID, TemplateName        string
	Number, Newest                  int
	Version, CreatedAt, Seq         int64
	CreatedBy, FrozenBy             string
	FrozenAt, ArchivedAt            *int64
	services                        []inherit
}

// inherit is a service whose answers a checklist inherits; list is the rid of its own one, 0 without, seq how much has
// happened there, and version and adopted what it asks. One that was put away (gone) is named for what it answered, and
// counts for nothing.
type inherit struct {
	rid, list, seq   int64
	id, name, teamID string
	version          int64
	adopted          map[string]int64
	gone             bool
}

func (in *inherit) ref() ServiceRef { return ServiceRef{in.id, in.name, in.teamID, in.gone} }

// subject is what the checklist is called.
func (k *list) subject() string {
	switch {
	case k.Name != "":
		return k.Name
	case k.Kind == ForCard:
		return k.CardTitle
	}
	return k.ServiceName
}

// zone is the team's time zone.
func (k *list) zone() *time.Location {
	if zone, ok := clock.Zone(k.Zone); ok {
		return zone
	}
	return time.UTC
}

// today is the day in the team's time zone.
func (k *list) today(now time.Time) string { return now.In(k.zone()).Format(time.DateOnly) }

func (k *list) frame(now time.Time) Frame {
	return Frame{Kind: k.Kind, Level: k.Level, Phase: k.Phase, Inherits: slices.ContainsFunc(k.services, func(in inherit) bool { return !in.gone }), Today: k.today(now)}
}

const listColumns = `k.rid, k.version_rid, k.id, k.kind, t.id, t.key, t.name,
	COALESCE((SELECT z.time_zone FROM boards z WHERE z.team_id = t.id AND z.archived_at IS NULL AND z.staged_at IS NULL ORDER BY z.rid LIMIT 1), 'UTC'),
	k.card_rid, k.service_rid, COALESCE(c.id, ''), COALESCE(c.key, ''), COALESCE(c.title, ''), COALESCE(b.id, ''), COALESCE(b.visibility, 'workspace'),
	COALESCE(s.id, ''), COALESCE(s.name, ''), CASE WHEN s.archived_at IS NULL THEN 0 ELSE 1 END, k.name, k.level, k.phase, k.launch_on, k.adopted, p.rid, p.id, p.name, v.number,
	(SELECT MAX(n.number) FROM checklist_template_versions n WHERE n.template_rid = p.rid), k.version, k.created_at,
	COALESCE((SELECT o.seq FROM topics o WHERE o.id = 'checklist:' || k.id), 0), k.created_by, k.frozen_by, k.frozen_at, k.archived_at`

const listTables = ` FROM checklists k LEFT JOIN cards c ON c.rid = k.card_rid LEFT JOIN boards b ON b.rid = c.board_rid LEFT JOIN services s ON s.rid = k.service_rid
	JOIN teams t ON t.id = COALESCE(b.team_id, k.team_id) JOIN checklist_template_versions v ON v.rid = k.version_rid JOIN checklist_templates p ON p.rid = v.template_rid `

// listsWhere reads checklists, the newest first, with the services that they name.
func listsWhere(q *store.Query, where string, args ...any) (out []*list, err error) {
	err = q.Each(func(scan func(...any) error) error {
		k, adopted, gone := &list{}, "", 0
		if err := scan(&k.RID, &k.VersionRID, &k.ID, &k.Kind, &k.TeamID, &k.TeamKey, &k.TeamName, &k.Zone, &k.CardRID, &k.ServiceRID, &k.CardID, &k.CardKey, &k.CardTitle,
			&k.BoardID, &k.Visibility, &k.ServiceID, &k.ServiceName, &gone, &k.Name, &k.Level, &k.Phase, &k.LaunchOn, &adopted, &k.TemplateRID, &k.TemplateID, &k.TemplateName,
			&k.Number, &k.Newest, &k.Version, &k.CreatedAt, &k.Seq, &k.CreatedBy, &k.FrozenBy, &k.FrozenAt, &k.ArchivedAt); err != nil {
			return err
		}
		k.ServiceGone = gone != 0
		out = append(out, k)
		return json.Unmarshal([]byte(adopted), &k.Adopted)
	}, "SELECT "+listColumns+listTables+"WHERE "+where+" ORDER BY k.rid DESC", args...)
	if err != nil {
		return nil, err
	}
	return out, inherits(q, out)
}

// inherits reads which services the checklists name.
func inherits(q *store.Query, lists []*list) error {
	byRID, rids := map[int64]*list{}, []int64{}
	for _, k := range lists {
		if k.Kind != ForService {
			byRID[k.RID], rids = k, append(rids, k.RID)
		}
	}
	return store.InParts(rids, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var of int64
			var in inherit
			var adopted string
			var gone int
			if err := scan(&of, &in.rid, &in.id, &in.name, &in.teamID, &gone, &in.list, &in.version, &adopted, &in.seq); err != nil {
				return err
			}
			in.gone = gone != 0
			err := json.Unmarshal([]byte(adopted), &in.adopted)
			byRID[of].services = append(byRID[of].services, in)
			return err
		}, `SELECT cs.checklist_rid, s.rid, s.id, s.name, s.team_id, CASE WHEN s.archived_at IS NULL THEN 0 ELSE 1 END, COALESCE(k.rid, 0), COALESCE(k.version_rid, 0), COALESCE(k.adopted, '{}'),
			COALESCE((SELECT o.seq FROM topics o WHERE o.id = 'checklist:' || k.id), 0) FROM checklist_services cs JOIN services s ON s.rid = cs.service_rid
			LEFT JOIN checklists k ON k.service_rid = s.rid AND k.archived_at IS NULL WHERE cs.checklist_rid IN (`+marks+`) ORDER BY cs.checklist_rid, cs.place`, args...)
	})
}

func insertList(tx *store.Tx, k *list) (err error) {
	k.RID, err = tx.Insert(`INSERT INTO checklists (id, team_id, kind, card_rid, service_rid, name, version_rid, level, phase, launch_on, created_by, created_at)
		VALUES (`+store.Marks(12)+")", k.ID, k.TeamID, k.Kind, k.CardRID, k.ServiceRID, k.Name, k.VersionRID, k.Level, k.Phase, k.LaunchOn, k.CreatedBy, k.CreatedAt)
	return err
}

// saveList writes a checklist's settings, which is a new version.
func saveList(tx *store.Tx, k *list) error {
	adopted, err := json.Marshal(k.Adopted)
	if err != nil {
		return err
	}
	k.Version++
	_, err = tx.Exec("UPDATE checklists SET name = ?, version_rid = ?, adopted = ?, level = ?, phase = ?, launch_on = ?, version = ?, frozen_at = ?, frozen_by = ?, archived_at = ? WHERE rid = ?",
		k.Name, k.VersionRID, string(adopted), k.Level, k.Phase, k.LaunchOn, k.Version, k.FrozenAt, k.FrozenBy, k.ArchivedAt, k.RID)
	return err
}

// setServices writes which services a checklist names, in this order.
func setServices(tx *store.Tx, k *list, services []inherit) error {
	if _, err := tx.Exec("DELETE FROM checklist_services WHERE checklist_rid = ?", k.RID); err != nil {
		return err
	}
	for i, s := range services {
		if _, err := tx.Exec("INSERT INTO checklist_services (checklist_rid, service_rid, place) VALUES (?,?,?)", k.RID, s.rid, i); err != nil {
			return err
		}
	}
	k.services = services
	return nil
}

// answer is one answer as it is kept.
type answer struct {
	Item                   string
	State                  string
	Rev                    int64
	ExplainedBy, ConfirmBy string
	AnsweredAt             *int64
	ExpiresOn, GapUntil    string
	Differs                bool
	Word                   string
	Still                  []stamp // in no order
	said
}

// stamp is that somebody has said of a service's answer that it is true here: of which checklist and which rev.
type stamp struct {
	of, rev int64
	by      string
	at      int64
}

// still is the stamp on what a service's checklist answers, nil without one.
func (a *answer) still(of int64) *stamp {
	if a == nil {
		return nil
	}
	for i := range a.Still {
		if a.Still[i].of == of {
			return &a.Still[i]
		}
	}
	return nil
}

// said is what an answer says and who did what, beside what lists need.
type said struct {
	Text         string  `json:"text,omitempty"`
	Proof        []Proof `json:"proof,omitempty"`
	ExplainedAt  int64   `json:"explainedAt,omitempty"`
	TypedBy      string  `json:"typedBy,omitempty"`
	Listened     bool    `json:"listened,omitempty"` // who typed it has understood it, once it is confirmed
	UnderstoodBy string  `json:"understoodBy,omitempty"`
	UnderstoodAt int64   `json:"understoodAt,omitempty"`
	For          string  `json:"for,omitempty"`     // for whom who understood it stood in
	Without      *mark   `json:"without,omitempty"` // why it was understood without the evidence that is asked for
	Asked        *mark   `json:"asked,omitempty"`
	Gap          *mark   `json:"gap,omitempty"`
	NA           *mark   `json:"na,omitempty"`
}

// mark is something that somebody said of an answer, and what goes with it.
type mark struct {
	By     string `json:"by"`
	At     int64  `json:"at"`
	Text   string `json:"text,omitempty"`
	For    string `json:"for,omitempty"` // for whom they stood in
	CardID string `json:"cardId,omitempty"`
	Was    string `json:"was,omitempty"` // the state before
}

// whose is who is to answer a question that was asked back: who said that it does not apply, else who explained it.
func (x *said) whose(explainedBy string) string {
	if x.NA != nil {
		return x.NA.By
	}
	return explainedBy
}

func (a *answer) standing() Standing {
	if a == nil {
		return Standing{State: Unanswered}
	}
	return Standing{State: a.State, ToConfirm: a.ConfirmBy != "", ExpiresOn: a.ExpiresOn, GapUntil: a.GapUntil}
}

// answersOf reads answers by checklist and item; whole ones, or only how they stand.
func answersOf(q *store.Query, whole bool, rids ...int64) (map[int64]map[string]*answer, error) {
	out := map[int64]map[string]*answer{}
	columns := "checklist_rid, item, state, rev, explained_by, answered_at, confirm_by, expires_on, gap_until, differs, word"
	if whole {
		columns += ", said"
	}
	err := store.InParts(rids, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			a := &answer{}
			var rid, differs int64
			var raw string
			dest := []any{&rid, &a.Item, &a.State, &a.Rev, &a.ExplainedBy, &a.AnsweredAt, &a.ConfirmBy, &a.ExpiresOn, &a.GapUntil, &differs, &a.Word}
			if whole {
				dest = append(dest, &raw)
			}
			if err := scan(dest...); err != nil {
				return err
			}
			if a.Differs = differs != 0; out[rid] == nil {
				out[rid] = map[string]*answer{}
			}
			out[rid][a.Item] = a
			if whole {
				return json.Unmarshal([]byte(raw), &a.said)
			}
			return nil
		}, "SELECT "+columns+" FROM checklist_answers WHERE checklist_rid IN ("+marks+")", args...)
	})
	if err == nil {
		err = stampsOf(q, out, rids)
	}
	return out, err
}

// stampsOf reads which services' answers were said to be true in some checklists, into their answers.
func stampsOf(q *store.Query, answers map[int64]map[string]*answer, rids []int64) error {
	return store.InParts(rids, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var rid int64
			var item string
			var s stamp
			err := scan(&rid, &item, &s.of, &s.rev, &s.by, &s.at)
			if a := answers[rid][item]; a != nil {
				a.Still = append(a.Still, s)
			}
			return err
		}, "SELECT checklist_rid, item, of_rid, rev, by_id, at FROM checklist_stamps WHERE checklist_rid IN ("+marks+")", args...)
	})
}

// saveStamp writes a stamp, over the one of the same service.
func saveStamp(tx *store.Tx, rid int64, a *answer, s stamp) error {
	if has := a.still(s.of); has != nil {
		*has = s
	} else {
		a.Still = append(a.Still, s)
	}
	_, err := tx.Exec(`INSERT INTO checklist_stamps (checklist_rid, item, of_rid, rev, by_id, at) VALUES (?,?,?,?,?,?)
		ON CONFLICT (checklist_rid, item, of_rid) DO UPDATE SET rev = excluded.rev, by_id = excluded.by_id, at = excluded.at`, rid, a.Item, s.of, s.rev, s.by, s.at)
	return err
}

// saveAnswer writes an answer, a new one too.
func saveAnswer(tx *store.Tx, rid int64, a *answer) error {
	raw, err := json.Marshal(a.said)
	if err != nil {
		return err
	}
	differs := 0
	if a.Differs {
		differs = 1
	}
	_, err = tx.Exec(`INSERT INTO checklist_answers (checklist_rid, item, state, rev, explained_by, answered_at, confirm_by, expires_on, gap_until, differs, word, said)
		VALUES (`+store.Marks(12)+`) ON CONFLICT (checklist_rid, item) DO UPDATE SET state = excluded.state, rev = excluded.rev, explained_by = excluded.explained_by,
		answered_at = excluded.answered_at, confirm_by = excluded.confirm_by, expires_on = excluded.expires_on, gap_until = excluded.gap_until, differs = excluded.differs,
		word = excluded.word, said = excluded.said`,
		rid, a.Item, a.State, a.Rev, a.ExplainedBy, a.AnsweredAt, a.ConfirmBy, a.ExpiresOn, a.GapUntil, differs, a.Word, string(raw))
	return err
}
