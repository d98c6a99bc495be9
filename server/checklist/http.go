package checklist

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/card"
	"trestle/server/web"
)

// ListPath names a checklist, ItemPath an item of it. Exported, because huma passes over fields that are embedded under
// a lower-case name.
type ListPath struct {
	Checklist string `path:"checklist" maxLength:"64"`
}

type ItemPath struct {
	ListPath
	Item string `path:"item" maxLength:"64"`
}

func op(id, method, path, summary string, status int) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"checklists"}, DefaultStatus: status}
}

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	registerLists(api, s)
	registerItems(api, s)
	registerWords(api, s)
	registerTemplates(api, s)
}

func registerLists(api *web.API, s *Service) {
	web.Handle(api, op("checklist-list", http.MethodGet, "/checklists", "Checklists that you may see, with what blocks; those of your teams, and where you stand in today, when nothing is named", 200),
		func(ctx context.Context, in *Wanted) (*web.Body[web.Page[ListHead]], error) {
			return web.List(s.List(ctx, *in))
		})
	web.Handle(api, op("checklist-create", http.MethodPost, "/checklists", "Start a checklist of a card, a service or a launch", 201),
		func(ctx context.Context, in *struct{ Body NewList }) (*web.Body[View], error) {
			return web.JSON(s.Create(ctx, in.Body))
		})
	web.Handle(api, op("checklist-get", http.MethodGet, "/checklists/{checklist}", "A checklist with its items", 200),
		func(ctx context.Context, in *struct{ ListPath }) (*web.Body[View], error) {
			return web.JSON(s.Get(ctx, in.Checklist))
		})
	web.Handle(api, op("checklist-change", http.MethodPatch, "/checklists/{checklist}", "Change a checklist's name, level, phase, day or services", 200),
		func(ctx context.Context, in *struct {
			ListPath
			Body Patch
		}) (*web.Body[View], error) {
			return web.JSON(s.Change(ctx, in.Checklist, in.Body))
		})
	web.Handle(api, op("checklist-archive", http.MethodPost, "/checklists/{checklist}/archive", "Put a checklist away, or bring it back", 200),
		func(ctx context.Context, in *struct {
			ListPath
			Body struct {
				Archived *bool `json:"archived,omitempty" required:"false" doc:"False brings it back"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Archive(ctx, in.Checklist, in.Body.Archived == nil || *in.Body.Archived))
		})
	web.Handle(api, op("checklist-freeze", http.MethodPost, "/checklists/{checklist}/freeze", "Keep a checklist as it stands", 200),
		func(ctx context.Context, in *struct{ ListPath }) (*web.Body[View], error) {
			return web.JSON(s.Freeze(ctx, in.Checklist))
		})
	web.Handle(api, op("checklist-thaw", http.MethodPost, "/checklists/{checklist}/thaw", "Let a frozen checklist be changed again", 200),
		func(ctx context.Context, in *struct {
			ListPath
			Body Why
		}) (*web.Body[View], error) {
			return web.JSON(s.Thaw(ctx, in.Checklist, in.Body.Why))
		})
	web.Handle(api, op("checklist-remind", http.MethodPost, "/checklists/{checklist}/remind", "Tell everybody for whom something waits what blocks, each once a day", 200),
		func(ctx context.Context, in *struct{ ListPath }) (*web.Body[Reminded], error) {
			return web.JSON(s.Remind(ctx, in.Checklist))
		})
	card.HandleFile(api, s.cards, op("checklist-attach", http.MethodPost, "/checklists/{checklist}/attachments", "Attach a file to a checklist that is about no card", 201),
		func(ctx context.Context, in *struct {
			ListPath
			web.FormIn
		}) (*web.FormIn, func(card.NewFile) (Attached, error)) {
			return &in.FormIn, func(f card.NewFile) (Attached, error) { return s.Attach(ctx, in.Checklist, f) }
		})
	web.Handle(api, op("checklist-detach", http.MethodDelete, "/checklists/{checklist}/attachments/{attachment}", "Take a file off a checklist; it can be brought back for seven days", 200),
		func(ctx context.Context, in *struct {
			ListPath
			Attachment string `path:"attachment" maxLength:"64"`
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Detach(ctx, in.Checklist, in.Attachment))
		})
	web.Handle(api, op("checklist-reattach", http.MethodPost, "/checklists/{checklist}/attachments/{attachment}/restore", "Bring a file back that was taken off", 200),
		func(ctx context.Context, in *struct {
			ListPath
			Attachment string `path:"attachment" maxLength:"64"`
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Reattach(ctx, in.Checklist, in.Attachment))
		})
	web.Handle(api, op("checklist-markdown", http.MethodGet, "/checklists/{checklist}/markdown", "A checklist in words", 200),
		func(ctx context.Context, in *struct{ ListPath }) (*web.Body[Words], error) {
			return web.JSON(s.Markdown(ctx, in.Checklist))
		})
	web.Handle(api, op("checklist-newer", http.MethodGet, "/checklists/{checklist}/newer", "What the newest version of its template has that it does not", 200),
		func(ctx context.Context, in *struct{ ListPath }) (*web.Body[Newer], error) {
			return web.JSON(s.Newer(ctx, in.Checklist))
		})
	web.Handle(api, op("checklist-adopt", http.MethodPost, "/checklists/{checklist}/adopt", "Take items over as the newest version has them", 200),
		func(ctx context.Context, in *struct {
			ListPath
			Body struct {
				Items []string `json:"items" minItems:"1" maxItems:"200"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Adopt(ctx, in.Checklist, in.Body.Items))
		})
	web.Handle(api, op("checklist-understand-topic", http.MethodPost, "/checklists/{checklist}/topics/{topic}/understand", "Understand at once what of a topic waits for you and was opened", 200),
		func(ctx context.Context, in *struct {
			ListPath
			Topic string `path:"topic" maxLength:"40"`
		}) (*web.Body[Changed], error) {
			return web.JSON(s.UnderstandTopic(ctx, in.Checklist, in.Topic))
		})
}

// Rev is the rev of an answer that somebody has before them.
type Rev struct {
	Rev int64 `json:"rev" minimum:"0"`
}

// Why is a reason.
type Why struct {
	Why string `json:"why" minLength:"1" maxLength:"4000"`
}

// Words are something said.
type Words struct {
	Text string `json:"text" minLength:"1" maxLength:"8000"`
}

func registerItems(api *web.API, s *Service) {
	item := func(id, method, path, summary string) huma.Operation {
		return op(id, method, "/checklists/{checklist}/items/{item}/"+path, summary, 200)
	}
	plain := func(id, path, summary string, do func(ctx context.Context, id, key string) (Changed, error)) {
		web.Handle(api, item(id, http.MethodPost, path, summary), func(ctx context.Context, in *ItemPath) (*web.Body[Changed], error) {
			return web.JSON(do(ctx, in.Checklist, in.Item))
		})
	}
	atRev := func(id, path, summary string, do func(ctx context.Context, id, key string, rev int64) (Changed, error)) {
		web.Handle(api, item(id, http.MethodPost, path, summary), func(ctx context.Context, in *struct {
			ItemPath
			Body Rev
		}) (*web.Body[Changed], error) {
			return web.JSON(do(ctx, in.Checklist, in.Item, in.Body.Rev))
		})
	}
	web.Handle(api, item("checklist-answer", http.MethodPut, "answer", "Answer an item, or answer it anew"),
		func(ctx context.Context, in *struct {
			ItemPath
			Body NewAnswer
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Answer(ctx, in.Checklist, in.Item, in.Body))
		})
	web.Handle(api, item("checklist-open", http.MethodPost, "open", "Note that you have opened an item as it reads now"),
		func(ctx context.Context, in *struct {
			ItemPath
			Body struct {
				Rev *int64 `json:"rev,omitempty" required:"false" minimum:"0"`
			}
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Open(ctx, in.Checklist, in.Item, in.Body.Rev))
		})
	web.Handle(api, item("checklist-understand", http.MethodPost, "understand", "Say that you understand an answer of another discipline"),
		func(ctx context.Context, in *struct {
			ItemPath
			Body struct {
				Rev     int64  `json:"rev" minimum:"0"`
				Without string `json:"without,omitempty" required:"false" maxLength:"2000" doc:"Why, where the evidence is missing that is asked for"`
			}
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Understand(ctx, in.Checklist, in.Item, in.Body.Rev, in.Body.Without))
		})
	atRev("checklist-confirm", "confirm", "Say that you explained it so", s.Confirm)
	web.Handle(api, item("checklist-push-back", http.MethodPost, "push-back", "Ask back"),
		func(ctx context.Context, in *struct {
			ItemPath
			Body Words
		}) (*web.Body[Changed], error) {
			return web.JSON(s.PushBack(ctx, in.Checklist, in.Item, in.Body.Text))
		})
	plain("checklist-withdraw", "withdraw", "Take your question back", s.Withdraw)
	web.Handle(api, item("checklist-gap", http.MethodPost, "gap", "Accept a gap until a day; a card follows it up"),
		func(ctx context.Context, in *struct {
			ItemPath
			Body NewGap
		}) (*web.Body[Changed], error) {
			return web.JSON(s.AcceptGap(ctx, in.Checklist, in.Item, in.Body))
		})
	web.Handle(api, item("checklist-not-applicable", http.MethodPost, "not-applicable", "Say that an item does not apply, and why"),
		func(ctx context.Context, in *struct {
			ItemPath
			Body Why
		}) (*web.Body[Changed], error) {
			return web.JSON(s.NotApplicable(ctx, in.Checklist, in.Item, in.Body.Why))
		})
	plain("checklist-reopen", "reopen", "Make an item wait again that counted", s.Reopen)
	web.Handle(api, item("checklist-still-true", http.MethodPost, "still-true", "Say that services' answers are true for this too"),
		func(ctx context.Context, in *struct {
			ItemPath
			Body *struct {
				ServiceID string `json:"serviceId,omitempty" required:"false" maxLength:"64" doc:"Whose answer; all that count now when absent"`
			}
		}) (*web.Body[Changed], error) {
			if in.Body == nil {
				return web.JSON(s.StillTrue(ctx, in.Checklist, in.Item, ""))
			}
			return web.JSON(s.StillTrue(ctx, in.Checklist, in.Item, in.Body.ServiceID))
		})
	web.Handle(api, item("checklist-differs", http.MethodPost, "differs", "Say that a service's answer is not that of this one, or take that back"),
		func(ctx context.Context, in *struct {
			ItemPath
			Body struct {
				Differs *bool `json:"differs,omitempty" required:"false"`
			}
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Differs(ctx, in.Checklist, in.Item, in.Body.Differs == nil || *in.Body.Differs))
		})
}

func registerWords(api *web.API, s *Service) {
	web.Handle(api, op("checklist-history", http.MethodGet, "/checklists/{checklist}/items/{item}/history", "What became of an item, the newest first", 200),
		func(ctx context.Context, in *ItemPath) (*web.Body[web.Page[ItemLine]], error) {
			return web.List(s.History(ctx, in.Checklist, in.Item))
		})
	web.Handle(api, op("checklist-earlier", http.MethodGet, "/checklists/{checklist}/items/{item}/earlier", "How an item was answered in other checklists, and understood: up to three", 200),
		func(ctx context.Context, in *ItemPath) (*web.Body[web.Page[Earlier]], error) {
			return web.List(s.Earlier(ctx, in.Checklist, in.Item))
		})
	web.Handle(api, op("checklist-comments", http.MethodGet, "/checklists/{checklist}/items/{item}/comments", "What was said beside an item", 200),
		func(ctx context.Context, in *ItemPath) (*web.Body[web.Page[ItemComment]], error) {
			return web.List(s.Comments(ctx, in.Checklist, in.Item))
		})
	web.Handle(api, op("checklist-comment", http.MethodPost, "/checklists/{checklist}/items/{item}/comments", "Say something beside an item", 201),
		func(ctx context.Context, in *struct {
			ItemPath
			Body Words
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Say(ctx, in.Checklist, in.Item, in.Body.Text))
		})
	web.Handle(api, op("checklist-comment-remove", http.MethodDelete, "/checklist-comments/{comment}", "Take a comment away", 200),
		func(ctx context.Context, in *struct {
			ItemComment string `path:"comment" maxLength:"64"`
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Unsay(ctx, in.ItemComment))
		})
}
