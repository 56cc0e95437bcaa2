package discover

import (
	"fmt"
	"io"
	"runtime"
	"testing"
)

// largeSitemap writes a sitemap of n entries into a pipe, so that none of it is in memory at once.
func largeSitemap(n int) io.Reader {
	r, w := io.Pipe()
	go func() {
		io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		for i := range n {
			_, err := fmt.Fprintf(w, "<url><loc>https://a.example/2024/05/17/opinion-piece-number-%d</loc><lastmod>2024-05-17T10:00:00Z</lastmod></url>\n", i)
			if err != nil {
				return
			}
		}
		io.WriteString(w, "</urlset>")
		w.Close()
	}()
	return r
}

func TestSitemapStreamsInFlatMemory(t *testing.T) {
	const entries, limit = 50_000, 2 << 20
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, peak, n := heap(), uint64(0), 0
	_, err := Read(largeSitemap(entries), Source{URL: "https://a.example/sitemap.xml"}, func(Entry) error {
		if n++; n%10_000 == 0 {
			peak = max(peak, heap())
		}
		return nil
	})
	if err != nil || n != entries {
		t.Fatalf("Read = %v after %d entries, want %d", err, n, entries)
	}
	if peak > before+limit {
		t.Errorf("the heap grew by %d bytes, want at most %d", peak-before, limit)
	}
}

func BenchmarkSitemap(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(largeSitemap(5_000), Source{URL: "https://a.example/"}, func(Entry) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
