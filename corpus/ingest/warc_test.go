package ingest_test

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"oped/corpus"
	"oped/corpus/ingest"
)

// warcRecord writes a record of a web archive. fields are lines of its header.
func warcRecord(typ, url, content string, fields ...string) string {
	header := fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2018-05-02T06:07:08Z\r\nContent-Length: %d\r\n", typ, url, len(content))
	for _, field := range fields {
		header += field + "\r\n"
	}
	return header + "\r\n" + content + "\r\n\r\n"
}

// webPage is a response record with a page.
func webPage(url, body string, headers ...string) string {
	head := "HTTP/1.1 200 OK\r\n"
	if len(headers) == 0 {
		headers = []string{"Content-Type: text/html; charset=UTF-8"}
	}
	return warcRecord("response", url, head+strings.Join(headers, "\r\n")+"\r\n\r\n"+body, "Content-Type: application/http; msgtype=response")
}

// newsCrawl is an archive in the manner of Common Crawl: what crawled one page, and pages of every kind.
func newsCrawl() []string {
	return []string{
		warcRecord("warcinfo", "", "software: test\r\n", "Content-Type: application/warc-fields"),
		warcRecord("request", "https://a.example/1", "GET /1 HTTP/1.1\r\nHost: a.example\r\n\r\n", "Content-Type: application/http; msgtype=request"),
		webPage("https://a.example/1", "One|text one"),
		warcRecord("metadata", "https://a.example/1", "fetchTimeMs: 12\r\n"),
		warcRecord("revisit", "https://a.example/1", "HTTP/1.1 200 OK\r\n\r\n"),
		warcRecord("response", "https://a.example/gone", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nGone", "Content-Type: application/http"),
		webPage("https://a.example/p.png", "\x89PNG\r\n\x1a\n", "Content-Type: image/png"),
		webPage("https://a.example/robots.txt", "User-agent: *", "Content-Type: text/plain"),
		warcRecord("response", "dns:a.example", "20180502060708\na.example. 300 IN A 192.0.2.1\n", "Content-Type: text/dns"),
		webPage("https://a.example/denied", "Access denied|"),
		webPage("https://a.example/2", "Two|text two", "Content-Type: text/plain"),
		warcRecord("response", "https://a.example/bad", "hello", "Content-Type: application/http"),
	}
}

var newsCrawlCounts = corpus.Counts{
	Seen: 4, New: 2, Rejected: 2, Reasons: map[string]int{"access-denied": 1, "response without an HTTP status": 1},
	Skipped: 8, SkipReasons: map[string]int{
		"warcinfo record": 1, "request record": 1, "metadata record": 1, "revisit record": 1, "response with HTTP status 404": 1,
		"response that is neither HTML nor text": 1, "robots.txt": 1, "response that is not HTTP": 1,
	},
}

// members compresses each record by itself.
func members(t testing.TB, records []string) string {
	t.Helper()
	var b strings.Builder
	for _, r := range records {
		b.WriteString(zipped(t, r))
	}
	return b.String()
}

func importWARC(t testing.TB, cfg ingest.Config, archive string) (corpus.Counts, error) {
	t.Helper()
	return ingest.Reader(t.Context(), cfg, strings.NewReader(archive), "crawl.warc.gz", ingest.FormatWARC)
}

func TestWARC(t *testing.T) {
	records := newsCrawl()
	plain := strings.Join(records, "")
	inner := len(strings.Join(records[:2], ""))
	for _, tt := range []struct {
		name, archive string
		format        ingest.Format
		wantPlace     string // of the first page
	}{
		{"not compressed", plain, ingest.FormatWARC, fmt.Sprint("@", inner)},
		{"one member a record", members(t, records), ingest.FormatWARC, fmt.Sprint("@", len(members(t, records[:2])))},
		{"one member", zipped(t, plain), ingest.FormatWARC, fmt.Sprint("@0+", inner)},
		{"members that end anywhere", members(t, []string{plain[:100], plain[100:150], plain[150:]}), ingest.FormatWARC, ""},
		{"zeros between members", strings.Join([]string{zipped(t, records[0]), members(t, records[1:])}, "\x00\x00\x00"), ingest.FormatWARC, ""},
		{"found out", plain, ingest.FormatAuto, fmt.Sprint("@", inner)},
		{"found out, compressed", members(t, records), ingest.FormatAuto, ""},
		{"lines that end in LF", strings.ReplaceAll(plain, "\r\n\r\nWARC/", "\n\nWARC/"), ingest.FormatWARC, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cfg := config(t)
			got, err := ingest.Reader(t.Context(), cfg, strings.NewReader(tt.archive), "crawl", tt.format)
			if diff := cmp.Diff(newsCrawlCounts, got); err != nil || diff != "" {
				t.Fatalf("Reader: %v (-want +got):\n%s", err, diff)
			}
			if n := got.Seen + got.Skipped; n != len(records) {
				t.Errorf("%d records are counted of %d", n, len(records))
			}
			if place := origins(t, cfg.Store)[0]; tt.wantPlace != "" && place != "crawl"+tt.wantPlace {
				t.Errorf("the first page is from %q, want %q", place, "crawl"+tt.wantPlace)
			}
			want := newsCrawlCounts
			want.New, want.Unchanged = 0, 2
			got, err = ingest.Reader(t.Context(), cfg, strings.NewReader(tt.archive), "crawl", tt.format)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("Reader again: %v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestWARCPage(t *testing.T) {
	cfg := config(t)
	cfg.Publication = "The Example"
	archive := webPage("<https://a.example/1?utm_source=x>", "One|text", "content-type: TEXT/HTML;charset=Windows-1252",
		"X-Robots-Tag: noarchive", "X-Robots-Tag: nofollow,", "  noindex", "ETag: \"v1\"", "Set-Cookie: a=b", "no field")
	if got, err := importWARC(t, cfg, archive); err != nil || got.New != 1 {
		t.Fatalf("Reader = %v, %v", got, err)
	}
	for p, err := range cfg.Store.Pages(t.Context()) {
		want := &corpus.Page{
			URL: "https://a.example/1?utm_source=x", Origin: "crawl.warc.gz@0", Publication: "The Example", Status: 200,
			Header: http.Header{"Content-Type": {"TEXT/HTML;charset=Windows-1252"}, "Etag": {`"v1"`},
				"X-Robots-Tag": {"noarchive", "nofollow, noindex"}},
			MediaType: "text/html", Charset: "windows-1252", Body: []byte("One|text"), Fetched: time.Date(2018, 5, 2, 6, 7, 8, 0, time.UTC),
		}
		if diff := cmp.Diff(want, p); err != nil || diff != "" {
			t.Errorf("page: %v (-want +got):\n%s", err, diff)
		}
	}
}

func compressed(t testing.TB, text string, open func(io.Writer) io.WriteCloser) string {
	t.Helper()
	var b bytes.Buffer
	w := open(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWARCCodings(t *testing.T) {
	const body = "One|text one, which is long enough to be worth it, to be worth it, to be worth it"
	deflate := compressed(t, body, func(w io.Writer) io.WriteCloser { d, _ := flate.NewWriter(w, 9); return d })
	wrapped := compressed(t, body, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	zstandard := compressed(t, body, func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z })
	zip := zipped(t, body)
	long := strings.Repeat(" ", 17<<20)
	for _, tt := range []struct {
		name, headers, body string
		want                string // text or reason
	}{
		{"none", "", body, body},
		{"chunked", "Transfer-Encoding: chunked", "5\r\n" + body[:5] + "\r\n" + fmt.Sprintf("%x;ext=1\r\n", len(body)-5) + body[5:] + "\r\n0\r\nTrailer: x\r\n\r\n", body},
		{"chunked no more", "Transfer-Encoding: chunked", body, body},
		{"gzip", "Content-Encoding: gzip", zip, body},
		{"gzip no more", "Content-Encoding: x-gzip", body, body},
		{"gzip in chunks", "Content-Encoding: gzip\r\nTransfer-Encoding: Chunked", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(zip), zip), body},
		{"gzip twice", "Content-Encoding: gzip, gzip", zipped(t, zip), body},
		{"deflate", "Content-Encoding: deflate", wrapped, body},
		{"bare deflate", "Content-Encoding: deflate", deflate, body},
		{"zstd", "Content-Encoding: zstd", zstandard, body},
		{"brotli no more", "Content-Encoding: br", body, body},
		{"identity", "Content-Encoding: identity", body, body},
		{"chunks that end", "Transfer-Encoding: chunked", "8\r\nOne|text\r\n9\r\n one", "One|text one"},
		{"gzip that ends", "Content-Encoding: gzip", zip[:len(zip)-4], body},
		{"brotli", "Content-Encoding: br", "\x1b\x03\x00\xf8\x01", "content coding that cannot be undone"},
		{"broken gzip", "Content-Encoding: gzip", zip[:10], "content coding that cannot be undone"},
		{"too many", "Content-Encoding: gzip, gzip, gzip, gzip, gzip", zip, "content coding that is not known"},
		{"bomb", "Content-Encoding: gzip", zipped(t, long), "longer than 16 MB"},
		{"zstd bomb", "Content-Encoding: zstd", compressed(t, long, func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z }), "longer than 16 MB"},
		{"bomb in a bomb", "Content-Encoding: gzip, gzip", zipped(t, zipped(t, long)), "longer than 16 MB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cfg := config(t)
			got, err := importWARC(t, cfg, webPage("https://a.example/1", tt.body, strings.TrimSpace("Content-Type: text/html\r\n"+tt.headers))+webPage("https://a.example/2", "Two|2"))
			if err != nil || got.Seen != 2 {
				t.Fatalf("Reader = %v, %v", got, err)
			}
			var texts []string
			for p := range cfg.Store.Pages(t.Context()) {
				texts = append(texts, string(p.Body))
			}
			if texts[0] != tt.want && got.Reasons[tt.want] != 1 {
				t.Errorf("text %.100q, %v, want %.100q", texts[0], got, tt.want)
			}
		})
	}
}

// TestWARCDamage breaks archives: whatever can be read is, and every record is accounted for.
func TestWARCDamage(t *testing.T) {
	page := func(n int) string {
		return webPage(fmt.Sprintf("https://a.example/%d", n), fmt.Sprintf("Headline %d|%s", n, strings.Repeat(fmt.Sprint("text ", n, " "), 200)))
	}
	one, two, three := page(1), page(2), page(3)
	damaged := []byte(zipped(t, two))
	copy(damaged[len(damaged)/2:], strings.Repeat("\xff", 20))
	checksum := zipped(t, two)[len(zipped(t, two))-8 : len(zipped(t, two))-4]
	long := strings.Repeat("x", 17<<20)
	for _, tt := range []struct {
		name, archive string
		wantNew       int
		wantReasons   map[string]int
		wantErr       string
	}{
		{"a damaged member", zipped(t, one) + string(damaged) + zipped(t, three), 2, map[string]int{"damaged compression": 1}, ""},
		{"a member cut short", zipped(t, one) + zipped(t, two)[:60] + zipped(t, three), 2, map[string]int{"damaged compression": 1}, ""},
		{"the last member cut short", zipped(t, one) + zipped(t, two)[:60], 1, map[string]int{"cut off by the end of the file": 1}, ""},
		{"a wrong checksum", zipped(t, one) + strings.Replace(zipped(t, two), checksum, "\x01\x02\x03\x04", 1) + zipped(t, three), 2, map[string]int{"damaged compression": 1}, ""},
		{"a wrong checksum of what is skipped", zipped(t, one) + zipped(t, newsCrawl()[0])[:len(zipped(t, newsCrawl()[0]))-1] + "\xff" + zipped(t, three), 2, map[string]int{"damaged compression": 1}, ""},
		{"the last member's trailer cut off", zipped(t, one) + zipped(t, two)[:len(zipped(t, two))-3], 1, map[string]int{"cut off by the end of the file": 1}, ""},
		{"something between members", zipped(t, one) + "nothing" + zipped(t, two), 2, map[string]int{"damaged compression": 1}, ""},
		{"nothing whole follows", zipped(t, one) + string(damaged[:len(damaged)-20]) + strings.Repeat("damage", 100), 1, map[string]int{"damaged compression": 1}, "no whole gzip member follows"},
		{"cut off in its content", one + two[:len(two)-50], 1, map[string]int{"cut off by the end of the file": 1}, ""},
		{"cut off in its header", one + two[:40], 1, map[string]int{"cut off by the end of the file": 1}, ""},
		{"no record", one + "something else\nof two lines\n" + two, 2, map[string]int{"not a WARC record": 1}, ""},
		{"no record in a member", zipped(t, one) + zipped(t, "something else\n") + zipped(t, two), 2, map[string]int{"not a WARC record": 1}, ""},
		{"no record, then damage", zipped(t, one) + zipped(t, "something else\n") + string(damaged) + zipped(t, three), 2, map[string]int{"not a WARC record": 1, "damaged compression": 1}, ""},
		{"no length", one + strings.Replace(two, "Content-Length", "Length", 1) + three, 2, map[string]int{"record without a length": 1}, ""},
		{"negative length", one + strings.Replace(two, "Content-Length: ", "Content-Length: -", 1) + three, 2, map[string]int{"record without a length": 1}, ""},
		{"too short a length", one + strings.Replace(two, "Content-Length: ", "Content-Length: 10\r\nX: ", 1) + three, 2, map[string]int{"response without an HTTP status": 1, "not a WARC record": 1}, ""},
		{"length beyond all", strings.Replace(two, "Content-Length: ", "Content-Length: 999999999999999\r\nX: ", 1), 0, map[string]int{"cut off by the end of the file": 1}, ""},
		{"length that is none", one + strings.Replace(two, "Content-Length: ", "Content-Length: 99999999999999999999999", 1) + three, 2, map[string]int{"record without a length": 1}, ""},
		{"endless header", one + "WARC/1.0\r\n" + strings.Repeat("A: b\r\n", 60_000) + "\r\n" + three, 2, map[string]int{"header longer than 256 KB": 1}, ""},
		{"endless HTTP header", one + webPage("https://a.example/2", "x", strings.Repeat("A: b\r\n", 60_000)) + three, 2, map[string]int{"header longer than 256 KB": 1}, ""},
		{"longer than a page", one + webPage("https://a.example/2", long) + three, 2, map[string]int{"longer than 16 MB": 1}, ""},
		{"no address", one + webPage("", "Two|2") + webPage("mailto:jane@example.com", "Two|2") + webPage("https://", "Two|2") + three, 2, map[string]int{"response without an address": 2}, ""},
		{"in several records", one + strings.Replace(two, "WARC-Type", "WARC-Segment-Number: 1\r\nWARC-Type", 1) + three, 2, map[string]int{"response in several records": 1}, ""},
		{"nothing", "", 0, nil, ""},
		{"empty members", zipped(t, "") + zipped(t, one) + zipped(t, "") + zipped(t, "\r\n"), 1, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := importWARC(t, config(t), tt.archive)
			if tt.wantErr == "" && err != nil || tt.wantErr != "" && (err == nil || !strings.Contains(err.Error(), tt.wantErr)) {
				t.Errorf("error = %v, want %q", err, tt.wantErr)
			}
			if got.New != tt.wantNew {
				t.Errorf("%v, want %d new", got, tt.wantNew)
			}
			rejected := 0
			for _, n := range tt.wantReasons {
				rejected += n
			}
			if got.Rejected != rejected {
				t.Errorf("%v, want %d rejected", got, rejected)
			}
			for reason, n := range tt.wantReasons {
				if got.Reasons[reason] != n {
					t.Errorf("%v, want %d %q", got, n, reason)
				}
			}
		})
	}
}

func TestWARCTruncated(t *testing.T) {
	cfg := config(t)
	archive := strings.Replace(webPage("https://a.example/1", "One|text one"), "WARC-Type", "WARC-Truncated: length\r\nWARC-Type", 1)
	if got, err := importWARC(t, cfg, archive); err != nil || got.New != 1 {
		t.Fatalf("Reader = %v, %v", got, err)
	}
	id, err := cfg.Store.Lookup(t.Context(), "https://a.example/1")
	if err != nil {
		t.Fatal(err)
	}
	want := corpus.Quality{Flags: []string{"truncated"}, Reason: "The archive holds only the first part of the page (length)."}
	a, err := cfg.Store.Article(t.Context(), id)
	if diff := cmp.Diff(want, a.Quality); err != nil || diff != "" {
		t.Errorf("quality: %v (-want +got):\n%s", err, diff)
	}
	if got, err := ingest.Reextract(t.Context(), cfg); err != nil || got.Unchanged != 1 {
		t.Errorf("Reextract = %v, %v, want it unchanged", got, err)
	}
}

func TestWARCDates(t *testing.T) {
	for _, tt := range []struct {
		date string
		want time.Time
	}{
		{"2018-05-02T06:07:08.123456Z", time.Date(2018, 5, 2, 6, 7, 8, 123e6, time.UTC)},
		{"20180502060708", time.Date(2018, 5, 2, 6, 7, 8, 0, time.UTC)},
		{"2999-01-01T00:00:00Z", noon},
		{"0001-01-01T00:00:00Z", noon},
		{"yesterday", noon},
	} {
		cfg := config(t)
		archive := strings.Replace(webPage("https://a.example/1", "One|text one"), "2018-05-02T06:07:08Z", tt.date, 1)
		if got, err := importWARC(t, cfg, archive); err != nil || got.New != 1 {
			t.Fatalf("%s: Reader = %v, %v", tt.date, got, err)
		}
		for p := range cfg.Store.Pages(t.Context()) {
			if p.Fetched.Truncate(time.Millisecond) != tt.want {
				t.Errorf("%s: Fetched = %v, want %v", tt.date, p.Fetched, tt.want)
			}
		}
	}
}

// TestWARCSeveralTimes imports an archive that holds a page of three times; the latest is the article, whatever the
// order, and the same again changes nothing.
func TestWARCSeveralTimes(t *testing.T) {
	at := func(hour string, text string) string {
		return strings.Replace(webPage("https://a.example/1", "One|"+text), "T06:", "T"+hour+":", 1)
	}
	cfg := config(t)
	archive := at("06", "morning") + at("18", "evening") + at("12", "noon")
	for i, want := range []corpus.Counts{{Seen: 3, New: 1, Updated: 1, Unchanged: 1}, {Seen: 3, Unchanged: 3}} {
		got, err := importWARC(t, cfg, archive)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("import %d: %v (-want +got):\n%s", i, err, diff)
		}
	}
	if got, err := ingest.Reextract(t.Context(), cfg); err != nil || got.Unchanged != got.Seen {
		t.Errorf("Reextract = %v, %v, want all unchanged", got, err)
	}
}

// endless gives the same bytes again and again.
type endless struct {
	text string
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.text[e.at:])
	e.at = (e.at + n) % len(e.text)
	return n, nil
}

