package port

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/text"
	"trestle/server/who"
)

// AuditLine is one line for auditors: what somebody did about a checklist, a launch, a waiver, a freeze or a pattern,
// and why. Topic, seq and hash are those of the record, whose hashes are a chain: a line cannot be changed unseen.
type AuditLine struct {
	At         string `json:"at"`
	Team       string `json:"team,omitempty"`
	Kind       string `json:"kind"`
	By         string `json:"by,omitempty"`
	Discipline string `json:"discipline,omitempty"`
	About      string `json:"about,omitempty"`
	Item       string `json:"item,omitempty"`
	Question   string `json:"question,omitempty"`
	State      string `json:"state,omitempty"`
	Why        string `json:"why,omitempty"`
	Evidence   string `json:"evidence,omitempty"`
	Topic      string `json:"topic,omitempty"`
	Seq        int64  `json:"seq,omitempty"`
	Hash       string `json:"hash,omitempty"`
}

// Audit is which lines are wanted: days are by UTC, both included.
type Audit struct {
	TeamID   string
	From, To string
	Format   string // csv or json
}

const onlyAuditors = "Only a lead of the team, a manager or an administrator exports its record; of all teams only a manager or an administrator."

// AuditTo writes every answer, understanding, question, gap, waiver, setting, launch step, freeze and pattern change of a
// time, the oldest first, with who, when and why. For leads of the team, managers and administrators.
func (s *Service) AuditTo(ctx context.Context, a Audit, w io.Writer) (out Exported, err error) {
	from, err := time.Parse(time.DateOnly, a.From)
	if err != nil {
		return out, fault.Invalid("query.from", "Write the day like 2026-11-30")
	}
	to, err := time.Parse(time.DateOnly, a.To)
	if err != nil || to.Before(from) {
		return out, fault.Invalid("query.to", "Write a day like 2026-11-30, not before the first")
	}
	buf := bufio.NewWriterSize(w, 64<<10)
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		name, err := auditor(q, who.From(ctx), a.TeamID)
		if err != nil {
			return err
		}
		out = Exported{ContentType: "text/csv; charset=utf-8", Extension: "record.csv", BoardName: strings.TrimSpace(name + " " + a.From + " to " + a.To)}
		var put func(AuditLine) error
		var end func() error
		if a.Format == JSON {
			out.ContentType, out.Extension = "application/json", JSON
			put, end = auditJSON(buf, a, name)
		} else {
			put, end = auditCSV(buf)
		}
		if err := auditLines(q, a.TeamID, store.Ms(from), store.Ms(to.AddDate(0, 0, 1)), put); err != nil {
			return err
		}
		return end()
	})
	if err == nil {
		err = buf.Flush()
	}
	return out, err
}

// auditor refuses who may not export a team's record, or that of all teams; it gives the team's name.
func auditor(q *store.Query, v who.Viewer, teamID string) (string, error) {
	if teamID == "" {
		r, err := team.RightsIn(q, v, "")
		if err == nil && !r.Manager {
			err = fault.Forbidden(onlyAuditors)
		}
		return "", err
	}
	t, r, err := team.See(q, v, teamID)
	if err == nil && !r.CanPattern() {
		err = fault.Forbidden(onlyAuditors)
	}
	return t.Name, err
}

func auditCSV(w io.Writer) (put func(AuditLine) error, end func() error) {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	_ = c.Write([]string{"at", "team", "kind", "by", "discipline", "about", "item", "question", "state", "why", "evidence", "topic", "seq", "hash"}) // a writer that failed says so at the end
	return func(l AuditLine) error {
			seq := ""
			if l.Seq > 0 {
				seq = strconv.FormatInt(l.Seq, 10)
			}
			return c.Write([]string{l.At, text.Cell(l.Team), l.Kind, text.Cell(l.By), l.Discipline, text.Cell(l.About), l.Item, text.Cell(l.Question), l.State, text.Cell(l.Why), text.Cell(l.Evidence), l.Topic, seq, l.Hash})
		}, func() error {
			c.Flush()
			return c.Error()
		}
}

