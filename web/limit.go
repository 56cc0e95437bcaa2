package web

import (
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// maxClients bounds the clients that are told apart at a time, and so the limiter's memory (some 100 bytes each).
const maxClients = 10_000

// limiter gives every client a bucket of its own. It is safe for concurrent use; the nil limiter lets everybody pass.
type limiter struct {
	rate    rate.Limit
	burst   int
	now     func() time.Time
	mu      sync.Mutex
	buckets map[string]*rate.Limiter
	// previous holds the buckets of the last generation: when buckets is full it takes their place, so that a flood of
	// new addresses forgets old clients and never grows.
	previous map[string]*rate.Limiter
}

func newLimiter(perSecond float64, burst int, now func() time.Time) *limiter {
	if perSecond <= 0 {
		return nil
	}
	if burst <= 0 {
		burst = max(20, int(4*perSecond))
	}
	return &limiter{rate: rate.Limit(perSecond), burst: burst, now: now, buckets: map[string]*rate.Limiter{}}
}

// wait takes a token from the bucket of key and returns 0, or returns how long until there is one.
func (l *limiter) wait(key string) time.Duration {
	if l == nil {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	taken := l.bucket(key).ReserveN(now, 1)
	delay := taken.DelayFrom(now)
	if delay > 0 {
		taken.CancelAt(now)
	}
	return delay
}

func (l *limiter) bucket(key string) *rate.Limiter {
	if b, ok := l.buckets[key]; ok {
		return b
	}
	b, ok := l.previous[key]
	if !ok {
		b = rate.NewLimiter(l.rate, l.burst)
	}
	if len(l.buckets) >= maxClients/2 {
		l.previous, l.buckets = l.buckets, map[string]*rate.Limiter{}
	}
	l.buckets[key] = b
	return b
}

// remoteAddress names the client by the address of its connection; of IPv6 by the /64, which one client owns whole.
func remoteAddress(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if ip = ip.Unmap().WithZone(""); ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return ip.String()
	}
	return prefix.String()
}
