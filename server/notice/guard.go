package notice

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"trestle/server/outbox"
)

// Why an address is not called: it leads to this machine or network, or it is no web address.
var (
	errInside = errors.New("this address leads inside the network of this installation, where hooks do not go unless TRESTLE_HOOKS_INSIDE names it")
	errPort   = errors.New("hooks go to port 443 only")
)

const (
	hookTime   = 10 * time.Second
	hookAnswer = 64 << 10
)

// guarded is a client for addresses that people typed. What is checked is the address that is dialled, after every
// name has been looked up, so a name that changes its mind between the check and the call gains nothing. Redirects are
// not followed, and no proxy is asked, which would look names up elsewhere.
func guarded(inside []netip.Prefix) *http.Client {
	outside := ssrf.New(ssrf.WithPorts(443))
	control := func(network, address string, c syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return errInside
		}
		ip := at.Addr().Unmap()
		for _, p := range inside {
			if ip.Zone() == "" && p.Contains(ip) {
				return nil
			}
		}
		if err := outside.Safe(network, address, c); err != nil {
			if errors.Is(err, ssrf.ErrProhibitedPort) {
				return errPort
			}
			return errInside
		}
		return nil
	}
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: control}
	return &http.Client{Timeout: hookTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{Proxy: nil, DialContext: dialer.DialContext, TLSHandshakeTimeout: 5 * time.Second,
			ResponseHeaderTimeout: 5 * time.Second, DisableKeepAlives: true, MaxResponseHeaderBytes: 16 << 10, ForceAttemptHTTP2: true}}
}

// call sends a request to an address that somebody typed. What it says when it fails does not name the address.
func call(client *http.Client, req *http.Request) (*http.Response, error) {
	req.Header.Set("User-Agent", "Trestle")
	res, err := client.Do(req)
	if err == nil {
		return res, nil
	}
	var whole *url.Error
	if errors.As(err, &whole) {
		err = whole.Err
	}
	for _, own := range []error{errInside, errPort} {
		if errors.Is(err, own) {
			return nil, own
		}
	}
	return nil, plain(err)
}

// refused says that the address is one which is never called.
func refused(err error) bool { return errors.Is(err, errInside) || errors.Is(err, errPort) }

// post sends JSON to a hook. The address is a secret, so no error repeats it. What the other side will never take is
// outbox.Permanent.
func post(ctx context.Context, client *http.Client, address string, body io.Reader) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, body)
	if err != nil {
		return outbox.Permanent(errors.New("the hook's address cannot be used"))
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := call(client, req)
	if refused(err) {
		return outbox.Permanent(err)
	}
	if err != nil {
		return fmt.Errorf("the chat does not answer: %w", err)
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, hookAnswer))
	switch code := res.StatusCode; {
	case code/100 == 2:
		return nil
	case code == http.StatusRequestTimeout || code == http.StatusTooManyRequests || code >= 500:
		return fmt.Errorf("the chat answers %d", code)
	case code/100 == 3:
		return outbox.Permanent(fmt.Errorf("the chat answers %d and wants the message elsewhere; give the hook's own address", code))
	default:
		return outbox.Permanent(fmt.Errorf("the chat answers %d: it does not take messages at this address", code))
	}
}

// Fetch reads what lies at an address that somebody typed, under the same guard as hooks. The address is a secret, so
// no error repeats it.
func (s *Service) Fetch(ctx context.Context, address string, most int64) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errors.New("the address cannot be used")
	}
	res, err := call(s.hooks, req)
	if refused(err) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("it does not answer: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("it answers %d", res.StatusCode)
	}
	raw, err := io.ReadAll(io.LimitReader(res.Body, most+1))
	if err != nil {
		return nil, plain(err)
	}
	if int64(len(raw)) > most {
		return nil, fmt.Errorf("it is longer than %d KiB", most>>10)
	}
	return raw, nil
}

// Allowed says whether an address can be called at all: https, or http where the installation's own networks are open.
func (s *Service) Allowed(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && u.User == nil && (u.Scheme == "https" || (u.Scheme == "http" && len(s.cfg.Inside) > 0))
}

// plain is an error of the network without the names that it was made from.
func plain(err error) error {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &dns):
		return errors.New("its name is not known")
	case errors.As(err, &timeout) && timeout.Timeout():
		return errors.New("it took too long")
	case errors.Is(err, syscall.ECONNREFUSED):
		return errors.New("nobody listens there")
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}
