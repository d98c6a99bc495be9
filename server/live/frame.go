package live

import (
	"encoding/binary"
	"encoding/json"
	"strconv"

	"trestle/server/event"
)

// frame is one event as it goes over the wire, header included, made once and written to everybody.
type frame struct {
	seq  int64
	wire []byte
}

const (
	timeLayout = "2006-01-02T15:04:05.000Z"
	headerRoom = 10 // the longest header of an unmasked frame
	textFrame  = 0x81

	pongControl = 0x8a
)

var pingFrame = []byte{0x89, 0}

// encodeEvent makes the frame of an event; topic is the name that clients know it by.
func encodeEvent(topic string, e *event.Event) *frame {
	b := make([]byte, headerRoom, headerRoom+192+len(topic)+len(e.Type)+len(e.ActorID)+len(e.CommandID)+len(e.Data))
	b = append(b, `{"op":"event","topic":`...)
	b = appendString(b, topic)
	b = append(b, `,"seq":`...)
	b = strconv.AppendInt(b, e.Seq, 10)
	b = append(b, `,"type":`...)
	b = appendString(b, e.Type)
	b = append(b, `,"at":"`...)
	b = e.At.UTC().AppendFormat(b, timeLayout)
	b = append(b, '"')
	if e.ActorID != "" {
		b = append(b, `,"actorId":`...)
		b = appendString(b, e.ActorID)
	}
	if e.CommandID != "" {
		b = append(b, `,"commandId":`...)
		b = appendString(b, e.CommandID)
	}
	b = append(b, `,"data":`...)
	if len(e.Data) == 0 {
		b = append(b, "null"...)
	} else {
		b = append(b, e.Data...)
	}
	b = append(b, '}')
	return &frame{seq: e.Seq, wire: seal(b)}
}

// encode makes the frame of anything else.
func encode(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil { // only shapes of this package come here, and they marshal
		panic("live: " + err.Error())
	}
	return seal(append(make([]byte, headerRoom, headerRoom+len(raw)), raw...))
}

// seal writes the header of a final, unmasked text frame (RFC 6455 5.2) into the room left before the payload.
func seal(b []byte) []byte {
	n := len(b) - headerRoom
	switch {
	case n <= 125:
		b = b[headerRoom-2:]
		b[1] = byte(n)
	case n <= 0xffff:
		b = b[headerRoom-4:]
		b[1] = 126
		binary.BigEndian.PutUint16(b[2:], uint16(n))
	default:
		b = b[headerRoom-10:]
		b[1] = 127
		binary.BigEndian.PutUint64(b[2:], uint64(n))
	}
	b[0] = textFrame
	return b
}

// appendString appends s as a JSON string; ids and types are plain, an Idempotency-Key may hold anything.
func appendString(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 || c >= 0x7f || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			raw, _ := json.Marshal(s) // a string always marshals
			return append(b, raw...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// What clients send.
type inFrame struct {
	Op     string          `json:"op"`
	Topic  string          `json:"topic"`
	Since  *int64          `json:"since"`
	At     json.RawMessage `json:"at"`
	Ticket string          `json:"ticket"`
}

// What they are told beside events and presence.
type outFrame struct {
	Op    string `json:"op"`
	Topic string `json:"topic,omitempty"`
	Seq   *int64 `json:"seq,omitempty"`
	Code  string `json:"code,omitempty"`
}

var pongFrame = encode(outFrame{Op: "pong"})

func errorFrame(topic, code string) []byte {
	return encode(outFrame{Op: "error", Topic: topic, Code: code})
}

func seqFrame(op, topic string, seq int64) []byte {
	return encode(outFrame{Op: op, Topic: topic, Seq: &seq})
}
