package fetch

import (
	"bytes"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"oped/corpus"
)

// maxHeadBytes is how far into a page its meta elements are looked for.
const maxHeadBytes = 256 << 10

// Signals are a publisher's wishes about one page, apart from robots.txt: robots meta tags, X-Robots-Tag headers and
// the TDM Reservation Protocol. Each field is empty, or says where the wish was read ("meta robots: noindex").
type Signals struct {
	// NoIndex: the page is not to be found through us (noindex, none, unavailable_after in the past).
	NoIndex string
	// NoArchive: no copy of the page is to be kept (noarchive).
	NoArchive string
	// NoFollow: the links of the page are not to be followed (nofollow, none).
	NoFollow string
	// TDM: text and data mining is reserved (tdm-reservation: 1).
	TDM string
}

// Refusal says why the page may not be kept, or "" if nothing forbids it.
func (s Signals) Refusal() string {
	for _, wish := range []string{s.NoIndex, s.NoArchive, s.TDM} {
		if wish != "" {
			return wish
		}
	}
	return ""
}

// ReadSignals reads the wishes of a page's publisher that are meant for everybody or for the crawler of that name
// (Client.Agent). Of HTML the head is read; now decides whether an "unavailable_after" has passed.
func ReadSignals(p *corpus.Page, agent string, now time.Time) Signals {
	r := signalReader{agent: strings.ToLower(agent), now: now}
	for _, value := range p.Header.Values("X-Robots-Tag") {
		r.header(value)
	}
	if strings.TrimSpace(p.Header.Get("Tdm-Reservation")) == "1" {
		r.found.TDM = "header tdm-reservation: 1"
	}
	if p.MediaType == "text/html" {
		r.head(p.Body[:min(len(p.Body), maxHeadBytes)])
	}
	return r.found
}

type signalReader struct {
	agent string
	now   time.Time
	found Signals
}

// header reads one X-Robots-Tag value: "noindex, nofollow" or "oped: noindex". The name before the colon holds for
// the rest of the value; "unavailable_after: date" only looks like one.
func (r *signalReader) header(value string) {
	name, rest, ok := strings.Cut(value, ":")
	name = strings.ToLower(strings.TrimSpace(name))
	if ok && !strings.ContainsAny(name, ", ") && name != "unavailable_after" {
		if name != r.agent && name != "*" {
			return
		}
		value = rest
	}
	r.directives("header X-Robots-Tag", value)
}

func (r *signalReader) directives(where, value string) {
	before, date, dated := cutFold(value, "unavailable_after:")
	if dated {
		value = before
		if at, ok := parseUnavailable(date); ok && r.now.After(at) {
			set(&r.found.NoIndex, where+": unavailable_after "+strings.TrimSpace(date))
		}
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(value), func(c rune) bool { return c == ',' || c == ' ' || c == ';' }) {
		switch word {
		case "noindex":
			set(&r.found.NoIndex, where+": noindex")
		case "noarchive":
			set(&r.found.NoArchive, where+": noarchive")
		case "nofollow":
			set(&r.found.NoFollow, where+": nofollow")
		case "none":
			set(&r.found.NoIndex, where+": none")
			set(&r.found.NoFollow, where+": none")
		}
	}
}

func set(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// head reads the meta elements up to the body.
func (r *signalReader) head(body []byte) {
	z := html.NewTokenizer(bytes.NewReader(body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			switch atom.Lookup(name) {
			case atom.Body:
				return
			case atom.Meta:
				if more {
					r.meta(z)
				}
			}
		}
	}
}

func (r *signalReader) meta(z *html.Tokenizer) {
	var name, content string
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "name":
			name = strings.ToLower(strings.TrimSpace(string(value)))
		case "content":
			content = string(value)
		}
	}
	switch name {
	case "robots", r.agent:
		r.directives("meta "+name, content)
	case "tdm-reservation":
		if strings.TrimSpace(content) == "1" {
			set(&r.found.TDM, "meta tdm-reservation: 1")
		}
	}
}

func cutFold(s, sep string) (before, after string, found bool) {
	if i := strings.Index(strings.ToLower(s), sep); i >= 0 && i+len(sep) <= len(s) {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// parseUnavailable reads the date forms that are in use; the format is nowhere fixed.
func parseUnavailable(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{
		time.RFC850, time.RFC1123, time.RFC1123Z, time.RFC822, time.RFC822Z, time.RFC3339,
		"02 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 MST", "2006-01-02",
	} {
		if at, err := time.Parse(layout, s); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}
