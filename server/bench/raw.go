package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v4"
	_ "github.com/mattn/go-sqlite3" // the "sqlite3" driver
)

// serveRaw is the other child: the least that any server on this machine must do. A hello in JSON; a "move"
// that inserts a line and updates a row, committed in groups with synchronous=FULL; a broadcast that writes
// one prepared message to every socket in a loop.
func serveRaw() {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.GET("/hello", func(c echo.Context) error { return c.JSON(200, map[string]string{"hello": "world"}) })
	g, err := newGroup(filepath.Join(os.Getenv("TRESTLE_DATA"), "raw.db"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	e.POST("/move", func(c echo.Context) error {
		var in struct {
			Card, Column int64
		}
		if err := json.NewDecoder(c.Request().Body).Decode(&in); err != nil {
			return err
		}
		if err := g.move(in.Card, in.Column); err != nil {
			return err
		}
		return c.JSON(200, map[string]int64{"card": in.Card, "column": in.Column})
	})
	var b broadcast
	e.GET("/live", b.join)
	e.POST("/say", func(c echo.Context) error {
		size, _ := strconv.Atoi(c.QueryParam("size"))
		return c.JSON(200, map[string]int64{"seq": b.say(size)})
	})
	srv := &http.Server{Addr: os.Getenv("TRESTLE_ADDR"), Handler: e}
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer cancel()
	go func() {
		<-stop.Done()
		_ = srv.Close()
	}()
	_ = srv.ListenAndServe()
}

type group struct {
	queue chan *bareMove
	conn  *sql.Conn
}

type bareMove struct {
	card, column int64
	done         chan error
}

func newGroup(path string) (*group, error) {
	db, err := sql.Open("sqlite3", "file:"+path+"?_busy_timeout=5000&_journal_mode=WAL&_synchronous=FULL&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	for _, stmt := range []string{
		"CREATE TABLE IF NOT EXISTS cards (id INTEGER PRIMARY KEY, col INTEGER NOT NULL, at INTEGER NOT NULL)",
		"CREATE TABLE IF NOT EXISTS moves (id INTEGER PRIMARY KEY, card INTEGER NOT NULL, col INTEGER NOT NULL, at INTEGER NOT NULL, data TEXT NOT NULL)",
		"INSERT INTO cards (id, col, at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 5000) SELECT i, 1, 0 FROM n",
	} {
		if _, err := conn.ExecContext(ctx, stmt); err != nil {
			return nil, err
		}
	}
	insert, err := conn.PrepareContext(ctx, "INSERT INTO moves (card, col, at, data) VALUES (?,?,?,?)")
	if err != nil {
		return nil, err
	}
	update, err := conn.PrepareContext(ctx, "UPDATE cards SET col = ?, at = ? WHERE id = ?")
	if err != nil {
		return nil, err
	}
	g := &group{queue: make(chan *bareMove, 4096), conn: conn}
	go func() {
		data := strings.Repeat("x", 300)
		for first := range g.queue {
			batch := []*bareMove{first}
			for len(batch) < 128 {
				select {
				case m := <-g.queue:
					batch = append(batch, m)
					continue
				default:
				}
				break
			}
			_, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE")
			now := time.Now().UnixMilli()
			for _, m := range batch {
				if err == nil {
					_, err = insert.ExecContext(ctx, m.card, m.column, now, data)
				}
				if err == nil {
					_, err = update.ExecContext(ctx, m.column, now, m.card)
				}
			}
			if err == nil {
				_, err = conn.ExecContext(ctx, "COMMIT")
			}
			for _, m := range batch {
				m.done <- err
			}
		}
	}()
	return g, nil
}

func (g *group) move(card, column int64) error {
	m := &bareMove{card: card, column: column, done: make(chan error, 1)}
	g.queue <- m
	return <-m.done
}

type broadcast struct {
	mu    sync.Mutex
	conns []*websocket.Conn
	seq   int64
}

func (b *broadcast) join(c echo.Context) error {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(c.Response(), c.Request(), nil)
	if err != nil {
		return nil
	}
	b.mu.Lock()
	b.conns = append(b.conns, ws)
	b.mu.Unlock()
	for {
		if _, _, err := ws.ReadMessage(); err != nil {
			break
		}
	}
	b.mu.Lock()
	for i, have := range b.conns {
		if have == ws {
			b.conns[i] = b.conns[len(b.conns)-1]
			b.conns = b.conns[:len(b.conns)-1]
			break
		}
	}
	b.mu.Unlock()
	_ = ws.Close()
	return nil
}

func (b *broadcast) say(size int) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seq++
	head := fmt.Sprintf(`{"op":"event","topic":"raw","seq":%d,"data":"`, b.seq)
	pm, err := websocket.NewPreparedMessage(websocket.TextMessage, []byte(head+strings.Repeat("x", max(0, size-len(head)-2))+`"}`))
	if err != nil {
		return 0
	}
	for _, c := range b.conns {
		_ = c.SetWriteDeadline(time.Now().Add(5 * time.Second))
		_ = c.WritePreparedMessage(pm)
	}
	return b.seq
}
