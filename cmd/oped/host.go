package main

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// localHosts lets a server that only this machine can reach answer only to this machine's names and to its public
// address: otherwise any web page could have its own name point here and read the archive with a visitor's browser
// (DNS rebinding).
func localHosts(next http.Handler, l net.Listener, baseURL string) http.Handler {
	tcp, ok := l.Addr().(*net.TCPAddr)
	if !ok || !tcp.IP.IsLoopback() {
		return next
	}
	public := ""
	if u, err := url.Parse(baseURL); err == nil {
		public = u.Hostname()
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name := hostName(r.Host); !isLocal(name) && (public == "" || !strings.EqualFold(name, public)) {
			http.Error(w, "this server answers to localhost only; --base-url gives it a public name", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func hostName(hostPort string) string {
	name, _, err := net.SplitHostPort(hostPort)
	if err != nil {
		name = hostPort
	}
	return strings.Trim(name, "[]")
}

func isLocal(name string) bool {
	if address, err := netip.ParseAddr(name); err == nil {
		return address.IsLoopback()
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}
