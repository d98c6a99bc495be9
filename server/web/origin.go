package web

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

// Origins is where the page may be loaded from: scheme, host and port, compared exactly.
type Origins struct {
	exact map[string]bool
	named []string // the same, in the order they were given
	// loopbackPort, when set, allows http on any loopback name with this port: no public address was named
	loopbackPort string
}

// NewOrigins takes the public addresses (may be several, separated by commas) and the listening port,
// which counts only when no address is given.
func NewOrigins(publicURLs, port string) (*Origins, error) {
	o := &Origins{exact: map[string]bool{}}
	for _, raw := range strings.Split(publicURLs, ",") {
		raw = strings.TrimSpace(raw)
		if raw == "" {
			continue
		}
		u, err := url.Parse(raw)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			return nil, &url.Error{Op: "read", URL: raw, Err: http.ErrNotSupported}
		}
		if name := originOf(u); !o.exact[name] {
			o.exact[name] = true
			o.named = append(o.named, name)
		}
	}
	if len(o.exact) == 0 {
		o.loopbackPort = port
	}
	return o, nil
}

// Allow says whether an Origin header names one of ours. "" and "null" never do.
func (o *Origins) Allow(origin string) bool {
	if o == nil || origin == "" || origin == "null" {
		return false
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || !strings.EqualFold(origin, u.Scheme+"://"+u.Host) { // nothing but these
		return false
	}
	if o.exact[originOf(u)] {
		return true
	}
	port := u.Port()
	if port == "" {
		port = "80"
	}
	return o.loopbackPort != "" && u.Scheme == "http" && port == o.loopbackPort && isLoopback(strings.ToLower(u.Hostname()))
}

// originOf is an address as browsers write it in an Origin: lower case, without the scheme's own port.
func originOf(u *url.URL) string {
	host := strings.ToLower(u.Host)
	if (u.Scheme == "https" && u.Port() == "443") || (u.Scheme == "http" && u.Port() == "80") {
		host = strings.TrimSuffix(host, ":"+u.Port())
	}
	return u.Scheme + "://" + host
}

func (o *Origins) list() []string {
	if o == nil {
		return nil
	}
	return o.named
}

func (o *Origins) anyHTTPS(host string) bool {
	return o != nil && o.exact["https://"+strings.ToLower(host)]
}

// First is the public address to build links with, "" when none was named.
func (o *Origins) First() string {
	if l := o.list(); len(l) > 0 {
		return l[0]
	}
	return ""
}

func isLoopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// SecureCookies says whether a browser that typed this host keeps a __Host- cookie: https, or a loopback
// name, which browsers treat as trustworthy (decisions 12).
func (s *Server) SecureCookies(r *http.Request) bool {
	if s.HTTPS(r) {
		return true
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return isLoopback(strings.Trim(host, "[]"))
}

// Origins gives the allowed origins, for the socket's upgrade.
func (s *Server) Origins() *Origins { return s.opts.Origins }

// SecureCookies is Server.SecureCookies, for rooms that set a cookie.
func (a *API) SecureCookies(r *http.Request) bool { return a.srv.SecureCookies(r) }

// Base is the address that the browser typed, without a path: what links begin with when no public address
// was named.
func (a *API) Base(r *http.Request) string {
	if a.srv.HTTPS(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
