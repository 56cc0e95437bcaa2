package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// wxr offers every published post of a WordPress export, and skips what else it holds: pages, pictures, drafts. A post
// is kept as a JSON object whose names are those of the export, with what the export says elsewhere of its site and
// its authors.
func (j *job) wxr(r io.Reader, name string) error {
	in, err := decodeData(bufio.NewReaderSize(r, sniffBytes), j.cfg.Encoding)
	if err != nil {
		return &SourceError{Name: name, Err: err}
	}
	elements := &elementReader{in: in, wanted: []string{"item", "wp:author", "title", "language", "link"}}
	x := export{site: make(map[string]string), names: make(map[string]string)}
	for {
		e, err := elements.next()
		origin := fmt.Sprintf("%s:%d", name, elements.start)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return j.sourceError(origin, err)
		}
		if e.name != "item" {
			x.learn(e)
		} else if err := j.exported(&x, e, origin); err != nil {
			return err
		}
	}
}

// exported offers, skips or refuses one item of an export.
func (j *job) exported(x *export, e element, origin string) error {
	if e.problem != "" {
		return j.refuseAt(origin, e.problem, "")
	}
	_, nodes, err := parseElement(e.text)
	if err != nil {
		return j.refuseAt(origin, "not well-formed XML", "not well-formed XML: "+err.Error())
	}
	post := x.post(nodes)
	kind, status, password := oneLine(post["wp:post_type"]), oneLine(post["wp:status"]), oneLine(post["wp:post_password"])
	if reason := notPost(kind, status, password != ""); reason != "" {
		return j.skip(reason)
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false) // it would make the text of a post half as long again
	if err := w.Encode(post); err != nil {
		return j.refuseAt(origin, "cannot be kept", err.Error())
	}
	p := j.dataPage(origin, b.Bytes())
	setSource(p, sourceWXR)
	return j.offer(p, Data)
}

// Kinds and states of what WordPress keeps. Others are named by plugins.
var (
	otherKinds  = []string{"attachment", "page", "nav_menu_item", "revision", "custom_css", "customize_changeset", "wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_family"}
	otherStates = []string{"draft", "pending", "private", "future", "trash", "auto-draft", "inherit"}
)

// notPost says why something that WordPress gives is no article, or "". What is not told is taken for the usual.
func notPost(kind, status string, password bool) string {
	switch {
	case slices.Contains(otherKinds, kind):
		return "WordPress " + kind
	case kind != "post" && kind != "":
		return "WordPress item of another type"
	case slices.Contains(otherStates, status):
		return "WordPress post: " + status
	case status != "publish" && status != "":
		return "WordPress post in another state"
	case password:
		return "WordPress post with a password"
	}
	return ""
}

// export is what a WordPress export tells before its items.
type export struct {
	site  map[string]string // "title", "language", "link"
	names map[string]string // display names by login
}

// maxUsers bounds the users that are remembered.
const maxUsers = 100_000

// learn reads an element that stands outside items. Of the site's own the first counts: that of its picture follows.
func (x *export) learn(e element) {
	if e.problem != "" || len(e.text) > sniffBytes {
		return
	}
	text, nodes, err := parseElement(e.text)
	if err != nil {
		return
	}
	if e.name != "wp:author" {
		if _, known := x.site[e.name]; !known {
			x.site[e.name] = text
		}
		return
	}
	parts := make(map[string]string)
	for _, n := range nodes {
		parts[n.name] = n.text
	}
	login, name := parts["wp:author_login"], displayName(parts)
	if login != "" && len(login)+len(name) < 4*maxNameBytes && len(x.names) < maxUsers {
		x.names[login] = name
	}
}

// displayName is the name of a user as it is printed; where that is one word, such as a login, the full name if known.
func displayName(parts map[string]string) string {
	shown := parts["wp:author_display_name"]
	first, last := parts["wp:author_first_name"], parts["wp:author_last_name"]
	if !strings.Contains(shown, " ") && first != "" && last != "" {
		return first + " " + last
	}
	return shown
}

// keptNodes are the elements of an item that tell of the article. The rest are comments, which are other people's, and
// what plugins noted for themselves.
var keptNodes = []string{
	"title", "link", "pubDate", "dc:creator", "description", "content:encoded", "excerpt:encoded", "wp:post_id", "wp:post_date",
	"wp:post_date_gmt", "wp:post_modified", "wp:post_modified_gmt", "wp:post_name", "wp:post_type", "wp:status", "wp:post_password",
}

// post makes a JSON object of an item.
func (x *export) post(nodes []node) map[string]any {
	post := map[string]any{"site": x.site}
	var categories []any
	var bylines []string
	meta := make(map[string]string)
	for _, n := range nodes {
		switch {
		case n.name == "category" && n.attr["domain"] == "author": // of the plugin for several authors
			bylines = append(bylines, x.nameOf(n.text, strings.TrimPrefix(n.attr["nicename"], "cap-")))
		case n.name == "category":
			categories = append(categories, map[string]any{"domain": n.attr["domain"], "name": n.text})
		case n.name == "wp:postmeta":
			if key := n.inner["wp:meta_key"]; key != "" && !strings.HasPrefix(key, "_") {
				meta[key] = n.inner["wp:meta_value"]
			}
		case slices.Contains(keptNodes, n.name):
			if _, twice := post[n.name]; !twice {
				post[n.name] = n.text
			}
		}
	}
	if creator, _ := post["dc:creator"].(string); len(bylines) == 0 {
		bylines = []string{x.nameOf(creator)}
	}
	post["bylines"], post["categories"], post["meta"] = slices.DeleteFunc(bylines, func(s string) bool { return s == "" }), categories, meta
	return post
}

// nameOf is the name of the user with one of the logins. One that the export does not know is a name if it looks like
// one: old exports and guests have no login.
func (x *export) nameOf(logins ...string) string {
	for _, login := range logins {
		if name := x.names[login]; name != "" {
			return name
		}
	}
	for _, login := range logins {
		if strings.Contains(login, " ") {
			return login
		}
	}
	return ""
}
