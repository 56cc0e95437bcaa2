package fetch

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

const (
	// maxRobotsBytes is how much of a robots.txt is read; RFC 9309 asks for at least 500 KiB. What follows is ignored.
	maxRobotsBytes = 512 << 10
	// maxCrawlDelay bounds the pause that a robots.txt can ask for.
	maxCrawlDelay = 24 * time.Hour
	// maxSitemaps bounds the Sitemap lines that are kept.
	maxSitemaps = 1000
)

// robots is what one robots.txt says to us. The zero value allows everything.
type robots struct {
	rules    []robotsRule
	delay    time.Duration
	sitemaps []string
}

type robotsRule struct {
	allow bool
	// parts is the path pattern, in normal form, cut at its asterisks; anchored says that it ends in "$".
	parts    []string
	anchored bool
	length   int // of the pattern in octets: the longest one decides
	line     int // from 1
	text     string
}

// robotsGroup is the merger of all groups of a robots.txt that speak to one agent.
type robotsGroup struct {
	named bool
	rules []robotsRule
	delay time.Duration
}

// parseRobots reads the groups for the agent (a product token: "oped"), or those for "*" where none names it. It
// takes any input: a line that makes no sense is skipped.
func parseRobots(body []byte, agent string) *robots {
	if len(body) > maxRobotsBytes {
		body = body[:maxRobotsBytes]
		if end := bytes.LastIndexAny(body, "\r\n"); end >= 0 {
			body = body[:end] // half a rule is worse than none
		}
	}
	p := robotsParser{agent: strings.ToLower(agent)}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	for line := 1; len(body) > 0; line++ {
		var text []byte
		text, body = cutLine(body)
		p.line(line, string(text))
	}
	group := p.any
	if p.own.named {
		group = p.own
	}
	return &robots{rules: group.rules, delay: group.delay, sitemaps: p.sitemaps}
}

// cutLine cuts body after its first line end: LF, CR or both.
func cutLine(body []byte) (line, rest []byte) {
	end := bytes.IndexAny(body, "\r\n")
	if end < 0 {
		return body, nil
	}
	line, rest = body[:end], body[end+1:]
	if body[end] == '\r' && len(rest) > 0 && rest[0] == '\n' {
		rest = rest[1:]
	}
	return line, rest
}

type robotsParser struct {
	agent    string
	own, any robotsGroup
	sitemaps []string

	toOwn, toAny bool // the group being read speaks to us, or to everybody
	inRules      bool // a rule was read since the last User-agent line
}

func (p *robotsParser) line(number int, text string) {
	text, _, _ = strings.Cut(text, "#")
	key, value, ok := strings.Cut(text, ":")
	if !ok {
		return
	}
	value = strings.TrimSpace(value)
	switch key = strings.ToLower(strings.TrimSpace(key)); key {
	case "user-agent":
		p.userAgent(value)
	case "allow", "disallow":
		p.inRules = true
		if value != "" { // "Disallow:" without a path forbids nothing
			p.rule(newRobotsRule(key == "allow", value, number))
		}
	case "crawl-delay":
		p.crawlDelay(value)
	case "sitemap":
		if value != "" && len(value) <= maxURLBytes && len(p.sitemaps) < maxSitemaps {
			p.sitemaps = append(p.sitemaps, value)
		}
	}
}

func (p *robotsParser) userAgent(value string) {
	if p.inRules {
		p.inRules, p.toOwn, p.toAny = false, false, false
	}
	token := productToken(value)
	switch {
	case value == "*":
		p.toAny = true
	case token != "" && strings.EqualFold(token, p.agent):
		p.toOwn, p.own.named = true, true
	}
}

func (p *robotsParser) rule(r robotsRule) {
	if p.toOwn {
		p.own.rules = append(p.own.rules, r)
	}
	if p.toAny {
		p.any.rules = append(p.any.rules, r)
	}
}

// crawlDelay is no record of RFC 9309, so it neither starts nor ends the rules of a group.
func (p *robotsParser) crawlDelay(value string) {
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || !(seconds > 0) {
		return
	}
	delay := maxCrawlDelay
	if seconds < maxCrawlDelay.Seconds() {
		delay = time.Duration(seconds * float64(time.Second))
	}
	if p.toOwn {
		p.own.delay = max(p.own.delay, delay)
	}
	if p.toAny {
		p.any.delay = max(p.any.delay, delay)
	}
}

// productToken is the leading part of a User-agent value that names a crawler.
func productToken(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if end < 0 {
		return s
	}
	return s[:end]
}

func newRobotsRule(allow bool, path string, line int) robotsRule {
	verb := "Disallow: "
	if allow {
		verb = "Allow: "
	}
	r := robotsRule{allow: allow, line: line, text: verb + shorten(path)}
	if path[0] != '/' && path[0] != '*' {
		path = "/" + path
	}
	path, r.anchored = strings.CutSuffix(path, "$")
	path = normalPath(path, true)
	r.length = len(path)
	if r.anchored {
		r.length++
	}
	r.parts = strings.Split(path, "*")
	return r
}

// refuses returns the rule that forbids a path with its query, nil where it is allowed. The longest matching pattern
// decides, and Allow wins over an equally long Disallow.
func (r *robots) refuses(path string) *robotsRule {
	if path == "/robots.txt" {
		return nil
	}
	path = normalPath(path, false)
	var best *robotsRule
	for i := range r.rules {
		rule := &r.rules[i]
		longer := best == nil || rule.length > best.length || rule.length == best.length && rule.allow
		if longer && rule.matches(path) {
			best = rule
		}
	}
	if best == nil || best.allow {
		return nil
	}
	return best
}

// matches takes the leftmost place for every part, which is right as long as "*" is the only wildcard, and costs one
// pass over the path whatever the pattern.
func (r *robotsRule) matches(path string) bool {
	rest, ok := strings.CutPrefix(path, r.parts[0])
	if !ok {
		return false
	}
	for i, part := range r.parts[1:] {
		if r.anchored && i == len(r.parts)-2 {
			return strings.HasSuffix(rest, part)
		}
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return !r.anchored || rest == ""
}

// normalPath brings percent-encoding to one form (RFC 9309, 2.2.2): unreserved characters plain, everything else
// that is not ASCII encoded, hexadecimal digits in upper case. "*" and "$" are encoded too, but for the asterisks of
// a pattern, which are wildcards.
func normalPath(s string, pattern bool) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s))
	encode := func(c byte) { b.Write([]byte{'%', hex[c>>4], hex[c&15]}) }
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			decoded := unhex(s[i+1])<<4 | unhex(s[i+2])
			i += 2
			if isUnreserved(decoded) {
				b.WriteByte(decoded)
			} else {
				encode(decoded)
			}
		case c >= 0x80, c <= ' ', c == '$', c == '*' && !pattern:
			encode(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	default:
		return c - 'A' + 10
	}
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}
