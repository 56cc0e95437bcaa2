package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"oped/corpus"
)

// The fuzz targets read without a Store, whose state would make an input go another way each time.

const (
	fuzzRecord = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nContent-Length: 80\r\n\r\n" +
		"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip, deflate\r\n\r\n<p>A\r\n\r\n"
	fuzzItem = `<rss><title>x</title><wp:author><wp:author_login>x</wp:author_login></wp:author><item><title>A</title>` +
		`<content:encoded><![CDATA[[caption id="1"]x[/caption]<div class="sharedaddy">` + "\n\nhttps://a.example/\n" + `B.]]></content:encoded>` +
		`<category domain="author" nicename="cap-x">x</category><wp:postmeta><wp:meta_key>a</wp:meta_key></wp:postmeta></item></rss>`
)

func FuzzWARC(f *testing.F) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte(fuzzRecord))
	z.Close()
	f.Add([]byte(fuzzRecord + fuzzRecord))
	f.Add(append(zipped.Bytes(), zipped.Bytes()...))
	f.Add(append(zipped.Bytes()[:60], zipped.Bytes()...))
	f.Add([]byte(strings.Replace(fuzzRecord, "Content-Encoding: gzip, deflate", "Transfer-Encoding: chunked", 1)))
	f.Fuzz(func(t *testing.T, archive []byte) {
		w := newWARCReader(bytes.NewReader(archive))
		// Each record takes some bytes, so that there are not more of them.
		for range len(archive) + 1 {
			if !fuzzRecordOf(t, w) {
				return
			}
		}
		t.Errorf("more records than bytes: %d", len(archive))
	})
}

// fuzzRecordOf reads a record as a job does, and reports whether more may follow.
func fuzzRecordOf(t *testing.T, w *warcReader) bool {
	rec, err := w.next()
	if err == nil {
		var content []byte
		if content, err = w.content(); err == nil {
			fuzzPage(t, rec, content)
		}
	}
	if asFault(err) != nil {
		err = w.resync(t.Context())
	}
	return err == nil
}

func fuzzPage(t *testing.T, rec warcRecord, content []byte) {
	p, err := rec.page(content, time.Unix(2e9, 0))
	var other notPage
	if err != nil && asFault(err) == nil && !errors.As(err, &other) {
		t.Errorf("error of another kind: %v", err)
	}
	if err == nil && (len(p.Body) > maxPageBytes || p.URL == "" || p.Fetched.IsZero()) {
		t.Errorf("page %+v", p)
	}
}

func FuzzWXR(f *testing.F) {
	f.Add(fuzzItem)
	f.Add("<item><title>x</title><item><content:encoded><![CDATA[a]]></content:encoded></item><wp:author/><!--")
	f.Add("<item><a b='c'>&lt;&x;</a><![CDATA[</item>]]></item >")
	f.Fuzz(func(t *testing.T, source string) {
		r := &elementReader{in: bufio.NewReader(strings.NewReader(source)), wanted: []string{"item", "wp:author", "title"}}
		x := export{site: make(map[string]string), names: make(map[string]string)}
		for range len(source) + 1 {
			e, err := r.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if e.name != "item" {
				x.learn(e)
				continue
			}
			if _, nodes, err := parseElement(e.text); err == nil {
				fuzzArticle(t, plainRecord(sourceWXR, x.post(nodes)))
			}
		}
		t.Errorf("more elements than bytes")
	})
}

func FuzzPosts(f *testing.F) {
	f.Add(`[{"title":{"rendered":"A"},"content":{"rendered":"<p>A.[gallery ids=1]"},"_embedded":{"author":[{"name":"x"}],"wp:term":[[{"taxonomy":"category","name":"y"}]]}}]`)
	f.Add(`[{"title":{"rendered":"\"}{"},"content":{}},x,{]}`)
	f.Add(`{"date":"2018-05-01T09:30:00","date_gmt":"2018-05-01T13:30:00","content":{"rendered":"[a][/a]"},"excerpt":{"rendered":"x"}} null`)
	f.Fuzz(func(t *testing.T, source string) {
		r := &objectReader{in: bufio.NewReader(strings.NewReader(source))}
		for range len(source) + 1 {
			object, problem, err := r.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if record, err := decodeRecord(object); problem == "" && err == nil {
				fuzzArticle(t, plainRecord(sourcePosts, record))
			}
		}
		t.Errorf("more objects than bytes")
	})
}

// fuzzArticle reads a record whose names are the usual ones.
func fuzzArticle(t *testing.T, record map[string]any) {
	for _, block := range blocks(record["body"]) {
		if block.Text == "" || strings.Contains(block.Text, "\n") {
			t.Errorf("block %q", block.Text)
		}
	}
	if d := date(record["published"], time.Unix(2e9, 0)); d.IsZero() != (d == corpus.Date{}) {
		t.Errorf("date %+v", d)
	}
	authors(record["authors"])
	tags(record["tags"])
}

// FuzzMembers compares what is read of whole members with what was written, wherever they are parted.
func FuzzMembers(f *testing.F) {
	f.Add([]byte("WARC/1.0 one"), []byte("two"), uint8(3))
	f.Add([]byte{}, []byte{0, 0}, uint8(0))
	f.Fuzz(func(t *testing.T, one, two []byte, zeros uint8) {
		var source bytes.Buffer
		for _, part := range [][]byte{one, two} {
			z := gzip.NewWriter(&source)
			_, _ = z.Write(part)
			z.Close()
			source.Write(make([]byte, zeros))
		}
		got, err := io.ReadAll(newMemberReader(&source))
		if want := append(bytes.Clone(one), two...); err != nil || !bytes.Equal(got, want) {
			t.Errorf("read %q, %v, want %q", got, err, want)
		}
	})
}
