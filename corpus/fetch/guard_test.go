package fetch

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func TestCheckIP(t *testing.T) {
	for _, tt := range []struct {
		ip               string
		public, internal bool // allowed without and with AllowPrivate
	}{
		{"93.184.215.14", true, true},
		{"2606:2800:21f:cb07:6820:80da:af6b:8b2c", true, true},
		{"127.0.0.1", false, true},
		{"127.8.9.10", false, true},
		{"::1", false, true},
		{"10.1.2.3", false, true},
		{"172.16.0.1", false, true},
		{"192.168.1.1", false, true},
		{"100.64.0.1", false, true},
		{"198.18.0.1", false, true},
		{"fd00::1", false, true},
		{"::ffff:10.0.0.1", false, true},
		{"::ffff:127.0.0.1", false, true},
		{"::127.0.0.1", false, true},
		{"64:ff9b::7f00:1", false, true},
		{"64:ff9b:1::1", false, true},
		{"2002:7f00:1::", false, true},
		{"2001:0:7f00:1::", false, true},
		{"240.0.0.1", false, true},
		{"255.255.255.255", false, true},
		{"0.1.2.3", false, true},
		{"169.254.169.254", false, false},
		{"::ffff:169.254.169.254", false, false},
		{"fe80::1%eth0", false, false},
		{"0.0.0.0", false, false},
		{"::", false, false},
		{"224.0.0.1", false, false},
		{"ff02::1", false, false},
	} {
		t.Run(tt.ip, func(t *testing.T) {
			ip := netip.MustParseAddr(tt.ip)
			if got := checkIP(ip, false) == ""; got != tt.public {
				t.Errorf("allowed on the public network: %v, want %v", got, tt.public)
			}
			if got := checkIP(ip, true) == ""; got != tt.internal {
				t.Errorf("allowed with AllowPrivate: %v, want %v", got, tt.internal)
			}
		})
	}
}

func TestCheckURL(t *testing.T) {
	c := newClient(t, Config{})
	for _, tt := range []struct{ url, says string }{
		{"https://a.example/x", ""},
		{"https://a.example:8443/x", ""},
		{"ftp://a.example/", "only http and https"},
		{"file:///etc/passwd", "only http and https"},
		{"https://user:pw@a.example/", "user name"},
		{"https:///x", "no host"},
		{"http://a.example:22/", "port 22"},
		{"http://169.254.169.254/latest/meta-data/", "cloud metadata"},
		{"http://[::ffff:127.0.0.1]/", "loopback"},
		{"http://[64:ff9b::a00:1]/", "NAT64"},
		{"http://a.example/" + strings.Repeat("x", 5000), "longer than"},
		{"http://a b/", "no web address"},
	} {
		t.Run(shorten(tt.url), func(t *testing.T) {
			_, err := c.checkURL(tt.url)
			var blocked *BlockedError
			switch {
			case tt.says == "" && err != nil:
				t.Errorf("checkURL = %v, want it allowed", err)
			case tt.says != "" && (!errors.As(err, &blocked) || !strings.Contains(err.Error(), tt.says)):
				t.Errorf("checkURL = %v, want a BlockedError that says %q", err, tt.says)
			}
		})
	}
}

// TestGuardHoldsWhenDialling lets one server of ours pass for a public one, and asks it to lead us astray.
func TestGuardHoldsWhenDialling(t *testing.T) {
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the server inside was reached")
	}))
	defer inside.Close()
	outside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to := r.URL.Query().Get("to")
		if r.URL.Path == "/robots.txt" || to == "" {
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, to, http.StatusFound)
	}))
	defer outside.Close()
	c := newClient(t, Config{Pace: time.Nanosecond})
	public := netip.MustParseAddrPort(strings.TrimPrefix(outside.URL, "http://"))
	c.allowed = func(ap netip.AddrPort) string {
		if ap == public {
			return ""
		}
		return checkIP(ap.Addr(), false)
	}
	c.config.AllowPrivate = true // the check by address is to hold, not that of the URL
	port := inside.URL[strings.LastIndex(inside.URL, ":"):]
	for _, to := range []string{
		inside.URL, "http://localhost" + port + "/", "http://paper.localhost" + port + "/", "http://169.254.169.254/", "http://[::1]" + port + "/",
	} {
		t.Run(to, func(t *testing.T) {
			_, err := c.Fetch(t.Context(), Request{URL: outside.URL + "/?to=" + to})
			var blocked *BlockedError
			if !errors.As(err, &blocked) {
				t.Fatalf("Fetch = %v, want a BlockedError", err)
			}
			if Temporary(err) || blocked.Reason == "" || !strings.Contains(err.Error(), "blocked") {
				t.Errorf("Fetch = %v, want it final, with a reason", err)
			}
		})
	}
}

func TestLocalhostNeedsAllowPrivate(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte("<p>" + r.Host))
	}))
	defer server.Close()
	port := server.URL[strings.LastIndex(server.URL, ":"):]
	address := "http://harbour-gazette.localhost" + port + "/"

	page, err := newClient(t, Config{AllowPrivate: true}).Fetch(t.Context(), Request{URL: address})
	if err != nil || string(page.Body) != "<p>harbour-gazette.localhost"+port {
		t.Errorf("Fetch = %+v, %v, want the page of that host", page, err)
	}
	var blocked *BlockedError
	if _, err := newClient(t, Config{}).Fetch(t.Context(), Request{URL: address}); !errors.As(err, &blocked) {
		t.Errorf("Fetch without AllowPrivate = %v, want a BlockedError", err)
	}
	if _, err := newClient(t, Config{}).Fetch(t.Context(), Request{URL: "http://harbour-gazette.localhost/"}); !errors.As(err, &blocked) {
		t.Errorf("Fetch of port 80 without AllowPrivate = %v, want a BlockedError", err)
	}
}