func auditJSON(w *bufio.Writer, a Audit, name string) (put func(AuditLine) error, end func() error) {
	head, _ := json.Marshal(map[string]string{"from": a.From, "to": a.To, "team": name}) // words always can
	_, _ = w.Write(append(head[:len(head)-1], `,"lines":[`...))
	first := true
	return func(l AuditLine) error {
			if !first {
				_ = w.WriteByte(',')
			}
			first = false
			raw, err := json.Marshal(l)
			_, _ = w.Write(raw)
			return err
		}, func() error {
			_, err := w.WriteString("]}\n")
			return err
		}
}

// auditLines reads the record: of checklists and launches, of patterns, liaisons and freezes, and what was waived.
func auditLines(q *store.Query, teamID string, from, to int64, put func(AuditLine) error) error {
	mine, org, args := "", " OR e.topic = 'org'", []any{}
	if teamID != "" {
		mine, org = " AND t.id = ?", ""
	}
	add := func() {
		if args = append(args, from, to); teamID != "" {
			args = append(args, teamID)
		}
	}
	add()
	add()
	add()
	people, err := everybody(q)
	if err != nil {
		return err
	}
	if org != "" {
		args = append(args, from, to)
		org = ` UNION ALL SELECT e.at, '', e.type, e.actor_id, '', e.data, e.topic, e.seq, e.hash FROM events e
			WHERE e.topic = 'org' AND e.at >= ? AND e.at < ? AND e.type LIKE 'freeze.%'`
	}
	return q.Each(func(scan func(...any) error) error {
		var l AuditLine
		var at int64
		var actor, data string
		if err := scan(&at, &l.Team, &l.Kind, &actor, &l.About, &data, &l.Topic, &l.Seq, &l.Hash); err != nil {
			return err
		}
		l.At, l.By, l.Discipline = store.At(at).Format(time.RFC3339), people[actor].name, people[actor].discipline
		l.tell(data, people)
		return put(l)
	}, `SELECT e.at, t.name, e.type, e.actor_id, COALESCE(NULLIF(k.name, ''), c.title, s.name, ''), e.data, e.topic, e.seq, e.hash
		FROM checklists k LEFT JOIN cards c ON c.rid = k.card_rid LEFT JOIN boards b ON b.rid = c.board_rid LEFT JOIN services s ON s.rid = k.service_rid
		JOIN teams t ON t.id = COALESCE(b.team_id, k.team_id) JOIN events e ON e.topic = 'checklist:' || k.id
		WHERE e.at >= ? AND e.at < ?`+mine+` AND e.type NOT IN ('checklist.commented', 'checklist.comment_removed', 'checklist.inherited', 'checklist.waived')
		UNION ALL SELECT e.at, t.name, e.type, e.actor_id, '', e.data, e.topic, e.seq, e.hash FROM teams t JOIN events e ON e.topic = 'team:' || t.id
		WHERE e.at >= ? AND e.at < ?`+mine+` AND (e.type LIKE 'pattern.%' OR e.type LIKE 'liaison.%' OR e.type LIKE 'freeze.%')
		UNION ALL SELECT x.at, t.name, CASE WHEN x.check_id = '`+board.ListCheck+`' THEN 'checklist.waived' ELSE 'check.waived' END, x.actor_id, c.key || ' ' || c.title,
		x.reason, n.name, 0, x.text FROM card_checks x JOIN cards c ON c.rid = x.card_rid JOIN columns n ON n.rid = x.column_rid JOIN boards b ON b.rid = x.board_rid
		JOIN teams t ON t.id = b.team_id WHERE x.at >= ? AND x.at < ?`+mine+` AND x.waived = TRUE`+org+` ORDER BY 1, 7, 8`, args...)
}

type somebody struct{ name, discipline string }

