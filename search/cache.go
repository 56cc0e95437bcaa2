package search

import (
	"container/list"
	"sync"
)

// cacheKey names a list of one segment, or what is kept of a stretch of it. Segments never change, so neither do their lists.
type cacheKey struct {
	segment uint64
	stretch uint32 // of what is kept by stretch
	what    string
}

// cache keeps the lists used last, within a number of bytes. It is safe for concurrent use.
type cache struct {
	mu      sync.Mutex
	limit   int
	used    int
	entries map[cacheKey]*list.Element
	order   *list.List // used last first
}

type cacheEntry struct {
	key   cacheKey
	value sized
}

// sized is what a cache holds: anything that knows roughly how many bytes it takes.
type sized interface{ bytes() int }

func newCache(limit int) *cache {
	return &cache{limit: limit, entries: map[cacheKey]*list.Element{}, order: list.New()}
}

func (c *cache) get(key cacheKey) sized {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[key]
	if !ok {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(cacheEntry).value
}

// put keeps a value, unless it would take more than a quarter of the cache.
func (c *cache) put(key cacheKey, value sized) {
	c.mu.Lock()
	defer c.mu.Unlock()
	size := value.bytes() + len(key.what)
	if _, ok := c.entries[key]; ok || size > c.limit/4 {
		return
	}
	c.entries[key] = c.order.PushFront(cacheEntry{key, value})
	c.used += size
	for c.used > c.limit {
		last := c.order.Remove(c.order.Back()).(cacheEntry)
		delete(c.entries, last.key)
		c.used -= last.value.bytes() + len(last.key.what)
	}
}

// replace puts a value in the place of another.
func (c *cache) replace(key cacheKey, value sized) {
	c.mu.Lock()
	if e, ok := c.entries[key]; ok {
		c.used -= e.Value.(cacheEntry).value.bytes() + len(key.what)
		c.order.Remove(e)
		delete(c.entries, key)
	}
	c.mu.Unlock()
	c.put(key, value)
}

// cached gives the list of a key, made where it is not at hand. Two searches may make the same list at the same time.
func cached[T sized](c *cache, key cacheKey, build func() (T, error)) (T, error) {
	if v, ok := c.get(key).(T); ok {
		return v, nil
	}
	v, err := build()
	if err == nil {
		c.put(key, v)
	}
	return v, err
}
