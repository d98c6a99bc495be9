package notice

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"trestle/server/outbox"
)

// Nothing of this network is reached by an address that somebody typed, however it is written.
func TestGuard_Inside(t *testing.T) {
	rang := make(chan string, 100)
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { rang <- r.Host }))
	defer srv.Close()
	_, port, _ := strings.Cut(strings.TrimPrefix(srv.URL, "http://"), ":")
	client := guarded(nil)
	for _, host := range []string{"127.0.0.1", "127.1.2.3", "localhost", "[::1]", "[::]", "0.0.0.0", "169.254.169.254", "10.0.0.1", "172.16.0.1", "172.31.255.255",
		"192.168.1.1", "100.64.0.1", "192.0.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[::ffff:127.0.0.1]", "[::ffff:169.254.169.254]", "[::7f00:1]",
		"[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "[fd00::1]", "[fe80::1]", "[fec0::1]", "[ff02::1]"} {
		for _, address := range []string{"http://" + host + ":" + port + "/", "https://" + host + "/hook"} {
			err := post(t.Context(), client, address, strings.NewReader("{}"))
			switch {
			case err == nil || !outbox.IsPermanent(err):
				t.Errorf("%s: %v", address, err)
			case strings.Contains(err.Error(), "/hook"):
				t.Errorf("the address is told: %v", err)
			}
		}
	}
	// numbers that only some resolvers take for an address: refused one way or the other
	for _, host := range []string{"2130706433", "0x7f000001", "0177.0.0.1", "127.1"} {
		if err := post(t.Context(), client, "http://"+host+":"+port+"/", strings.NewReader("{}")); err == nil {
			t.Errorf("%s was reached", host)
		}
	}
	// outside, but not the door of the web
	if err := post(t.Context(), client, "http://93.184.215.14:25/", strings.NewReader("{}")); err == nil || err.Error() != errPort.Error() {
		t.Error(err)
	}
	if len(rang) != 0 {
		t.Fatal(<-rang, "was reached")
	}
}

// A name that is harmless when it is looked at and not when it is called gains nothing: what is judged is what is dialled.
// Neither does a redirect, nor a proxy that the machine is told to use.
func TestGuard_Allowed(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	inner := 0
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { inner++ }))
	defer inside.Close()
	status := 200
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", inside.URL)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(strings.Repeat("x", 1<<20)))
	}))
	defer srv.Close()
	client := guarded([]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")})
	for _, c := range []struct {
		status          int
		ok, permanently bool
	}{{200, true, false}, {204, true, false}, {301, false, true}, {302, false, true}, {307, false, true}, {308, false, true}, {400, false, true}, {404, false, true}, {410, false, true},
		{408, false, false}, {429, false, false}, {500, false, false}, {503, false, false}} {
		status = c.status
		err := post(t.Context(), client, srv.URL, strings.NewReader("{}"))
		if (err == nil) != c.ok || (err != nil && outbox.IsPermanent(err) != c.permanently) {
			t.Errorf("%d: %v", c.status, err)
		}
	}
	if inner != 0 {
		t.Fatal("a redirect was followed")
	}
	if err := post(t.Context(), client, "http://[::1]:1/", strings.NewReader("{}")); err == nil || !outbox.IsPermanent(err) {
		t.Error("what is not named is not allowed:", err)
	}
	srv.Close()
	if err := post(t.Context(), client, srv.URL+"/secret", strings.NewReader("{}")); err == nil || outbox.IsPermanent(err) || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "127.0.0.1") {
		t.Error(err)
	}
}

// Who answers slowly is left.
func TestGuard_Slow(t *testing.T) {
	client := guarded([]netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")})
	client.Timeout = 50 * time.Millisecond
	end := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-end }))
	defer srv.Close()
	defer close(end)
	if err := post(t.Context(), client, srv.URL, strings.NewReader("{}")); err == nil || err.Error() != "the chat does not answer: it took too long" {
		t.Fatal(err)
	}
}
