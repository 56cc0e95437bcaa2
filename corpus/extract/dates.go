package extract

import (
	"cmp"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"oped/corpus"
)

var (
	publishedMeta = []string{"article:published_time", "og:article:published_time", "datepublished", "og:published_time", "article:published", "parsely-pub-date", "sailthru.date",
		"article.published", "publish-date", "publish_date", "publishdate", "pubdate", "published_at", "publication_date", "published-date", "date.published",
		"cxenseparse:recs:publishtime", "cxenseparse:publishtime", "dc.date.issued", "dcterms.date", "dcterms.created", "dc.date.created", "dc.date", "citation_publication_date", "citation_date",
		"originalpublicationdate", "article_date_original", "displaydate", "ptime", "rnews:datepublished", "date_published", "bt:pubdate", "datecreated", "article.created", "date"}
	modifiedMeta = []string{"article:modified_time", "og:updated_time", "datemodified", "article:modified", "lastmod", "last-modified", "dcterms.modified", "dc.date.modified", "revision_date", "article.updated", "utime"}
	urlDay       = regexp.MustCompile(`/((?:19|20)\d{2})(?:[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})|(\d{2})(\d{2}))(?:[/_.-]|$)`)
	postedLine   = regexp.MustCompile(`(?i)^(?:first |\(?re\)?-?)?(?:posted|published|publié|publicado|veröffentlicht|pubblicato|gepubliceerd|опубликовано)\b`)
	updatedWord  = regexp.MustCompile(`(?i)\b(?:updated|modified|edited|revised|aktualisiert|actualizado|mis à jour|modifié|aggiornato|atualizado|bijgewerkt|обновлено)\b`)
)

// readDates gives when the article was published and last changed. Neither is ever later than the fetch.
func (r *reader) readDates() (published, modified corpus.Date) {
	published = r.firstDate(
		func() corpus.Date { return r.ldDate("datePublished", "dateCreated", "uploadDate") },
		func() corpus.Date { return r.metaDate(publishedMeta) },
		func() corpus.Date { return r.propDate("datepublished", "datecreated") },
	)
	printed, line := r.printedDate()
	switch {
	case published.IsZero():
		published = r.surerDay(printed)
	case differsByZone(published, printed):
		published = atLocalTime(published, printed, line)
	}
	if published.IsZero() {
		published = r.firstDate(r.anyTime, r.urlDate)
	}
	modified = r.firstDate(
		func() corpus.Date { return r.ldDate("dateModified") },
		func() corpus.Date { return r.metaDate(modifiedMeta) },
		func() corpus.Date { return r.propDate("datemodified") },
	)
	if r.broughtOutAnew(published, modified, printed, line) {
		published = printed
	}
	if !published.IsZero() && modified.Time.Before(published.Time) {
		modified = corpus.Date{}
	}
	return published, modified
}

// broughtOutAnew reports whether the page dates itself by the day on which it was last changed: that day is printed near
// the headline, not as one of a change, and the first one nowhere. Publications do so with pieces that they bring out again.
func (r *reader) broughtOutAnew(published, modified, printed corpus.Date, line string) bool {
	if published.IsZero() || printed.IsZero() || printed.Day() != modified.Day() || published.Day() >= printed.Day() {
		return false
	}
	if len(writtenDays(line)) > 1 {
		return false
	}
	for i := max(0, r.head-dateBefore); i < min(len(r.layout.blocks), r.head+dateAfter); i++ {
		if r.blockDate(i).Day() == published.Day() {
			return false
		}
	}
	return true
}

// surerDay is the day of the address where the printed one lies further off than zones and late presses explain: the
// printed line then tells of something else.
func (r *reader) surerDay(printed corpus.Date) corpus.Date {
	if day := r.urlDate(); !day.IsZero() && day.Time.Sub(printed.Time).Abs() > 48*time.Hour {
		return day
	}
	return printed
}

// differsByZone reports whether the printed day is the local day of an instant that is stated in UTC: one day off,
// and within the hours by which the local clock of some place differs.
func differsByZone(stated, printed corpus.Date) bool {
	if printed.IsZero() || !stated.HasClock || printed.Day() == stated.Day() {
		return false
	}
	if _, offset := stated.Time.Zone(); offset != 0 {
		return false
	}
	start := printed.Time
	if printed.HasClock {
		start = time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, time.UTC)
	}
	gap := stated.Time.Sub(start)
	return gap > -14*time.Hour && gap < 36*time.Hour
}

var printedClock = regexp.MustCompile(`(?i)\b(\d{1,2})[:.h](\d{2})\s*([ap])?\.?m?`)

// atLocalTime gives a time stated in UTC the offset that the printed line shows, so that the written local day is
// kept. Where the line shows no clock, or one that fits no zone, the printed day is all that is known.
func atLocalTime(stated, printed corpus.Date, line string) corpus.Date {
	m := printedClock.FindStringSubmatch(line)
	if m == nil {
		return printed
	}
	hour, minute := number(m[1]), number(m[2])
	switch strings.ToLower(m[3]) {
	case "p":
		hour = hour%12 + 12
	case "a":
		hour %= 12
	}
	local := printed.Time.Truncate(24 * time.Hour).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	offset := local.Sub(stated.Time.UTC().Truncate(time.Minute))
	if offset%(15*time.Minute) != 0 || offset < -12*time.Hour || offset > 14*time.Hour {
		return printed
	}
	stated.Time = stated.Time.In(time.FixedZone("", int(offset.Seconds())))
	return stated
}

