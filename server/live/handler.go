package live

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v4"

	"trestle/server/fault"
	"trestle/server/who"
)

// sendBuffer bounds what the kernel takes for a reader that has stopped; it would grow to megabytes.
const sendBuffer = 128 << 10

var upgrader = websocket.Upgrader{
	HandshakeTimeout: 5 * time.Second,
	ReadBufferSize:   1024,
	WriteBufferPool:  &sync.Pool{},                                            // only farewells go through it
	CheckOrigin:      func(*http.Request) bool { return true },                // done before, with a reason
	Error:            func(http.ResponseWriter, *http.Request, int, error) {}, // the door answers
}

// Handler upgrades GET /api/v1/live. After the upgrade it returns nil at once: the socket has its own
// goroutines, and an error would be written onto it.
func (h *Hub) Handler(c echo.Context) error {
	r := c.Request()
	v := who.From(r.Context())
	if err := h.welcome(r, v); err != nil {
		return err
	}
	conn, err := upgrader.Upgrade(c.Response(), r, nil)
	if err != nil {
		if c.Response().Committed || c.Response().Size > 0 {
			return nil
		}
		c.Response().Header().Set("Sec-WebSocket-Version", "13")
		return fault.Of(http.StatusBadRequest, "bad_request", "This address speaks only websocket.").Because(err)
	}
	if tcp, ok := conn.NetConn().(interface{ SetWriteBuffer(int) error }); ok {
		_ = tcp.SetWriteBuffer(sendBuffer)
	}
	client := newClient(h, conn)
	h.mu.Lock()
	if h.closing { // it began between the welcome and here
		h.mu.Unlock()
		_ = conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(closeGoingAway, stoppingReason), time.Now().Add(time.Second))
		_ = conn.Close()
		return nil
	}
	h.waiting[client] = struct{}{}
	h.wg.Add(2)
	h.mu.Unlock()
	go func() {
		defer h.wg.Done()
		client.writes()
	}()
	go func() {
		defer h.wg.Done()
		h.serve(client, v)
	}()
	return nil
}

// welcome refuses before the upgrade what can be refused there.
func (h *Hub) welcome(r *http.Request, v who.Viewer) error {
	origin := r.Header.Get("Origin")
	if len(r.Header.Values("Origin")) > 1 {
		origin = "null"
	}
	byHeader := r.Header.Get("Authorization") != ""
	switch {
	case origin != "" && (h.o.Origins == nil || !h.o.Origins.Allow(origin)):
		return fault.Of(http.StatusForbidden, "cross_origin", "This connection came from another site's page and was refused.")
	case origin == "" && v.Is() && !byHeader:
		return fault.Of(http.StatusForbidden, "cross_origin", "A connection with a cookie must say where it comes from (Origin).")
	}
	h.mu.RLock()
	closing, waiting := h.closing, len(h.waiting)
	h.mu.RUnlock()
	if closing {
		return errStopping()
	}
	if v.Is() {
		return mayConnect(v)
	}
	if byHeader || h.o.Tickets == nil {
		return fault.Unauthenticated()
	}
	if waiting >= maxWaiting {
		return fault.Unavailable(5*time.Second, "Too many connections wait for their ticket. Please try again.")
	}
	return nil
}

func mayConnect(v who.Viewer) error {
	if !v.Scope("live") && !v.Scope("read") {
		return fault.Forbidden("This token does not carry the scope \"live\".")
	}
	return nil
}

// serve is the life of one socket after the upgrade.
func (h *Hub) serve(c *client, v who.Viewer) {
	defer close(c.done)
	if !v.Is() {
		v = h.ticket(c)
	}
	if v.Is() {
		c.viewer = v
		c.heard()
		if err := h.admit(c); err != nil {
			if fault.Is(err, "unavailable") {
				c.shut(closeGoingAway, stoppingReason)
			} else {
				c.shut(closeRateLimited, "too many live connections")
			}
		}
	}
	h.mu.Lock()
	delete(h.waiting, c)
	h.mu.Unlock()
	c.reads()
	h.leave(c)
}

// ticket waits for the first frame and gives the viewer it stands for, or nobody.
func (h *Hub) ticket(c *client) who.Viewer {
	_ = c.conn.SetReadDeadline(time.Now().Add(h.o.TicketWait))
	_, raw, err := c.conn.ReadMessage()
	var ne net.Error
	if err != nil && !(errors.As(err, &ne) && ne.Timeout()) {
		c.readEnded(err)
		return who.Viewer{}
	}
	var in inFrame
	if err == nil && json.Unmarshal(raw, &in) == nil && in.Op == "ticket" && in.Ticket != "" {
		ctx, cancel := context.WithTimeout(h.ctx, askWait)
		defer cancel()
		v, err := h.o.Tickets.Ticket(ctx, in.Ticket)
		if err == nil && v.Is() && mayConnect(v) == nil {
			return v
		}
		if err != nil && !denied(err) {
			c.shut(closeTryLater, "the ticket cannot be checked now")
			return who.Viewer{}
		}
	}
	c.shut(closeSessionEnded, "please sign in: cookie, Authorization or a ticket in the first frame")
	return who.Viewer{}
}
