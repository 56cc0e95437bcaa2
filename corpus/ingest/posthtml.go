package ingest

import (
	"bytes"
	"regexp"
	"strings"

	markup "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cleanPost makes of a post's content HTML that holds the article alone: without shortcodes, comments of the block
// editor, addresses of players on lines of their own, and what common plugins put around. Where raw says that it is
// as the writer typed it, an empty line parts paragraphs, and so does a line break where there are no tags for them.
func cleanPost(content string, raw bool) string {
	content = dropShortcodes(content)
	c := postCleaner{empty: raw && !strings.Contains(content, "<!-- wp:")}
	c.single = c.empty && !paragraphTag.MatchString(content)
	if out, whole := c.clean(content); whole {
		return out
	}
	c.all = true // a box that does not end would take the article with it
	out, _ := c.clean(content)
	return out
}

var (
	paragraphTag = regexp.MustCompile(`(?i)<(?:p|div|br)[\s/>]`)
	emptyLines   = regexp.MustCompile(`\r?\n[ \t]*\r?\n\s*`)
	addressLine  = regexp.MustCompile(`(?m)^[ \t]*https?://\S+[ \t]*\r?$`)
)

// postCleaner copies the tokens that are to stay.
type postCleaner struct {
	tokens        *markup.Tokenizer
	out           strings.Builder
	empty, single bool // empty lines, line breaks part paragraphs
	pre           int  // within so many <pre>
	all           bool // nothing is dropped
	dropped       atom.Atom
	depth         int // elements of the name dropped that are open
}

// clean copies what is to stay. whole says that every box that was dropped had an end.
func (c postCleaner) clean(content string) (out string, whole bool) {
	c.tokens = markup.NewTokenizer(strings.NewReader(content))
	for c.next() {
	}
	return c.out.String(), c.dropped == 0
}

// next copies or drops one token, and reports whether there was one.
func (c *postCleaner) next() bool {
	switch kind := c.tokens.Next(); kind {
	case markup.ErrorToken: // the end: a string gives no other error
		return false
	case markup.TextToken:
		if c.dropped == 0 {
			c.text(string(c.tokens.Raw()))
		}
	case markup.StartTagToken, markup.EndTagToken, markup.SelfClosingTagToken:
		c.tag(kind)
	}
	return true
}

// text copies text. What looks like a tag is escaped by now, so that nothing new can come of it.
func (c *postCleaner) text(s string) {
	if c.pre > 0 {
		c.out.WriteString(s)
		return
	}
	s = addressLine.ReplaceAllString(s, "")
	if c.empty {
		s = emptyLines.ReplaceAllString(s, "<p>")
	}
	if c.single {
		s = strings.ReplaceAll(s, "\n", "<br>")
	}
	c.out.WriteString(s)
}

func (c *postCleaner) tag(kind markup.TokenType) {
	raw := bytes.Clone(c.tokens.Raw()) // reading attributes changes it
	name, more := c.tokens.TagName()
	tag := atom.Lookup(name)
	switch {
	case c.dropped != 0:
		if tag == c.dropped && kind == markup.StartTagToken {
			c.depth++
		} else if tag == c.dropped && kind == markup.EndTagToken {
			c.depth--
		}
		if c.depth == 0 {
			c.dropped = 0
		}
		return
	case kind == markup.StartTagToken && !c.all && more && droppable(tag) && c.aside():
		c.dropped, c.depth = tag, 1
		return
	case tag == atom.Pre && kind == markup.StartTagToken:
		c.pre++
	case tag == atom.Pre && kind == markup.EndTagToken:
		c.pre = max(0, c.pre-1)
	}
	c.out.Write(raw)
}

// droppable reports whether an element can hold a whole box and is always closed.
func droppable(tag atom.Atom) bool {
	switch tag {
	case atom.Div, atom.Aside, atom.Section, atom.Nav, atom.Figure, atom.Ul, atom.Form, atom.Footer:
		return true
	}
	return false
}

// asides are classes of boxes that are no text of the article: sharing, related posts, buttons, players, tables of
// contents, forms and advertisements, as the commonest plugins name them.
var asides = regexp.MustCompile(`(?i)(?:^|\s)(?:sharedaddy|sd-sharing\S*|jp-relatedposts|yarpp\S*|addtoany\S*|a2a_kit|wp-block-(?:buttons?|pullquote|embed|file|search|latest-posts|social-links|newsletterglue\S*)|wp-caption|wp-video|wp-audio\S*|ez-toc\S*|lwptoc|code-block|ai_widget|mc4wp-form|wpcf7|jetpack_subscription_widget|wp-block-jetpack-(?:subscriptions|contact-form|mailchimp)|simple-social-icons|heateor\S*|essb_\S*|crp_related|rp4wp-related-posts|post-views|saboxplugin-wrap|pp-multiple-authors\S*|abh_box\S*|author-box|related-?posts|adsbygoogle|advertisement)(?:\s|$)`)

// aside reports whether the element whose tag was read is such a box.
func (c *postCleaner) aside() bool {
	for more := true; more; {
		var key, value []byte
		key, value, more = c.tokens.TagAttr()
		if string(key) == "class" {
			return asides.Match(value)
		}
	}
	return false
}