// TestWARCMemory imports half a gigabyte, in which films and many small records stand; memory must not grow with it.
func TestWARCMemory(t *testing.T) {
	film := "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 268435456\r\n\r\n"
	small := warcRecord("request", "https://a.example/1", strings.Repeat("GET / HTTP/1.1\r\n", 64))
	archive := io.MultiReader(
		strings.NewReader(film), io.LimitReader(&endless{text: strings.Repeat("film", 1<<14)}, 256<<20), strings.NewReader("\r\n\r\n"),
		io.LimitReader(&endless{text: small}, int64(len(small))*20_000),
		strings.NewReader(webPage("https://a.example/1", "One|text one")),
	)
	var before, after runtime.MemStats
	cfg := config(t)
	runtime.ReadMemStats(&before)
	got, err := ingest.Reader(t.Context(), cfg, archive, "crawl.warc", ingest.FormatWARC)
	runtime.ReadMemStats(&after)
	if err != nil || got.New != 1 || got.Skipped != 20_001 {
		t.Errorf("Reader = %v, %v", got, err)
	}
	if grown := after.Sys - before.Sys; grown > 32<<20 {
		t.Errorf("memory grew by %d MB", grown>>20)
	}
}

func TestWARCCancelThenContinue(t *testing.T) {
	const all = 800
	records := []string{newsCrawl()[0]}
	for i := range all {
		records = append(records, webPage(fmt.Sprintf("https://a.example/%d", i), fmt.Sprintf("Column %d|text %d", i, i)))
	}
	archive := members(t, records)
	cfg := config(t)
	ctx, cancel := context.WithCancel(t.Context())
	cfg.Progress = func(corpus.Counts) { cancel() }
	first, err := ingest.Reader(ctx, cfg, strings.NewReader(archive), "crawl.warc.gz", ingest.FormatAuto)
	if !errors.Is(err, context.Canceled) || first.New == 0 || first.New == all {
		t.Fatalf("Reader = %v, %v, want a part and context.Canceled", first, err)
	}
	cfg.Progress = nil
	second, err := importWARC(t, cfg, archive)
	if err != nil || second.Unchanged != first.New || second.New != all-first.New || second.Skipped != 1 {
		t.Errorf("Reader again = %v, %v after %v", second, err, first)
	}
}

// TestWARCNeedsExtractor says so instead of refusing every page.
func TestWARCNeedsExtractor(t *testing.T) {
	cfg := config(t)
	cfg.Extractor = nil
	if got, err := importWARC(t, cfg, webPage("https://a.example/1", "One|1")); err == nil || got.Seen != 0 {
		t.Errorf("Reader without an Extractor = %v, %v, want an error", got, err)
	}
}

type brokenReader struct{ io.Reader }

func (b brokenReader) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = errors.New("the disk is gone")
	}
	return n, err
}

// TestWARCReadError tells a fault of the disk from one of the archive.
func TestWARCReadError(t *testing.T) {
	record := webPage("https://a.example/1", "One|1")
	for _, archive := range []string{record + record[:50], members(t, []string{record, record})[:250], record} {
		got, err := ingest.Reader(t.Context(), config(t), brokenReader{strings.NewReader(archive)}, "crawl.warc.gz", ingest.FormatAuto)
		var bad *ingest.SourceError
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), "the disk is gone") || got.New != 1 || got.Rejected != 0 {
			t.Errorf("Reader = %v, %v, want one article and the fault of the disk", got, err)
		}
	}
}
