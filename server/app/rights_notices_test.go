package app_test

import "testing"

// noticeQuestion asks what a person does with their own notices, and a lead with their team's chat.
func (f *fixture) noticeQuestion(t *testing.T, op, target string, ok bool) question {
	t.Helper()
	q := question{path: map[string]string{}}
	switch op {
	case "notice-read", "notice-unread":
		q.body = map[string]any{"ids": []string{"ntc_0000000000000000"}}
	case "notice-preferences-change":
		q.body = map[string]any{"digestAt": "09:30"}
	case "notice-no-mail", "notice-no-mail-ask":
		q.query = "?t=nobody"
	case "chat-get", "chat-set", "chat-remove", "chat-test":
		team := f.team(target)
		q.path["team"] = team
		if op == "chat-set" {
			q.body = map[string]any{"url": "https://chat.example.test/secret", "kinds": []string{"blocker.raised"}}
			if ok { // or the test message below would look for that host
				q.after = func() { f.s.As("admin").Must(t, 204, "DELETE /teams/"+team+"/chat", nil) }
			}
		}
	}
	return q
}
