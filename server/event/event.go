// Package event holds the line of the record that every change writes, and the bus that tells other
// parts of the program (and later other nodes) that a topic has moved on.
package event

import (
	"encoding/json"
	"strings"
	"time"
)

// Event is one line of a topic's append-only record. Seq counts 1, 2, 3… per topic without gaps.
type Event struct {
	Topic     string          `json:"topic"`
	Seq       int64           `json:"seq"`
	Type      string          `json:"type"` // noun.verb_in_past, e.g. card.moved
	At        time.Time       `json:"at"`
	ActorID   string          `json:"actorId,omitempty"`
	CommandID string          `json:"commandId,omitempty"`
	Data      json.RawMessage `json:"data"`
	Subject   string          `json:"-"` // what it is about (a card's id), to find a card's own history
}

// Topic names. A topic is a kind and an id, "board:brd_…"; "org" has no id.
const (
	Board   = "board"
	Retro   = "retro"
	Ritual  = "ritual"
	Standup = "standup"
	// Checklist is the topic of a liaison checklist.
	Checklist = "checklist"
	Team      = "team"
	Me        = "me"
	Org       = "org"
)

// BoardTopic is the topic of one board.
func BoardTopic(id string) string { return Board + ":" + id }

// RetroTopic is the topic of one retro.
func RetroTopic(id string) string { return Retro + ":" + id }

// RitualTopic is the topic of one series of rituals.
func RitualTopic(id string) string { return Ritual + ":" + id }

// StandupTopic is the topic of one series of standups.
func StandupTopic(id string) string { return Standup + ":" + id }

// ChecklistTopic is the topic of one liaison checklist.
func ChecklistTopic(id string) string { return Checklist + ":" + id }

// TeamTopic is the topic of one team.
func TeamTopic(id string) string { return Team + ":" + id }

// MeTopic is the private topic of one person. On the wire it is called "me".
func MeTopic(personID string) string { return Me + ":" + personID }

// Split cuts a topic into kind and id.
func Split(topic string) (kind, id string) {
	kind, id, _ = strings.Cut(topic, ":")
	return kind, id
}

// News says that a topic has reached Seq. In process it carries the events themselves; across nodes it
// is only a hint, and the receiver reads the events table (trust.md 1.5).
type News struct {
	Topic    string
	Seq      int64
	ACLEpoch int64
	Events   []Event // may be empty: then read them
}

// Bus tells who listens that topics have moved on. It may lose news: listeners also read the record.
type Bus interface {
	// Publish never blocks on a slow listener for longer than its handler takes to queue.
	Publish(News)
	// Subscribe calls fn for all news until cancel is called. Two commits to one topic by two connections may
	// be told the other way round: listeners go by Seq and read what is missing.
	Subscribe(fn func(News)) (cancel func())
	// Healthy is false while news may be lost.
	Healthy() bool
}
