package schema

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"oped/corpus"
)

// Keyword is one value of a keyword field.
type Keyword struct{ Field, Value string }

// Bounds of the keyword fields.
const (
	// WordsWidth is the number of digits in FieldWords, so that its terms sort as numbers do.
	WordsWidth = 7

	maxValueBytes = 256 // a name or a section; longer ones are a fault of extraction
	maxValues     = 200 // per field and article
	maxHostBytes  = 253 // RFC 1035
)

// lengthBuckets are the least numbers of words of each length bucket, and their labels.
var lengthBuckets = []struct {
	from  int
	label string
}{{2000, "2000+"}, {1200, "1200-1999"}, {800, "800-1199"}, {400, "400-799"}, {1, "1-399"}}

// LengthBucket is the label under which a body of so many words is counted, "" for none.
func LengthBucket(words int) string {
	for _, b := range lengthBuckets {
		if words >= b.from {
			return b.label
		}
	}
	return ""
}

// LengthBuckets lists the labels, shortest first. The slice is the caller's.
func LengthBuckets() []string {
	labels := make([]string, len(lengthBuckets))
	for i, b := range lengthBuckets {
		labels[len(labels)-1-i] = b.label
	}
	return labels
}

// keywordList collects values, clean and each once.
type keywordList []Keyword

// add appends the values that are not empty and not there yet.
func (l *keywordList) add(field string, values ...string) {
	n := 0
	for _, v := range values {
		if n == maxValues {
			return
		}
		if v = KeywordValue(v); v == "" {
			continue
		}
		if k := (Keyword{field, v}); !l.has(k) {
			*l = append(*l, k)
			n++
		}
	}
}

func (l keywordList) has(k Keyword) bool {
	for i := len(l) - 1; i >= 0 && l[i].Field == k.Field; i-- {
		if l[i] == k {
			return true
		}
	}
	return false
}

// KeywordValue is the term under which a value stands in a keyword field: valid UTF-8, white space folded, cut at a
// character before 256 bytes.
func KeywordValue(v string) string {
	if len(v) > 4*maxValueBytes { // do not read on through a book
		v = v[:4*maxValueBytes]
	}
	v = strings.Join(strings.Fields(strings.ToValidUTF8(v, "")), " ")
	if len(v) > maxValueBytes {
		v = strings.ToValidUTF8(v[:maxValueBytes], "")
	}
	return v
}

// keywords are the values of all keyword fields of an analysed article.
func keywords(d *Document) []Keyword {
	a := d.Article
	var l keywordList
	l.add(FieldPublication, a.Publication)
	l.add(FieldAuthor, a.AuthorNames()...)
	l.add(FieldType, string(a.Type))
	l.add(FieldSection, a.Section)
	l.add(FieldLang, d.Language)
	l.add(FieldLength, LengthBucket(d.Words))
	l.add(FieldAccess, string(a.Access))
	l.add(FieldTag, a.Tags...)
	l.add(FieldHas, has(a)...)
	l.add(FieldHost, hosts(a.URL)...)
	if day := a.Published.Day(); day != "" && a.Published.Time.Year() > 0 && a.Published.Time.Year() < 10000 {
		l.add(FieldYear, day[:4])
		l.add(FieldDay, strings.ReplaceAll(day, "-", ""))
	}
	l.add(FieldWords, fmt.Sprintf("%0*d", WordsWidth, d.Words))
	l.add(FieldVersion, strconv.Itoa(a.Version))
	if a.Group != 0 {
		l.add(FieldGroup, strconv.FormatInt(a.Group, 10))
	}
	return l
}

// has names what an article has of the things that can be asked for by has: in a query.
func has(a *corpus.Article) []string {
	var names []string
	for _, p := range []struct {
		name string
		have bool
	}{
		{"date", !a.Published.IsZero()}, {"author", len(a.Authors) > 0}, {"section", a.Section != ""},
		{"standfirst", a.Standfirst != ""}, {"bio", a.AuthorNote != ""}, {"correction", len(a.Corrections) > 0},
		{"tag", len(a.Tags) > 0}, {"url", a.URL != ""},
	} {
		if p.have {
			names = append(names, p.name)
		}
	}
	return names
}

// hosts are the host of an address and each domain above it, so that a site's sub-hosts are found by its name.
func hosts(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	host := strings.Trim(strings.ToLower(u.Hostname()), ".")
	if len(host) > maxHostBytes {
		return nil
	}
	var all []string
	for host != "" {
		all = append(all, host)
		_, above, _ := strings.Cut(host, ".")
		if strings.Trim(host, "0123456789.") == "" || strings.Contains(host, ":") {
			break // an IP address has none above it
		}
		host = above
	}
	return all
}
