package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// maxURLBytes bounds an address; no publication comes near it, and it is sent, stored and matched against robots.txt.
const maxURLBytes = 4096

// reserved are the networks that are no public host: not globally reachable by the IANA special-purpose registries,
// or wrapping an IPv4 address that would have to be judged in its place.
var reserved = []struct {
	prefix netip.Prefix
	what   string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "this network"},
	{netip.MustParsePrefix("100.64.0.0/10"), "carrier-grade NAT"},
	{netip.MustParsePrefix("192.0.0.0/24"), "protocol assignments"},
	{netip.MustParsePrefix("192.0.2.0/24"), "documentation"},
	{netip.MustParsePrefix("192.88.99.0/24"), "6to4 relay"},
	{netip.MustParsePrefix("198.18.0.0/15"), "benchmarking"},
	{netip.MustParsePrefix("198.51.100.0/24"), "documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "documentation"},
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved"},
	{netip.MustParsePrefix("::/96"), "IPv4-compatible"},
	{netip.MustParsePrefix("64:ff9b::/96"), "NAT64"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "NAT64"},
	{netip.MustParsePrefix("100::/64"), "discard"},
	{netip.MustParsePrefix("2001::/23"), "Teredo and protocol assignments"},
	{netip.MustParsePrefix("2001:db8::/32"), "documentation"},
	{netip.MustParsePrefix("2002::/16"), "6to4"},
	{netip.MustParsePrefix("3fff::/20"), "documentation"},
	{netip.MustParsePrefix("5f00::/16"), "segment routing"},
	{netip.MustParsePrefix("fec0::/10"), "site-local"},
}

// publicPorts are the ports a publication may be served on; anything else is more likely a mail or database server
// that somebody wants poked.
var publicPorts = map[string]bool{"80": true, "443": true, "8080": true, "8443": true}

// checkIP says why ip may not be dialled, or "" if it may. Link-local addresses (cloud metadata), multicast and the
// unspecified address are refused even where private networks are allowed: no newspaper is there.
func checkIP(ip netip.Addr, allowPrivate bool) string {
	ip = ip.Unmap().WithZone("")
	switch {
	case ip.IsUnspecified():
		return "the unspecified address"
	case ip.IsLinkLocalUnicast():
		return "a link-local address (cloud metadata lives there)"
	case ip.IsMulticast():
		return "a multicast address"
	case allowPrivate:
		return ""
	case ip.IsLoopback():
		return "a loopback address"
	case ip.IsPrivate():
		return "a private address"
	}
	for _, r := range reserved {
		if r.prefix.Contains(ip) {
			return fmt.Sprintf("a reserved address (%s, %s)", r.what, r.prefix)
		}
	}
	return ""
}

// checkURL parses an address and refuses what is never fetched; the host's network address is judged at dial time.
func (c *Client) checkURL(raw string) (*url.URL, error) {
	blocked := func(reason string) (*url.URL, error) {
		return nil, &BlockedError{URL: shorten(raw), Reason: reason}
	}
	if len(raw) > maxURLBytes {
		return blocked(fmt.Sprintf("the address is longer than %d bytes", maxURLBytes))
	}
	u, err := url.Parse(raw)
	if err != nil {
		return blocked("it is no web address")
	}
	u.Fragment, u.RawFragment = "", ""
	host := u.Hostname()
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return blocked("only http and https are fetched")
	case u.User != nil:
		return blocked("it carries a user name")
	case host == "":
		return blocked("it has no host")
	case u.Port() != "" && !publicPorts[u.Port()] && !c.config.AllowPrivate:
		return blocked("port " + u.Port() + " is not a web port (80, 443, 8080, 8443)")
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		if reason := checkIP(ip, c.config.AllowPrivate); reason != "" {
			return nil, &BlockedError{URL: raw, Address: host, Reason: reason}
		}
	}
	return u, nil
}

// dialer returns the only way to the network. The check sits in Control: it sees the address that is about to be
// connected to, after DNS, so a name that answers differently the second time gains nothing.
func dialer(allowed func(netip.AddrPort) string, timeout time.Duration) func(context.Context, string, string) (net.Conn, error) {
	d := &net.Dialer{
		Timeout: timeout,
		Control: func(_, address string, _ syscall.RawConn) error {
			ap, err := netip.ParseAddrPort(address)
			if err != nil {
				return &BlockedError{Address: address, Reason: "it is no network address"}
			}
			if reason := allowed(ap); reason != "" {
				return &BlockedError{Address: ap.Addr().String(), Reason: reason}
			}
			return nil
		},
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		host, port, err := net.SplitHostPort(address)
		if err == nil && isLocalhost(host) {
			address = net.JoinHostPort("127.0.0.1", port) // RFC 6761, 6.3: never asked of DNS
		}
		return d.DialContext(ctx, network, address)
	}
}

func isLocalhost(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// hostKey is what is paced as one host: the name in lower case, with the port only where it is unusual, so that the
// http and https addresses of a site share their pace.
func hostKey(u *url.URL) string {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		return net.JoinHostPort(host, port)
	}
	return host
}

// shorten keeps an error text readable where the input is not.
func shorten(s string) string {
	const limit = 200
	if len(s) <= limit {
		return s
	}
	return s[:limit] + "..."
}
