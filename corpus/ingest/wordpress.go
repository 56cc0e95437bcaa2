package ingest

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"oped/corpus"
)

// sourceHeader says of a page of data whose words its names are, where they are not those of common use.
const sourceHeader = "Oped-Source"

// The values of sourceHeader.
const (
	sourceWXR   = "wxr"       // an item of a WordPress export, as export.post writes it
	sourcePosts = "wordpress" // a post of the WordPress REST API, as it came
)

func setSource(p *corpus.Page, source string) {
	if p.Header == nil {
		p.Header = make(http.Header)
	}
	p.Header.Set(sourceHeader, source)
}

// wordPressPost is a post with its parts by their own names, whatever they were called.
type wordPressPost struct {
	title, link, site, language string
	content, excerpt            string
	raw                         bool // content is as the writer typed it, not as it is shown
	bylines                     []string
	categories, tags            []string
	published, modified         string
}

// plainRecord gives the fields of a record their usual names, so that it is read like any other. The names that it has
// stay, for a FieldMap.
func plainRecord(source string, record map[string]any) map[string]any {
	switch source {
	case sourceWXR:
		return exportedPost(record).lay(record)
	case sourcePosts:
		if _, title := record["title"].(map[string]any); !title && record["content"] == nil {
			return record // an error message, perhaps
		}
		return answeredPost(record).lay(record)
	}
	return record
}

// lay puts the usual names over the others; a name is set even where there is nothing under it, so that no other thing
// of that name is taken for it.
func (w wordPressPost) lay(record map[string]any) map[string]any {
	section, kind := sectionOf(w.categories)
	body := cleanPost(w.content, w.raw)
	bylines := slices.DeleteFunc(slices.Clone(w.bylines), func(name string) bool { return noPerson(name, w.site) })
	for name, value := range map[string]any{
		"url": w.link, "publication": w.site, "headline": w.title, "kicker": nil, "standfirst": standfirstOf(w.excerpt, body),
		"authors": anyList(bylines), "authornote": nil, "published": w.published, "modified": w.modified, "section": section,
		"tags": anyList(w.tags), "type": kind, "language": w.language, "body": body,
	} {
		record[name] = value
	}
	return record
}

// exportedPost reads an item of an export.
func exportedPost(r map[string]any) wordPressPost {
	w := wordPressPost{
		title: textAt(r, "title"), link: textAt(r, "link"), site: textAt(r, "site", "title"), language: textAt(r, "site", "language"),
		content: textAt(r, "content:encoded"), excerpt: textAt(r, "excerpt:encoded"), raw: true, bylines: texts(r["bylines"]),
		published: dateWithZone(textAt(r, "wp:post_date"), textAt(r, "wp:post_date_gmt")),
		modified:  dateWithZone(textAt(r, "wp:post_modified"), textAt(r, "wp:post_modified_gmt")),
	}
	if w.published == "" {
		w.published = textAt(r, "pubDate")
	}
	if w.modified == w.published {
		w.modified = ""
	}
	list, _ := r["categories"].([]any)
	for _, c := range list {
		w.term(textAt(c, "domain"), textAt(c, "name"))
	}
	return w
}

// answeredPost reads a post of the REST API.
func answeredPost(r map[string]any) wordPressPost {
	w := wordPressPost{
		title: textAt(r, "title", "rendered"), link: textAt(r, "link"), site: textAt(r, "yoast_head_json", "og_site_name"),
		language: textAt(r, "lang"), content: textAt(r, "content", "rendered"), excerpt: textAt(r, "excerpt", "rendered"),
		published: dateWithZone(textAt(r, "date"), textAt(r, "date_gmt")),
		modified:  dateWithZone(textAt(r, "modified"), textAt(r, "modified_gmt")),
	}
	if w.modified == w.published {
		w.modified = ""
	}
	embedded, _ := r["_embedded"].(map[string]any)
	users, _ := embedded["author"].([]any)
	for _, user := range users {
		w.bylines = append(w.bylines, textAt(user, "name"))
	}
	taxonomies, _ := embedded["wp:term"].([]any)
	for _, taxonomy := range taxonomies {
		terms, _ := taxonomy.([]any)
		for _, term := range terms {
			w.term(textAt(term, "taxonomy"), textAt(term, "name"))
		}
	}
	if len(users) == 0 {
		w.bylines = []string{textAt(r, "yoast_head_json", "author")}
	}
	return w
}

// maxTerms bounds the categories and tags of one post.
const maxTerms = 200

// term adds a category or a tag.
func (w *wordPressPost) term(taxonomy, name string) {
	switch {
	case name == "":
	case taxonomy == "category" && len(w.categories) < maxTerms:
		w.categories = append(w.categories, name)
	case (taxonomy == "post_tag" || taxonomy == "tag") && len(w.tags) < maxTerms:
		w.tags = append(w.tags, name)
	}
}

// sectionOf chooses one of several categories: that which names a kind of journalism, which is also the type; else the
// first that says anything.
func sectionOf(categories []string) (section, typ string) {
	for _, name := range categories {
		name = oneLine(name)
		for _, singular := range []string{name, strings.TrimSuffix(name, "s")} {
			if t, _ := kind(singular); t != "" {
				return name, singular
			}
		}
		if section == "" && plainName(name) != "uncategorized" && plainName(name) != "uncategorised" {
			section = name
		}
	}
	return section, ""
}

// noPerson reports whether the name of a user is that of a role or of the site.
func noPerson(name, site string) bool {
	name, site = oneLine(name), oneLine(site)
	switch plainName(name) {
	case "", "admin", "administrator", "editor", "editors", "webmaster", "wordpress", "root", "user", "guest", "author", "staff", plainName(site):
		return true
	}
	return strings.Contains(name, "@")
}

// standfirstOf is the excerpt that somebody wrote. Where nobody did, WordPress gives the first words of the text.
func standfirstOf(excerpt, body string) string {
	text := oneLine(excerpt)
	for _, end := range []string{"[…]", "[...]", "…", "..."} {
		if strings.HasSuffix(text, end) {
			return ""
		}
	}
	const enough = 200
	start, of := plainName(cut(text, enough)), plainName(cut(oneLine(cut(body, 8<<10)), 2*enough))
	if strings.Contains(excerpt, "more-link") || strings.HasPrefix(of, start) {
		return ""
	}
	return text
}

// dateWithZone joins the two dates that WordPress tells, that of the site's clock and that of Greenwich, into one that
// has both.
func dateWithZone(local, gmt string) string {
	here, errHere := clock(local)
	there, errThere := clock(gmt)
	offset := here.Sub(there)
	switch {
	case errThere != nil && errHere != nil:
		return ""
	case errThere != nil:
		return local
	case errHere != nil || offset.Abs() > 15*time.Hour || offset%(15*time.Minute) != 0:
		return there.Format(time.RFC3339)
	}
	return there.In(time.FixedZone("", int(offset/time.Second))).Format(time.RFC3339)
}

// clock reads a date as WordPress writes it. "0000-00-00 00:00:00" is none.
func clock(s string) (time.Time, error) {
	return time.Parse("2006-01-02 15:04:05", strings.Replace(strings.TrimSuffix(s, "Z"), "T", " ", 1))
}

// textAt is the string at a path through nested objects, or "".
func textAt(v any, path ...string) string {
	for _, name := range path {
		object, _ := v.(map[string]any)
		v = object[name]
	}
	s, _ := v.(string)
	return s
}

// anyList is a list as decoded JSON has it.
func anyList(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}
