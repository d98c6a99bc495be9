package notice

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/outbox"
	"trestle/server/store"
	"trestle/server/who"
)

// ChatKind is the kind under which messages to a chat wait in the outbox.
const ChatKind = "notice.chat"

// ChatView is a team's chat hook without its address, which nobody sees again.
type ChatView struct {
	Set       bool       `json:"set"`
	Host      string     `json:"host,omitempty" doc:"The address's host, to know it by"`
	Kinds     []string   `json:"kinds" doc:"Which notices go there"`
	Available []string   `json:"available" doc:"Which notices could"`
	SetBy     string     `json:"setBy,omitempty"`
	SetAt     *time.Time `json:"setAt,omitempty"`
	Last      *Delivery  `json:"last,omitempty" doc:"How the last message went"`
}

// chatable are the kinds that are about a team and not about one person.
var chatable = []string{"ask.raised", "blocker.raised", "blocker.promised", "flow.weekly", "policy.top_changed", "retro.due", "retro.published", "ritual.summary", "standup.summary"}

type teamChat struct {
	url, kinds, setBy string
	setAt             int64
}

func chatOf(q *store.Query, teamID string) (c teamChat, found bool, err error) {
	found, err = q.Row([]any{&c.url, &c.kinds, &c.setBy, &c.setAt}, "SELECT url, kinds, set_by, set_at FROM team_chats WHERE team_id = ?", teamID)
	return c, found, err
}

// leads gives not_found or forbidden unless the viewer leads the team.
func (s *Service) leads(q *store.Query, v who.Viewer, teamID string) error {
	_, err := s.leaders.NeedLead(q, v, teamID)
	return err
}

// Chat reads a team's chat hook; for its leads.
func (s *Service) Chat(ctx context.Context, teamID string) (c ChatView, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		if err := s.leads(q, who.From(ctx), teamID); err != nil {
			return err
		}
		c, err = s.chatView(q, teamID)
		return err
	})
	return c, err
}

func (s *Service) chatView(q *store.Query, teamID string) (ChatView, error) {
	v := ChatView{Kinds: []string{}, Available: chatable}
	c, found, err := chatOf(q, teamID)
	if err != nil || !found {
		return v, err
	}
	if u, err := url.Parse(c.url); err == nil {
		v.Host = u.Hostname()
	}
	at := store.At(c.setAt)
	v.Set, v.SetAt, v.Kinds = true, &at, strings.Fields(c.kinds)
	people, err := account.PeopleByID(q, []string{c.setBy})
	if err != nil {
		return v, err
	}
	v.SetBy = people[c.setBy].Name
	err = s.deliveries(q, "d.team_id = ? AND d.channel = 'chat' ORDER BY d.at DESC, d.rid DESC LIMIT 1", []any{teamID}, func(d Delivery) { v.Last = &d })
	return v, err
}

// SetChat gives a team its chat hook, or with address "" changes what goes there; for its leads.
func (s *Service) SetChat(ctx context.Context, teamID, address string, kinds []string) (ChatView, error) {
	v := who.From(ctx)
	address = strings.TrimSpace(address)
	if address != "" {
		if !s.Allowed(address) {
			return ChatView{}, fault.Invalid("body.url", "A hook's address begins with https://, as the chat shows it")
		}
	}
	for _, k := range kinds {
		if !slices.Contains(chatable, k) {
			return ChatView{}, fault.Invalid("body.kinds", "Notices of the kind %.40q do not go to a chat", k)
		}
	}
	return store.InTx(ctx, s.store, []string{event.TeamTopic(teamID)}, func(tx *store.Tx) (ChatView, error) {
		if err := s.leads(tx.Query, v, teamID); err != nil {
			return ChatView{}, err
		}
		c, found, err := chatOf(tx.Query, teamID)
		if err != nil {
			return ChatView{}, err
		}
		if address == "" && !found {
			return ChatView{}, fault.Invalid("body.url", "Give the hook's address")
		}
		if address != "" {
			c.url = address
		}
		if _, err := tx.Exec(`INSERT INTO team_chats (team_id, url, kinds, set_by, set_at) VALUES (?,?,?,?,?) ON CONFLICT (team_id) DO UPDATE
			SET url = excluded.url, kinds = excluded.kinds, set_by = excluded.set_by, set_at = excluded.set_at`,
			teamID, c.url, strings.Join(kinds, " "), tx.ActorID, store.Ms(tx.Now)); err != nil {
			return ChatView{}, err
		}
		if _, err := tx.Publish(event.TeamTopic(teamID), "team.chat_set", map[string]any{"kinds": kinds}); err != nil {
			return ChatView{}, err
		}
		return s.chatView(tx.Query, teamID)
	})
}

