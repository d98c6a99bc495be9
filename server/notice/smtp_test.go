package notice_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"trestle/server/notice"
	"trestle/server/outbox"
)

// relay is a mail server on this machine: as much of SMTP as a sender needs.
type relay struct {
	net.Listener
	cert     tls.Certificate
	startTLS bool
	refuse   string // what RCPT is answered instead
	mails    chan relayed
}

// relayed is what it was handed, and how.
type relayed struct {
	encrypted    bool
	user, from   string
	to, contents string
}

func startRelay(t *testing.T, change func(*relay)) (*relay, *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	stamp := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, stamp, stamp, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	stamp, _ = x509.ParseCertificate(der)
	trust := x509.NewCertPool()
	trust.AddCert(stamp)
	r := &relay{cert: tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, startTLS: true, mails: make(chan relayed, 8)}
	if change != nil {
		change(r)
	}
	if r.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	go func() {
		for {
			c, err := r.Accept()
			if err != nil {
				return
			}
			go r.serve(c)
		}
	}()
	return r, &tls.Config{RootCAs: trust, ServerName: "127.0.0.1"}
}

func (r *relay) serve(c net.Conn) {
	defer func() { c.Close() }()
	in := bufio.NewReader(c)
	say := func(format string, a ...any) { fmt.Fprintf(c, format+"\r\n", a...) }
	var m relayed
	say("220 relay")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		switch verb, _, _ := strings.Cut(strings.ToUpper(line), " "); verb {
		case "EHLO":
			say("250-relay")
			if r.startTLS && !m.encrypted {
				say("250-STARTTLS")
			}
			say("250 AUTH PLAIN")
		case "STARTTLS":
			say("220 go on")
			c = tls.Server(c, &tls.Config{Certificates: []tls.Certificate{r.cert}})
			in, m.encrypted = bufio.NewReader(c), true
		case "AUTH":
			raw, _ := base64.StdEncoding.DecodeString(line[len("AUTH PLAIN "):])
			m.user = strings.ReplaceAll(strings.Trim(string(raw), "\x00"), "\x00", ":")
			say("235 welcome")
		case "MAIL":
			m.from = line
			say("250 ok")
		case "RCPT":
			if r.refuse != "" {
				say("%s", r.refuse)
				continue
			}
			m.to = line
			say("250 ok")
		case "DATA":
			say("354 go on")
			var b strings.Builder
			for {
				l, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if l == ".\r\n" {
					break
				}
				b.WriteString(strings.TrimPrefix(l, "."))
			}
			m.contents = b.String()
			r.mails <- m
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

var letter = notice.Letter{ToName: "Bo\r\nBcc: all@example.test", ToAddress: "bo@example.test", Subject: "Žofie wrote\r\nX-Evil: 1", Text: "häl\n.\nlo", HTML: "<p>hällo</p>",
	ID: "notice.7", EndURL: "https://trestle.example/api/v1/notices/no-mail?t=abc"}

func TestSMTP(t *testing.T) {
	r, trust := startRelay(t, nil)
	m, err := notice.SMTP("smtp://me:pass@"+r.Addr().String(), "Trestle <trestle@example.org>", trust)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Send(t.Context(), letter); err != nil {
		t.Fatal(err)
	}
	got := <-r.mails
	if !got.encrypted || got.user != "me:pass" || !strings.Contains(got.from, "<trestle@example.org>") || !strings.Contains(got.to, "<bo@example.test>") {
		t.Fatalf("%+v", got)
	}
	msg, err := netmail.ReadMessage(strings.NewReader(got.contents))
	if err != nil {
		t.Fatal(err)
	}
	subject, _ := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	to, err := msg.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Address != "bo@example.test" || msg.Header.Get("Bcc") != "" || msg.Header.Get("X-Evil") != "" || subject != "Žofie wrote X-Evil: 1" {
		t.Fatalf("%v %q %v", to, subject, err)
	}
	for name, want := range map[string]string{"Message-ID": "<notice.7@example.org>", "List-Unsubscribe": "<" + letter.EndURL + ">",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated", "From": `"Trestle" <trestle@example.org>`} {
		if got := msg.Header.Get(name); got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	for _, want := range []string{"häl\r\n.\r\nlo", letter.HTML} {
		p, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := io.ReadAll(quotedprintable.NewReader(p))
		if strings.ReplaceAll(strings.TrimSpace(string(raw)), "\r\n", "\n") != strings.ReplaceAll(want, "\r\n", "\n") {
			t.Errorf("%q, not %q", raw, want)
		}
	}
}

// A password never travels in the open, and a mail only where somebody said it may.
func TestSMTP_InTheOpen(t *testing.T) {
	r, trust := startRelay(t, func(r *relay) { r.startTLS = false })
	m, err := notice.SMTP("smtp://"+r.Addr().String(), "trestle@example.org", trust)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Send(t.Context(), letter); err == nil || len(r.mails) != 0 {
		t.Fatal("sent without encryption", err)
	}
	if m, err = notice.SMTP("smtp://"+r.Addr().String()+"?starttls=off", "trestle@example.org", nil); err != nil {
		t.Fatal(err)
	}
	if err := m.Send(t.Context(), letter); err != nil {
		t.Fatal(err)
	}
	if got := <-r.mails; got.encrypted || got.user != "" {
		t.Fatalf("%+v", got)
	}
	other, _ := startRelay(t, nil) // not the certificate that is trusted
	if m, err = notice.SMTP("smtp://"+other.Addr().String(), "trestle@example.org", trust); err != nil {
		t.Fatal(err)
	}
	if err := m.Send(t.Context(), letter); err == nil || len(other.mails) != 0 {
		t.Fatal("sent to whoever answered", err)
	}
}

func TestSMTP_Refusals(t *testing.T) {
	for answer, permanently := range map[string]bool{"550 no such person": true, "550 5.1.1 <bo@example.test>: no such person": true, "554 spam": true,
		"451 later": false, "452 full": false} {
		r, trust := startRelay(t, func(r *relay) { r.refuse = answer })
		m, err := notice.SMTP("smtp://me:hidden@"+r.Addr().String(), "trestle@example.org", trust)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Send(t.Context(), letter); err == nil || outbox.IsPermanent(err) != permanently || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: %v", answer, err)
		} else if want := map[bool]string{true: "the mail server refuses it for good: ", false: "the mail server says not now: "}[permanently] + answer; err.Error() != want {
			t.Errorf("%q, not %q", err, want)
		}
	}
	r, trust := startRelay(t, nil)
	m, _ := notice.SMTP("smtp://"+r.Addr().String(), "trestle@example.org", trust)
	r.Close()
	if err := m.Send(t.Context(), letter); err == nil || outbox.IsPermanent(err) {
		t.Error("a server that is away comes back:", err)
	}
	for address, from := range map[string]string{"": "a@example.org", "mail.example.org": "a@example.org", "http://mail.example.org": "a@example.org",
		"smtp://": "a@example.org", "smtp://me:hidden@mail.example.org?starttls=off": "a@example.org", "smtp://me:hidden@mail.example.org": "nobody",
		"smtp://me:hid%zzden@mail.example.org": "a@example.org"} {
		if _, err := notice.SMTP(address, from, nil); err == nil || strings.Contains(err.Error(), "hid") {
			t.Errorf("%q %q: %v", address, from, err)
		}
	}
}
