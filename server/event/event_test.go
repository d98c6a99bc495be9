package event_test

import (
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"trestle/server/event"
)

func TestTopics(t *testing.T) {
	for topic, want := range map[string][2]string{
		event.BoardTopic("brd_1"): {"board", "brd_1"}, event.TeamTopic("tea_1"): {"team", "tea_1"}, event.MeTopic("per_1"): {"me", "per_1"},
		"org": {"org", ""}, "a:b:c": {"a", "b:c"}, "": {"", ""},
	} {
		if kind, id := event.Split(topic); kind != want[0] || id != want[1] {
			t.Errorf("%q: %q %q", topic, kind, id)
		}
	}
}

func TestEvent_OnTheWire(t *testing.T) {
	raw, err := json.Marshal(event.Event{Topic: "org", Seq: 1, Type: "org.tested", At: time.UnixMilli(7).UTC(), Data: json.RawMessage(`{"a":1}`), Subject: "crd_1"})
	if want := `{"topic":"org","seq":1,"type":"org.tested","at":"1970-01-01T00:00:00.007Z","data":{"a":1}}`; err != nil || string(raw) != want {
		t.Errorf("%s %v", raw, err)
	}
}

func TestMemory(t *testing.T) {
	m := event.NewMemory()
	m.Publish(event.News{Topic: "org"}) // nobody listens
	var heard []string
	offA := m.Subscribe(func(n event.News) { heard = append(heard, fmt.Sprint("a", n.Seq)) })
	offB := m.Subscribe(func(n event.News) { heard = append(heard, fmt.Sprint("b", n.Seq)) })
	m.Publish(event.News{Seq: 1})
	offA()
	offA() // twice is once
	m.Publish(event.News{Seq: 2})
	offB()
	m.Publish(event.News{Seq: 3})
	if fmt.Sprint(heard) != "[a1 b1 b2]" || !m.Healthy() {
		t.Error(heard)
	}
}

// A listener may come, go and publish from within what it is told.
func TestMemory_ChangesWhileTelling(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		m := event.NewMemory()
		var off func()
		n := 0
		off = m.Subscribe(func(news event.News) {
			n++
			off()
			m.Subscribe(func(event.News) {})
			if news.Seq == 1 {
				m.Publish(event.News{Seq: 2})
			}
		})
		m.Publish(event.News{Seq: 1})
		m.Publish(event.News{Seq: 3})
		if n != 1 {
			t.Errorf("told %d times after leaving", n)
		}
	}()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Fatal("it waits for itself")
	}
}

func TestMemory_Concurrent(t *testing.T) {
	m := event.NewMemory()
	var steady atomic.Int64
	defer m.Subscribe(func(event.News) { steady.Add(1) })()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				off := m.Subscribe(func(event.News) {})
				m.Publish(event.News{Seq: 1})
				off()
			}
		})
	}
	wg.Wait()
	if steady.Load() != 1600 {
		t.Errorf("%d of 1600 heard", steady.Load())
	}
}
