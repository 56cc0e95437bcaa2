package crawl

import (
	"container/heap"
	"slices"
	"time"

	"oped/corpus"
)

// refill is how many targets of a host are taken from the frontier at a time.
const refill = 64

// host is the schedule of one host. It belongs to the goroutine of run.
type host struct {
	name    string
	state   State
	targets []corpus.Target // taken from the frontier, not yet begun
	ready   time.Time
	turn    uint64 // order among hosts that are ready at the same time
	index   int    // in the queue
	fails   int    // in a row
	pending int
	fetched int
	reason  string
}

func (h *host) snapshot() Host {
	s := Host{Name: h.name, State: h.state, Pending: max(h.pending, 0), Fetched: h.fetched, Reason: h.reason}
	if h.state == StateWaiting {
		s.Until = h.ready
	}
	return s
}

// hostQueue holds the waiting hosts, the one that is ready first on top. It implements heap.Interface.
type hostQueue []*host

func (q hostQueue) Len() int { return len(q) }

func (q hostQueue) Less(i, j int) bool {
	if q[i].ready.Equal(q[j].ready) {
		return q[i].turn < q[j].turn
	}
	return q[i].ready.Before(q[j].ready)
}

func (q hostQueue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].index, q[j].index = i, j
}

// Push is for package heap.
func (q *hostQueue) Push(x any) {
	h := x.(*host)
	h.index = len(*q)
	*q = append(*q, h)
}

// Pop is for package heap.
func (q *hostQueue) Pop() any {
	old := *q
	h := old[len(old)-1]
	old[len(old)-1] = nil
	*q = old[:len(old)-1]
	return h
}

// wake adds pending targets to a host and puts it in the queue, unless it is there, busy or left.
func (r *run) wake(name string, pending int) {
	h := r.hosts[name]
	if h == nil {
		h = &host{name: name, state: StateDone}
		r.hosts[name] = h
	}
	h.pending += pending
	r.pending += pending
	if h.state == StateDone {
		r.wait(h, r.Now())
	}
}

// wait puts a host in the queue, behind those that are ready at the same time.
func (r *run) wait(h *host, until time.Time) {
	r.turns++
	h.state, h.ready, h.turn = StateWaiting, until, r.turns
	heap.Push(&r.queue, h)
}

// leave gives a host up for this Run.
func (r *run) leave(h *host, reason string) {
	h.state, h.reason, h.targets = StateLeft, reason, nil
	r.Log.Warn("host left for the next crawl", "host", h.name, "pending", h.pending, "reason", reason)
}

// next takes a host's next target that is due. Without one the host is done, waits, or is left.
func (r *run) next(h *host) (corpus.Target, bool, error) {
	if len(h.targets) == 0 {
		targets, err := r.Store.Pending(r.work, h.name, refill)
		if err != nil {
			return corpus.Target{}, false, err
		}
		h.targets = targets
	}
	if len(h.targets) == 0 {
		r.pending -= h.pending
		h.state, h.pending = StateDone, 0
		return corpus.Target{}, false, nil
	}
	now := r.Now()
	var earliest time.Time
	for i, t := range h.targets {
		if !t.NotBefore.After(now) {
			h.targets = slices.Delete(h.targets, i, i+1)
			return t, true, nil
		}
		if earliest.IsZero() || t.NotBefore.Before(earliest) {
			earliest = t.NotBefore
		}
	}
	h.targets = nil // ask again then: more may have become pending
	r.waitOrLeave(h, earliest, "what is left of it is to be tried again later")
	return corpus.Target{}, false, nil
}

// waitOrLeave puts a host in the queue unless that takes longer than a Run waits.
func (r *run) waitOrLeave(h *host, until time.Time, reason string) {
	if wait := until.Sub(r.Now()); wait > r.MaxWait {
		r.leave(h, reason+" (not before "+until.UTC().Format(time.RFC3339)+")")
		return
	}
	r.wait(h, until)
}
