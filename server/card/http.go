package card

import (
	"context"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// Exported, because huma passes over fields that are embedded under a lower-case name.
type CardPath struct {
	Card string `path:"card" maxLength:"64" doc:"A card's id or key"`
}
type BoardPath struct {
	Board string `path:"board" maxLength:"64"`
}

func op(id, method, path, summary string, status int) huma.Operation {
	tag := "cards"
	if strings.HasPrefix(path, "/boards") || path == "/events" {
		tag = "boards"
	}
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{tag}, DefaultStatus: status}
}

// Register puts the room's verbs on the API.
// may decides who reads a topic's record: the same who may listen to it.
func Register(api *web.API, s *Service, may Listening) {
	registerBoard(api, s)
	registerEvents(api, s, may)
	registerCard(api, s)
	registerParts(api, s)
	registerQueue(api, s)
	registerMirrors(api, s)
	registerBlockers(api, s)
	registerFull(api, s)
	registerAttachments(api, s)
}

type snapshotIn struct {
	BoardPath
	IfNoneMatch    string `header:"If-None-Match"`
	AcceptEncoding string `header:"Accept-Encoding"`
}

type snapshotOut struct {
	Status          int
	ETag            string `header:"ETag"`
	ContentType     string `header:"Content-Type"`
	ContentEncoding string `header:"Content-Encoding"`
	CacheControl    string `header:"Cache-Control"`
	Vary            string `header:"Vary"`
	Body            []byte
}

func registerBoard(api *web.API, s *Service) {
	web.Handle(api, op("board-list", http.MethodGet, "/boards", "Every board you may see, at a glance", 200),
		func(ctx context.Context, in *struct {
			Archived bool `query:"archived" doc:"Those that were put away, instead of those in use"`
		}) (*web.Body[web.Page[BoardCard]], error) {
			return web.List(s.Boards(ctx, in.Archived))
		})

	get := op("board-get", http.MethodGet, "/boards/{board}", "A whole board and the sequence at which it is true", 200)
	get.Responses = map[string]*huma.Response{
		"200": {Description: "The board", Content: map[string]*huma.MediaType{"application/json": {
			Schema: api.Huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Snapshot](), true, "Snapshot")}}},
		"304": {Description: "Unchanged since the ETag you sent"},
	}
	web.Handle(api, get, func(ctx context.Context, in *snapshotIn) (*snapshotOut, error) {
		e, err := s.Snapshot(ctx, in.Board, in.IfNoneMatch, strings.Contains(in.AcceptEncoding, "gzip"))
		if err != nil {
			return nil, err
		}
		out := &snapshotOut{Status: http.StatusOK, ETag: e.ETag, ContentType: "application/json", CacheControl: "private, no-cache", Vary: "Accept-Encoding", Body: e.Body}
		if e.Body == nil {
			out.Status = http.StatusNotModified
		}
		if e.Zip {
			out.ContentEncoding = "gzip"
		}
		return out, nil
	})
	web.Handle(api, op("board-events", http.MethodGet, "/boards/{board}/events", "A board's record after a sequence", 200),
		func(ctx context.Context, in *struct {
			BoardPath
			Since int64 `query:"since" minimum:"0"`
			Limit int   `query:"limit" minimum:"1" maximum:"1000" default:"500"`
		}) (*web.Body[Log], error) {
			return web.JSON(s.EventsOf(ctx, in.Board, in.Since, in.Limit))
		})
	web.Handle(api, op("board-archived", http.MethodGet, "/boards/{board}/archived", "A board's archived cards, newest first", 200),
		func(ctx context.Context, in *struct {
			BoardPath
			Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
			Cursor string `query:"cursor" maxLength:"200"`
		}) (*web.Body[web.Page[Archived]], error) {
			items, next, err := s.ArchivedOn(ctx, in.Board, in.Limit, in.Cursor)
			return web.JSON(web.Page[Archived]{Items: items, NextCursor: next}, err)
		})
	web.Handle(api, op("card-create", http.MethodPost, "/boards/{board}/cards", "Add a card", 201),
		func(ctx context.Context, in *struct {
			BoardPath
			Body NewCard
		}) (*web.Body[Created], error) {
			out, err := s.Create(ctx, in.Board, in.Body)
			return web.JSON(Created{out.Card, out}, err)
		})
	web.Handle(api, op("board-bulk", http.MethodPost, "/boards/{board}/bulk", "Change many cards at once: all of them or none", 200),
		func(ctx context.Context, in *struct {
			BoardPath
			Body Bulk
		}) (*web.Body[BulkAnswer], error) {
			return web.JSON(s.Bulk(ctx, in.Board, in.Body))
		})
}