// RemoveChat forgets a team's chat hook; for its leads.
func (s *Service) RemoveChat(ctx context.Context, teamID string) error {
	v := who.From(ctx)
	return store.Do(ctx, s.store, []string{event.TeamTopic(teamID)}, func(tx *store.Tx) error {
		if err := s.leads(tx.Query, v, teamID); err != nil {
			return err
		}
		n, err := tx.Exec("DELETE FROM team_chats WHERE team_id = ?", teamID)
		if err != nil || n == 0 {
			return err
		}
		_, err = tx.Publish(event.TeamTopic(teamID), "team.chat_removed", map[string]any{})
		return err
	})
}

// chatJob is one message. NoteJob is the note's own job, under which it stands in the log.
type chatJob struct {
	TeamID  string `json:"teamId"`
	NoteJob int64  `json:"noteJob"`
	Note    Note   `json:"note"`
}

// toChat leaves a note's message for the team's chat, once per note, if the team wants this kind there.
func (s *Service) toChat(tx *store.Tx, j outbox.Job, n Note) error {
	if n.TeamID == "" {
		return nil
	}
	c, found, err := chatOf(tx.Query, n.TeamID)
	if err != nil || !found || !slices.Contains(strings.Fields(c.kinds), n.Kind) {
		return err
	}
	// its line in the log makes it happen once
	made, err := tx.Exec(`INSERT INTO deliveries (channel, job, team_id, subject, notices, state, at) VALUES ('chat',?,?,?,1,?,?)
		ON CONFLICT (channel, job) DO NOTHING`, j.ID, n.TeamID, chatSubject(n), waiting, store.Ms(tx.Now))
	if err != nil || made == 0 {
		return err
	}
	return tx.Enqueue(ChatKind, "", chatJob{n.TeamID, j.ID, n}, tx.Now)
}

func chatSubject(n Note) string { return clip(oneLine(n.Title), 120) }

// chat sends one message.
func (s *Service) chat(ctx context.Context, j outbox.Job) error {
	var p chatJob
	if err := json.Unmarshal(j.Payload, &p); err != nil {
		return outbox.Permanent(err)
	}
	j.ID = p.NoteJob
	d := delivery{channel: "chat", job: j, teamID: p.TeamID, subject: chatSubject(p.Note), notices: 1}
	c, found, err := chatOf(s.store.Rows(ctx), p.TeamID)
	if err != nil {
		return err
	}
	if !found {
		d.state, d.reason = skipped, "The team has no chat hook any more."
		return s.settle(ctx, d)
	}
	body, err := message(p.Note, s.base+p.Note.Link)
	if err != nil {
		return outbox.Permanent(err)
	}
	if err := post(ctx, s.hooks, c.url, body); err != nil {
		return s.tryAgain(ctx, d, err)
	}
	d.state = sent
	return s.settle(ctx, d)
}

// message is what Slack, Mattermost, Rocket.Chat and others take. Their three signs are escaped, and a word after an @ is
// parted from it (Slack calls everybody by <!channel>, the others by @channel), so that nobody's words become a link or
// call everybody in the channel.
func message(n Note, link string) (*bytes.Reader, error) {
	safe := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "@", "@\u200b")
	said := fmt.Sprintf("<%s|%s>", link, strings.ReplaceAll(safe.Replace(oneLine(n.Title)), "|", "¦"))
	if n.ActorName != "" {
		said = "*" + safe.Replace(oneLine(n.ActorName)) + "* · " + said
	}
	switch {
	case n.Markdown != "":
		said += "\n\n" + safe.Replace(clip(n.Markdown, 3500))
	case n.Text != "":
		said += "\n> " + safe.Replace(clip(oneLine(n.Text), 500))
	}
	raw, err := json.Marshal(map[string]string{"text": said})
	return bytes.NewReader(raw), err
}
