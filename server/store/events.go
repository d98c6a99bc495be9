package store

import (
	"context"
	"encoding/json"

	"trestle/server/event"
)

// Events reads a topic's record after since, oldest first, at most limit lines (0 = 500).
func (s *Store) Events(ctx context.Context, topic string, since int64, limit int) ([]event.Event, error) {
	return EventsIn(s.Rows(ctx), topic, since, limit)
}

// EventsIn is Events on a given connection.
func EventsIn(q *Query, topic string, since int64, limit int) ([]event.Event, error) {
	if limit <= 0 {
		limit = 500
	}
	var out []event.Event
	err := q.Each(func(scan func(...any) error) error {
		e := event.Event{Topic: topic}
		var at int64
		var data string
		if err := scan(&e.Seq, &e.Type, &e.ActorID, &e.CommandID, &at, &data); err != nil {
			return err
		}
		e.At, e.Data = At(at), json.RawMessage(data)
		out = append(out, e)
		return nil
	}, "SELECT seq, type, actor_id, command_id, at, data FROM events WHERE topic = ? AND seq > ? ORDER BY seq LIMIT ?",
		topic, since, limit)
	return out, err
}

// Topic gives a topic's last sequence and how often its access list has changed.
func (s *Store) Topic(ctx context.Context, topic string) (seq, aclEpoch int64, err error) {
	return TopicIn(s.Rows(ctx), topic)
}

// TopicIn is Topic on a given connection.
func TopicIn(q *Query, topic string) (seq, aclEpoch int64, err error) {
	_, err = q.Row([]any{&seq, &aclEpoch}, "SELECT seq, acl_epoch FROM topics WHERE id = ?", topic)
	return seq, aclEpoch, err
}

// EventsAbout reads the newest events about one thing, newest first, before the given sequence (0 = from the end).
func EventsAbout(q *Query, topic, subject string, before int64, limit int) ([]event.Event, error) {
	if before <= 0 {
		before = 1 << 62
	}
	var out []event.Event
	err := q.Each(func(scan func(...any) error) error {
		e := event.Event{Topic: topic, Subject: subject}
		var at int64
		var data string
		if err := scan(&e.Seq, &e.Type, &e.ActorID, &e.CommandID, &at, &data); err != nil {
			return err
		}
		e.At, e.Data = At(at), json.RawMessage(data)
		out = append(out, e)
		return nil
	}, "SELECT seq, type, actor_id, command_id, at, data FROM events WHERE subject = ? AND subject <> '' AND topic = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
		subject, topic, before, limit)
	return out, err
}