// Created is a new card, at the top level and whole.
type Created struct {
	Face
	Changed
}

type detailOut struct {
	Status   int
	Location string `header:"Location"`
	Body     *Detail
}

func registerCard(api *web.API, s *Service) {
	web.Handle(api, op("card-get", http.MethodGet, "/cards/{card}", "Everything about one card; a former key redirects", 200),
		func(ctx context.Context, in *struct{ CardPath }) (*detailOut, error) {
			d, canonical, err := s.Detail(ctx, in.Card)
			if err != nil {
				return nil, err
			}
			if canonical != "" && !strings.EqualFold(canonical, in.Card) {
				return &detailOut{Status: http.StatusPermanentRedirect, Location: "/api/v1/cards/" + canonical}, nil
			}
			return &detailOut{Status: http.StatusOK, Body: &d}, nil
		})
	web.Handle(api, op("card-change", http.MethodPatch, "/cards/{card}", "Change what a card says", 200),
		func(ctx context.Context, in *struct {
			CardPath
			Body Patch
		}) (*web.Body[Created], error) {
			out, err := s.Change(ctx, in.Card, in.Body)
			return web.JSON(Created{out.Card, out}, err)
		})
	web.Handle(api, op("card-archive", http.MethodDelete, "/cards/{card}", "Archive a card; it can be restored", 200),
		func(ctx context.Context, in *struct{ CardPath }) (*web.Body[Changed], error) {
			return web.JSON(s.Archive(ctx, in.Card))
		})
	web.Handle(api, op("card-restore", http.MethodPost, "/cards/{card}/restore", "Put an archived card back on its board", 200),
		func(ctx context.Context, in *struct {
			CardPath
			Body *RestoreTo
		}) (*web.Body[Changed], error) {
			if in.Body == nil {
				return web.JSON(s.RestoreTo(ctx, in.Card, RestoreTo{}))
			}
			return web.JSON(s.RestoreTo(ctx, in.Card, *in.Body))
		})
	web.Handle(api, op("card-move", http.MethodPost, "/cards/{card}/move", "Move a card; its limits admit it or say why not", 200),
		func(ctx context.Context, in *struct {
			CardPath
			Body Move
		}) (*web.Body[MoveAnswer], error) {
			return web.JSON(s.Move(ctx, in.Card, in.Body))
		})
	web.Handle(api, op("card-undo", http.MethodPost, "/cards/{card}/undo", "Take a move back, if nothing moved the card since", 200),
		func(ctx context.Context, in *struct {
			CardPath
			Body struct {
				Seq     int64  `json:"seq" minimum:"1" doc:"The sequence that the move answered"`
				BoardID string `json:"boardId,omitempty" required:"false" maxLength:"64" doc:"The board whose sequence it is, for the move of a mirror"`
				Set     *Says  `json:"set,omitempty" required:"false" doc:"What the card said before, if the move had changed that too"`
			}
		}) (*web.Body[MoveAnswer], error) {
			if in.Body.BoardID != "" {
				return web.JSON(s.UndoMirror(ctx, in.Card, in.Body.BoardID, in.Body.Seq))
			}
			if in.Body.Set != nil {
				return web.JSON(s.UndoSaying(ctx, in.Card, in.Body.Seq, *in.Body.Set))
			}
			return web.JSON(s.Undo(ctx, in.Card, in.Body.Seq))
		})
}