func (r *reader) firstDate(reads ...func() corpus.Date) corpus.Date {
	for _, read := range reads {
		if d := read(); !d.IsZero() {
			return d
		}
	}
	return corpus.Date{}
}

// stamp reads s and says where it was read; a time after the fetch is no date.
func (r *reader) stamp(s, source string) corpus.Date {
	d, ok := parseStamp(s)
	if !ok || r.future(d.Time) {
		return corpus.Date{}
	}
	d.Source = source
	return d
}

func (r *reader) future(t time.Time) bool {
	fetched := r.doc.page.Fetched
	return !fetched.IsZero() && t.After(fetched)
}

func (r *reader) ldDate(keys ...string) corpus.Date {
	for _, k := range keys {
		if d := r.stamp(text(r.doc.article[k]), "jsonld"); !d.IsZero() {
			return d
		}
	}
	for _, n := range r.doc.ld.nodes {
		page := false
		for _, t := range n.types() {
			page = page || t == "WebPage" || t == "ItemPage"
		}
		if page && (n.address() == "" || r.doc.here == "" || samePath(n.address(), r.doc.here)) {
			if d := r.stamp(text(n[keys[0]]), "jsonld"); !d.IsZero() {
				return d
			}
		}
	}
	return corpus.Date{}
}

func (r *reader) metaDate(names []string) corpus.Date {
	for _, name := range names {
		for _, v := range r.doc.meta[name] {
			if d := r.stamp(v, "meta"); !d.IsZero() {
				return d
			}
		}
	}
	return corpus.Date{}
}

func (r *reader) propDate(names ...string) corpus.Date {
	for _, name := range names {
		for _, n := range r.doc.props[name] {
			if r.foreign(n) {
				continue
			}
			if d := r.stamp(nodeDate(n), "microdata"); !d.IsZero() {
				return d
			}
		}
	}
	return corpus.Date{}
}

// nodeDate is the machine form of an element's date, else its text.
func nodeDate(n *html.Node) string {
	for _, a := range []string{"datetime", "content"} {
		if v := attr(n, a); v != "" {
			return v
		}
	}
	return squeeze(nodeText(n))
}

// Printed dates stand this many blocks around the headline.
const (
	dateBefore = 8
	dateAfter  = 16
)

// printedDate reads the day printed near the headline, and gives the line that it stands in.
func (r *reader) printedDate() (d corpus.Date, line string) {
	if r.head < 0 {
		return d, ""
	}
	for i := r.head + 1; i < min(len(r.layout.blocks), r.head+dateAfter); i++ {
		if d := r.blockDate(i); !d.IsZero() {
			return d, r.layout.blocks[i].text
		}
	}
	for i := r.head - 1; i >= max(0, r.head-dateBefore); i-- {
		if d := r.blockDate(i); !d.IsZero() {
			return d, r.layout.blocks[i].text
		}
	}
	return d, ""
}

// blockDate reads a short line that is or holds a date.
func (r *reader) blockDate(i int) corpus.Date {
	b := &r.layout.blocks[i]
	if b.words > 24 || b.words < 1 {
		return corpus.Date{}
	}
	near := &r.layout.elems[b.elem].near
	posted := postedLine.MatchString(b.text)
	if r.foreign(r.layout.elems[b.elem].node) && !(posted && near[cueComment] == farAway && i >= r.head-2 && i <= r.head+2) {
		return corpus.Date{}
	}
	if near[cueMeta] > 3 && near[cueAuthor] > 3 && b.words > 10 && !posted {
		return corpus.Date{}
	}
	s := b.text
	if loc := updatedWord.FindStringIndex(s); loc != nil {
		s = s[:loc[0]]
	}
	d, ok := r.parseLine(s)
	if !ok && hasYear(s) { // markup may glue the date to what stands beside it
		for _, part := range inlineParts(r.layout.elems[b.elem].node) {
			if d, ok = parseWritten(part); ok {
				break
			}
		}
	}
	if !ok || r.future(d.Time) {
		return corpus.Date{}
	}
	d.Source = "text"
	return d
}

// parseLine finds the first date in a line, in the order of figures that the page's language implies.
func (r *reader) parseLine(s string) (corpus.Date, bool) {
	if d, ok := parseWritten(s); ok || !hasYear(s) {
		return d, ok
	}
	tag := r.doc.lang
	if !strings.ContainsAny(tag, "-_") {
		tag = cmp.Or(r.doc.first("og:locale"), tag)
	}
	return parseSlashed(cutRunes(s, maxDateLine), orderIn(tag))
}

// anyTime reads a time element that belongs to the article.
func (r *reader) anyTime() corpus.Date {
	for i, n := range r.doc.times {
		if i > 20 {
			break
		}
		if r.foreign(n) || n.DataAtom != atom.Time || updatedWord.MatchString(attr(n, "class")+" "+nodeText(n)) {
			continue
		}
		if d := r.stamp(nodeDate(n), "time"); !d.IsZero() {
			return d
		}
	}
	return corpus.Date{}
}

// urlDate reads a full day out of the address; a month alone is no date.
func (r *reader) urlDate() corpus.Date {
	m := urlDay.FindStringSubmatch(strings.ToLower(r.doc.here))
	if m == nil {
		return corpus.Date{}
	}
	month := number(m[2] + m[4])
	if month == 0 {
		month = monthNumber(m[2])
	}
	d, ok := makeDay(m[1], month, m[3]+m[5])
	if !ok || r.future(d.Time) {
		return corpus.Date{}
	}
	d.Source = "url"
	return d
}
