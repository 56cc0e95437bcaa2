package extract

import (
	"encoding/json"
	"strings"
)

// Bounds on JSON-LD: real pages have a handful of scripts with some hundred objects.
const (
	maxLDNodes = 5000
	maxLDDepth = 24
)

// ldNode is one object of a page's JSON-LD.
type ldNode map[string]any

// ldGraph is all JSON-LD of a page, flattened: every object that has a type, in page order.
type ldGraph struct {
	nodes []ldNode
	byID  map[string]ldNode
}

// add reads one script. Scripts that no repair makes readable are passed over: JSON-LD is a bonus.
func (g *ldGraph) add(script string) {
	script = strings.TrimSpace(script)
	for _, wrap := range []string{"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"} {
		script = strings.TrimPrefix(script, wrap)
	}
	var v any
	if json.Unmarshal([]byte(script), &v) != nil {
		d := json.NewDecoder(strings.NewReader(repairJSON(script)))
		if d.Decode(&v) != nil { // a Decoder forgives what follows the first value
			return
		}
	}
	g.flatten(v, 0)
}

func (g *ldGraph) flatten(v any, depth int) {
	if depth > maxLDDepth || len(g.nodes) >= maxLDNodes {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			g.flatten(e, depth+1)
		}
	case map[string]any:
		g.keep(v)
		for _, k := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "author", "publisher", "isPartOf", "hasPart", "review", "video"} {
			if sub, ok := v[k]; ok {
				g.flatten(sub, depth+1)
			}
		}
	}
}

func (g *ldGraph) keep(n ldNode) {
	if _, ok := n["@type"]; ok {
		g.nodes = append(g.nodes, n)
	}
	id := text(n["@id"])
	if id == "" {
		return
	}
	if g.byID == nil {
		g.byID = map[string]ldNode{}
	}
	// A node that only refers ({"@id": ...}) must not hide the one that says something.
	if old, ok := g.byID[id]; !ok || len(n) > len(old) {
		g.byID[id] = n
	}
}

// resolve follows a bare reference to the node it names.
func (g *ldGraph) resolve(n ldNode) ldNode {
	if text(n["name"]) == "" {
		if full, ok := g.byID[text(n["@id"])]; ok {
			return full
		}
	}
	return n
}

// article is the node that describes the page's own article, or nil. Of several the one that names the page's address
// wins, then the one that says most.
func (g *ldGraph) article(here string) ldNode {
	var best ldNode
	bestScore := 0
	for _, n := range g.nodes {
		if !n.isArticle() {
			continue
		}
		score := 1
		for _, k := range []string{"headline", "name", "datePublished", "author", "articleBody"} {
			if n[k] != nil {
				score++
			}
		}
		if here != "" && (samePath(n.address(), here)) {
			score += 10
		}
		if score > bestScore {
			best, bestScore = n, score
		}
	}
	return best
}

// address is the URL that a node gives for itself.
func (n ldNode) address() string {
	for _, k := range []string{"url", "mainEntityOfPage", "@id"} {
		switch v := n[k].(type) {
		case string:
			if strings.Contains(v, "/") {
				return v
			}
		case map[string]any:
			if id := text(v["@id"]); id != "" {
				return id
			}
		}
	}
	return ""
}

// types are the local names of the node's types.
func (n ldNode) types() []string {
	var out []string
	for _, t := range list(n["@type"]) {
		if s, ok := t.(string); ok {
			out = append(out, s[strings.LastIndexAny(s, "/#:")+1:])
		}
	}
	return out
}

func (n ldNode) isArticle() bool {
	for _, t := range n.types() {
		switch t {
		case "BlogPosting", "SocialMediaPosting", "LiveBlogPosting", "Report", "Review", "CriticReview", "AnalysisNewsArticle",
			"ScholarlyArticle", "TechArticle", "Recipe", "HowTo":
			return true
		}
		if strings.HasSuffix(t, "Article") {
			return true
		}
	}
	return false
}

// text is v as one line: a string, or the first string of a list or of an object's name, value or @id.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return plain(v)
	case []any:
		for _, e := range v {
			if s := text(e); s != "" {
				return s
			}
		}
	case map[string]any:
		for _, k := range []string{"@value", "name", "@id"} {
			if s, ok := v[k].(string); ok {
				return plain(s)
			}
		}
	}
	return ""
}

// list is v as a list: nil stays empty, a single value is a list of one.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// repairJSON mends what publishers' templates break most: raw line breaks in strings, commas before a closing
// bracket, invalid escapes, a semicolon or comment after the end.
func repairJSON(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	inString := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case inString && c == '\\' && i+1 < len(s):
			if strings.IndexByte(`"\/bfnrtu`, s[i+1]) < 0 {
				continue // "\'" and the like: the backslash goes
			}
			b.WriteByte(c)
			i++
			c = s[i]
		case c == '"':
			inString = !inString
		case inString && c < ' ':
			c = ' '
		case !inString && c == ',' && closesNext(s[i+1:]):
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// closesNext reports whether the next visible byte closes an object or list.
func closesNext(s string) bool {
	s = strings.TrimLeft(s, " \t\r\n")
	return s == "" || s[0] == '}' || s[0] == ']'
}