func everybody(q *store.Query) (map[string]somebody, error) {
	out := map[string]somebody{}
	return out, q.Each(func(scan func(...any) error) error {
		var id string
		var p somebody
		err := scan(&id, &p.name, &p.discipline)
		out[id] = p
		return err
	}, "SELECT id, name, discipline FROM people")
}

// recorded is what an event of any of these kinds may say.
type recorded struct {
	Items []struct {
		Key, Question, State, Text string
		Proof                      []struct{ Type, Value, Unit, Label, PersonID, VerifiedOn string }
		ExplainedBy                *struct{ Person struct{ Name string } }
		Asked, NA                  *struct{ Text string }
		Gap                        *struct {
			Until, Why string
			Card       *struct{ Key string }
		}
	}
	Head *struct {
		Level, Phase, LaunchOn string
		Blocking               int
	}
	Said, Why, State, Stage, Title, From, To string
	Discipline, Pattern, Was, PersonID       string
	Blocking                                 int
	Person                                   *struct{ Name string }
	Liaison                                  *struct {
		Person     struct{ Name string }
		Discipline string
	}
}

// tell fills in what the record says. What was erased on request says nothing any more.
func (l *AuditLine) tell(data string, people map[string]somebody) {
	if strings.HasSuffix(l.Kind, ".waived") { // of the card's entries, where the record stands in columns
		l.Why, l.State, l.Question = data, "let into "+l.Topic, l.Hash
		l.Topic, l.Hash = "", ""
		return
	}
	var r recorded
	if json.Unmarshal([]byte(data), &r) != nil {
		return
	}
	var why []string
	say := func(words ...string) {
		if s := strings.TrimSpace(strings.Join(words, " ")); s != "" && words[len(words)-1] != "" {
			why = append(why, s)
		}
	}
	kind, _, _ := strings.Cut(l.Kind, ".")
	switch kind {
	case "checklist":
		if len(r.Items) > 0 {
			it := r.Items[0]
			l.Item, l.Question, l.State = it.Key, it.Question, it.State
			switch l.Kind {
			case "checklist.pushed_back":
				if it.Asked != nil {
					say(it.Asked.Text)
				}
			case "checklist.gap_accepted":
				if it.Gap != nil {
					say(it.Gap.Why)
					say("until", it.Gap.Until)
					if it.Gap.Card != nil {
						say("followed up by", it.Gap.Card.Key)
					}
				}
			case "checklist.not_applicable":
				if it.NA != nil {
					say(it.NA.Text)
				}
			default:
				say(it.Text)
				if it.ExplainedBy != nil && it.ExplainedBy.Person.Name != l.By {
					say("explained by", it.ExplainedBy.Person.Name)
				}
			}
			var proof []string
			for _, p := range it.Proof {
				proof = append(proof, strings.Join(strings.Fields(strings.Join([]string{p.Type, p.Label, p.Value, p.Unit, people[p.PersonID].name, p.VerifiedOn}, " ")), " "))
			}
			l.Evidence = strings.Join(proof, "; ")
		} else if r.Head != nil {
			l.State = strings.TrimSpace(r.Head.Level + ", " + r.Head.Phase + " " + r.Head.LaunchOn)
			say("blocking", strconv.Itoa(r.Head.Blocking))
		}
		say(r.Said)
	case "launch":
		l.State = r.State
		say("stage", r.Stage)
		say(r.Said)
		if r.Blocking > 0 {
			say("blocking", strconv.Itoa(r.Blocking))
		}
	case "freeze":
		l.About, l.State = r.Title, strings.Trim(r.From+" to "+r.To, " to")
		say(r.Why)
	default: // patterns and liaisons
		l.About, l.State = people[r.PersonID].name, strings.TrimSpace(r.Discipline+" "+r.Pattern)
		if r.Person != nil {
			l.About = r.Person.Name
		}
		if r.Liaison != nil {
			l.About, l.State = r.Liaison.Person.Name, r.Liaison.Discipline
		}
		say("was", r.Was)
		say(r.Why)
	}
	l.Why = strings.Join(why, "; ")
}