func registerParts(api *web.API, s *Service) {
	web.Handle(api, op("card-block", http.MethodPost, "/cards/{card}/blockers", "Say what stops a card", 201),
		func(ctx context.Context, in *struct {
			CardPath
			Body NewBlocker
		}) (*web.Body[Blocked], error) {
			return web.JSON(s.Block(ctx, in.Card, in.Body))
		})
	web.Handle(api, op("blocker-close", http.MethodDelete, "/blockers/{blocker}", "Close a blocker", 200),
		func(ctx context.Context, in *struct {
			Blocker string `path:"blocker" maxLength:"64"`
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Unblock(ctx, in.Blocker))
		})
	web.Handle(api, op("card-comment", http.MethodPost, "/cards/{card}/comments", "Comment on a card, in Markdown", 201),
		func(ctx context.Context, in *struct {
			CardPath
			Body TextBody
		}) (*web.Body[Commented], error) {
			return web.JSON(s.Comment(ctx, in.Card, in.Body.Text))
		})
	type CommentPath struct {
		Comment string `path:"comment" maxLength:"64"`
	}
	web.Handle(api, op("comment-change", http.MethodPatch, "/comments/{comment}", "Change one's own comment", 200),
		func(ctx context.Context, in *struct {
			CommentPath
			Body Reword
		}) (*web.Body[Changed], error) {
			return web.JSON(s.EditComment(ctx, in.Comment, in.Body))
		})
	web.Handle(api, op("comment-remove", http.MethodDelete, "/comments/{comment}", "Take a comment away", 200),
		func(ctx context.Context, in *struct{ CommentPath }) (*web.Body[Changed], error) {
			return web.JSON(s.RemoveComment(ctx, in.Comment))
		})
	web.Handle(api, op("card-todo-add", http.MethodPost, "/cards/{card}/todos", "Add a to-do item", 201),
		func(ctx context.Context, in *struct {
			CardPath
			Body NewTodo
		}) (*web.Body[WithTodo], error) {
			return web.JSON(s.AddTodo(ctx, in.Card, in.Body))
		})
	type TodoPath struct {
		Todo string `path:"todo" maxLength:"64"`
	}
	web.Handle(api, op("todo-change", http.MethodPatch, "/todos/{todo}", "Check, uncheck or reword a to-do item", 200),
		func(ctx context.Context, in *struct {
			TodoPath
			Body TodoPatch
		}) (*web.Body[Changed], error) {
			return web.JSON(s.ChangeTodo(ctx, in.Todo, in.Body))
		})
	web.Handle(api, op("todo-remove", http.MethodDelete, "/todos/{todo}", "Take a to-do item away", 200),
		func(ctx context.Context, in *struct{ TodoPath }) (*web.Body[Changed], error) {
			return web.JSON(s.RemoveTodo(ctx, in.Todo))
		})
	type SignalPath struct {
		CardPath
		Key string `path:"key" maxLength:"40"`
	}
	web.Handle(api, op("card-signal", http.MethodPut, "/cards/{card}/signals/{key}", "Set a signal on a card, from a pipeline", 200),
		func(ctx context.Context, in *struct {
			SignalPath
			Body NewSignal
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Signal(ctx, in.Card, in.Key, in.Body))
		})
	web.Handle(api, op("card-signal-remove", http.MethodDelete, "/cards/{card}/signals/{key}", "Take a signal away", 200),
		func(ctx context.Context, in *struct{ SignalPath }) (*web.Body[Changed], error) {
			return web.JSON(s.RemoveSignal(ctx, in.Card, in.Key))
		})
	web.Handle(api, op("markdown", http.MethodPost, "/markdown", "Markdown as it will be shown", 200),
		func(ctx context.Context, in *struct {
			Body struct {
				Text string `json:"text" maxLength:"100000"`
				Card string `json:"card,omitempty" required:"false" maxLength:"64" doc:"The card on which it will stand, for whom it can name"`
			}
		}) (*web.Body[Rendered], error) {
			return web.JSON(s.Preview(ctx, in.Body.Card, in.Body.Text))
		})
}

// TextBody is a body that is one text.
type TextBody struct {
	Text string `json:"text" minLength:"1" maxLength:"20000"`
}

// Reword is a text that replaces another.
type Reword struct {
	TextBody
	Was *string `json:"was,omitempty" required:"false" maxLength:"20000" doc:"What it said when the writing began: refused as stale if it says something else by now"`
}

// Rendered is safe HTML.
type Rendered struct {
	HTML string `json:"html"`
}
