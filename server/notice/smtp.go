package notice

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"trestle/server/outbox"
)

// smtpMailer hands mail to one server.
type smtpMailer struct {
	from    *netmail.Address
	host    string
	options []mail.Option
}

// SMTP sends through the server that an address names: smtp://user:password@host:587 must offer STARTTLS,
// smtps://…:465 speaks TLS from the first byte, and smtp://host:25?starttls=off, without a password, is for a relay on
// the same machine or network. trust is for tests; nil is what the machine trusts.
func SMTP(address, from string, trust *tls.Config) (Mailer, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("TRESTLE_SMTP_URL is not an address") // url.Parse repeats it, with the password in it
	}
	m := &smtpMailer{host: u.Hostname()}
	if m.from, err = netmail.ParseAddress(from); err != nil {
		return nil, errors.New("TRESTLE_MAIL_FROM looks like Trestle <trestle@example.org>")
	}
	password, hasPassword := u.User.Password()
	open := u.Query().Get("starttls") == "off"
	switch {
	case u.Host == "" || (u.Scheme != "smtp" && u.Scheme != "smtps"):
		return nil, errors.New("TRESTLE_SMTP_URL begins with smtp:// or smtps:// and names a server")
	case open && hasPassword:
		return nil, errors.New("TRESTLE_SMTP_URL would send its password in the open: leave starttls=off away")
	}
	port := map[string]int{"smtp": 587, "smtps": 465}[u.Scheme]
	if p := u.Port(); p != "" {
		port, _ = strconv.Atoi(p)
	}
	m.options = []mail.Option{mail.WithPort(port), mail.WithTimeout(15 * time.Second), mail.WithoutNoop()}
	switch {
	case u.Scheme == "smtps":
		m.options = append(m.options, mail.WithSSL())
	case open:
		m.options = append(m.options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		m.options = append(m.options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if trust != nil {
		m.options = append(m.options, mail.WithTLSConfig(trust))
	}
	if hasPassword {
		m.options = append(m.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	return m, nil
}

func (m *smtpMailer) Send(ctx context.Context, l Letter) error {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := msg.FromFormat(m.from.Name, m.from.Address); err != nil {
		return outbox.Permanent(errors.New("the sender's address cannot be used"))
	}
	if err := msg.AddToFormat(oneLine(l.ToName), l.ToAddress); err != nil {
		return outbox.Permanent(errors.New("their address cannot be used"))
	}
	msg.Subject(oneLine(l.Subject))
	msg.SetDate()
	_, domain, _ := strings.Cut(m.from.Address, "@")
	msg.SetMessageIDWithValue(l.ID + "@" + domain)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	msg.SetGenHeaderPreformatted("List-Unsubscribe", "<"+l.EndURL+">")
	msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	msg.SetBodyString(mail.TypeTextPlain, l.Text)
	msg.AddAlternativeString(mail.TypeTextHTML, l.HTML)
	client, err := mail.NewClient(m.host, m.options...)
	if err != nil {
		return err
	}
	err = client.DialAndSendWithContext(ctx, msg)
	var refused *mail.SendError
	if errors.As(err, &refused) && !refused.IsTemp() && refused.ErrorCode() >= 500 {
		return outbox.Permanent(fmt.Errorf("the mail server refuses it for good: %s", answerOf(refused)))
	}
	if refused != nil && refused.ErrorCode() >= 400 {
		return fmt.Errorf("the mail server says not now: %s", answerOf(refused))
	}
	if err != nil {
		return fmt.Errorf("the mail server: %w", err)
	}
	return nil
}

// answerOf is what the server said, without what the library says around it: the step, recipients, the message's id.
func answerOf(refused *mail.SendError) string {
	said := oneLine(strings.ReplaceAll(refused.Error(), `"`, ""))
	if _, after, ok := strings.Cut(said, refused.Reason.String()+": "); ok {
		said = after
	}
	for _, tail := range []string{", affected recipient(s): ", ", affected message ID: "} {
		said, _, _ = strings.Cut(said, tail)
	}
	return said
}
