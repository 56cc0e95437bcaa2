package ingest

import (
	"regexp"
	"slices"
	"strings"
)

// shortcode matches what WordPress replaces when it shows a post: [gallery ids="1,2"], [/caption], [embed].
var shortcode = regexp.MustCompile(`\[(/?)([a-z][a-z0-9_-]*)(\s[^\[\]<>]*|/)?\]`)

// shortcodeAttribute matches what begins with an attribute: ids="1,2".
var shortcodeAttribute = regexp.MustCompile(`^\s+[A-Za-z][\w-]*=`)

// mediaShortcodes stand for pictures, players and forms: what is between their brackets is no text of the article.
var mediaShortcodes = []string{
	"caption", "wp_caption", "gallery", "embed", "video", "audio", "playlist", "youtube", "vimeo", "iframe", "script", "tweet",
	"contact-form", "contact-form-7", "gravityform", "mc4wp_form", "newsletter", "raw", "poll", "instagram", "facebook",
}

// dropShortcodes takes shortcodes out of a post. A word in brackets is one only if nothing else can be meant: it has
// attributes or an end, or its name can be nothing else. "[sic]" and "[the minister]" stay.
func dropShortcodes(s string) string {
	if !strings.Contains(s, "[") {
		return s
	}
	found := shortcode.FindAllStringSubmatchIndex(s, -1)
	closed := make(map[string]int) // where each name is closed for the last time
	for _, m := range found {
		if m[3] > m[2] {
			closed[s[m[4]:m[5]]] = m[0]
		}
	}
	var b strings.Builder
	at := 0
	for i := 0; i < len(found); i++ {
		m := found[i]
		name, rest, end := s[m[4]:m[5]], "", m[3] > m[2]
		if m[6] >= 0 {
			rest = s[m[6]:m[7]]
		}
		ends := closed[name] > m[0]
		if m[0] < at || !end && !ends && !isShortcode(name, rest) {
			continue
		}
		b.WriteString(s[at:m[0]])
		at = m[1]
		if !end && ends && slices.Contains(mediaShortcodes, name) {
			i = endOf(s, found, i)
			at = found[i][1]
		}
	}
	return b.String() + s[at:]
}

// isShortcode reports whether a bracket without an end is a shortcode.
func isShortcode(name, rest string) bool {
	return shortcodeAttribute.MatchString(rest) || strings.HasSuffix(rest, "/") || strings.Contains(name, "_") ||
		name == "gallery" || name == "playlist"
}

// endOf is the first of the matches after i that closes the same name; there is one.
func endOf(s string, found [][]int, i int) int {
	name := s[found[i][4]:found[i][5]]
	for k := i + 1; k < len(found); k++ {
		if found[k][3] > found[k][2] && s[found[k][4]:found[k][5]] == name {
			return k
		}
	}
	return i
}
