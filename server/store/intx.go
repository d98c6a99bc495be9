package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"trestle/server/fault"
)

// Secret marks an answer that is shown once and therefore not kept for retries.
type Secret interface{ HoldsSecret() }

// InTx is the corridor of every write. It locks the topics in ascending order, runs fn, writes the events
// that fn published, commits, and only then returns and announces. An error from fn undoes everything.
//
// When the caller carries an Idempotency-Key, the answer is kept in the same transaction for 24 hours; the
// same request again gets that answer without running fn. Calling InTx inside InTx panics.
func InTx[T any](ctx context.Context, s *Store, topics []string, fn func(tx *Tx) (T, error)) (T, error) {
	var out, zero T
	caller, named := ctx.Value(callerKey{}).(*Caller)
	if !named {
		caller = &Caller{}
	}
	// asking for the goroutine's number is dear; a request's caller of whom nothing is being written cannot be inside
	if (!named || caller.made || caller.writing.Load() > 0) && s.inside() {
		panic("store: InTx inside InTx")
	}
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	key := ""
	if caller.CommandKey != "" && caller.ActorID != "" && caller.used.CompareAndSwap(false, true) {
		key = caller.CommandKey
	}
	if key != "" && caller.Uncovered {
		return zero, errors.New("store: a form with an Idempotency-Key is written before its content was covered by the request's hash")
	}
	write := func(tx *Tx) error {
		caller.writing.Add(1)
		defer caller.writing.Add(-1)
		out = zero
		tx.ActorID, tx.ActorName, tx.command = caller.ActorID, caller.ActorName, caller.CommandKey
		if err := tx.lock(topics); err != nil {
			return err
		}
		if key != "" {
			mine, err := claim(tx, caller, key)
			if err != nil {
				return err
			}
			if !mine {
				return replay(tx, caller, key, &out)
			}
		}
		v, err := fn(tx)
		if err != nil {
			return err
		}
		if key != "" {
			if err := remember(tx, caller, key, v); err != nil {
				return err
			}
		}
		out = v
		return tx.flush()
	}
	for try := 0; ; try++ {
		err := s.run(ctx, write)
		var w *wider
		switch {
		case err == nil:
			return out, nil
		case !errors.As(err, &w):
			return zero, err
		case try == 5:
			return zero, fault.Unavailable(time.Second, "Too much is being changed there at once. Please try again.")
		}
		topics = append(slices.Clone(topics), w.topics...)
	}
}

// Do is InTx for a write without an answer.
func Do(ctx context.Context, s *Store, topics []string, fn func(tx *Tx) error) error {
	_, err := InTx(ctx, s, topics, func(tx *Tx) (struct{}, error) { return struct{}{}, fn(tx) })
	return err
}

// claim takes the key for this write before anything is done. On SQLite nobody else writes meanwhile: it is enough
// to look, and the line is written once, with its answer. On PostgreSQL the same request sent twice at once waits
// here for the first, even when the two name no topic that would order them.
func claim(tx *Tx, c *Caller, key string) (mine bool, err error) {
	if tx.store.sqlite {
		var one int
		found, err := tx.Row([]any{&one}, "SELECT 1 FROM commands WHERE actor_id = ? AND key = ?", c.ActorID, key)
		return !found, err
	}
	n, err := tx.Exec(`INSERT INTO commands (actor_id, key, request_hash, response, created_at) VALUES (?,?,?,'',?)
		ON CONFLICT (actor_id, key) DO NOTHING`, c.ActorID, key, c.RequestHash, Ms(tx.Now))
	return n == 1, err
}

func replay(tx *Tx, c *Caller, key string, out any) error {
	var hash, response string
	found, err := tx.Row([]any{&hash, &response}, "SELECT request_hash, response FROM commands WHERE actor_id = ? AND key = ?", c.ActorID, key)
	if err != nil {
		return err
	}
	if !found { // forgotten in this very moment
		return fault.Unavailable(time.Second, "Please try again.")
	}
	if hash != c.RequestHash {
		return fault.Of(http.StatusUnprocessableEntity, "idempotency_mismatch",
			"This Idempotency-Key was used for another request.")
	}
	if response == "" {
		return fault.Conflict("already_done", "This was done already; its secret is shown only once.")
	}
	return json.Unmarshal([]byte(response), out)
}

// remember keeps the answer; one that holds a secret is kept as "done" alone.
func remember(tx *Tx, c *Caller, key string, v any) error {
	response := ""
	if _, secret := v.(Secret); !secret {
		raw, err := json.Marshal(v)
		if err != nil {
			return err
		}
		response = string(raw)
	}
	if tx.store.sqlite {
		_, err := tx.Quick("INSERT INTO commands (actor_id, key, request_hash, response, created_at) VALUES (?,?,?,?,?)",
			c.ActorID, key, c.RequestHash, response, Ms(tx.Now))
		return err
	}
	_, err := tx.Exec("UPDATE commands SET response = ? WHERE actor_id = ? AND key = ?", response, c.ActorID, key)
	return err
}

// CommandsKept is how long an Idempotency-Key answers a retry.
const CommandsKept = 24 * time.Hour

// ForgetCommands removes answers older than CommandsKept.
func (s *Store) ForgetCommands(ctx context.Context) error {
	return Do(As(ctx, "", ""), s, nil, func(tx *Tx) error {
		_, err := tx.Exec("DELETE FROM commands WHERE created_at < ?", Ms(tx.Now.Add(-CommandsKept)))
		return err
	})
}

func (s *Store) run(ctx context.Context, fn func(tx *Tx) error) error {
	if s.sqlite {
		return s.writer.submit(ctx, fn)
	}
	return s.runPostgres(ctx, fn)
}

// guarded runs fn and turns a panic into an error, so that one bad request cannot take the batch along.
func guarded(tx *Tx, fn func(tx *Tx) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic in a write: %v\n%s", r, debug.Stack())
		}
	}()
	return fn(tx)
}

// goid is the running goroutine's number, read from its stack header; Go offers no other way to notice a
// nested write, which would otherwise wait for itself for ever.
func goid() uint64 {
	var buf [40]byte
	n := runtime.Stack(buf[:], false)
	s := bytes.TrimPrefix(buf[:n], []byte("goroutine "))
	if i := bytes.IndexByte(s, ' '); i > 0 {
		id, _ := strconv.ParseUint(string(s[:i]), 10, 64)
		return id
	}
	return 0
}
