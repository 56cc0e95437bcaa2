package fetch

import (
	"strings"
	"testing"
	"time"
)

func TestRobotsRules(t *testing.T) {
	for _, tt := range []struct {
		name, file, path string
		rule             string // that refuses, "" where the path is allowed
		line             int
	}{
		{name: "empty file", path: "/x"},
		{name: "refused", file: "User-agent: *\nDisallow: /private/\n", path: "/private/x", rule: "Disallow: /private/", line: 2},
		{name: "other path", file: "User-agent: *\nDisallow: /private/\n", path: "/privat"},
		{name: "longest wins: allow", file: "User-agent: *\nAllow: /a/b\nDisallow: /a\n", path: "/a/b/c"},
		{name: "longest wins: disallow", file: "User-agent: *\nDisallow: /a/b\nAllow: /a\n", path: "/a/b/c", rule: "Disallow: /a/b", line: 2},
		{name: "longest is counted in octets of the pattern", file: "User-agent: *\nAllow: /page\nDisallow: /*.htm\n", path: "/page.htm", rule: "Disallow: /*.htm", line: 3},
		{name: "special characters are not counted twice", file: "User-agent: *\nDisallow: /a.b.c.\nAllow: /a.b.c.d\n", path: "/a.b.c.d"},
		{name: "equal length: allow wins", file: "User-agent: *\nDisallow: /page\nAllow: /page\n", path: "/page"},
		{name: "empty disallow allows all", file: "User-agent: *\nDisallow:\n", path: "/x"},
		{name: "our group goes before the star", file: "User-agent: *\nDisallow: /\nUser-agent: oped\nDisallow: /no\n", path: "/yes"},
		{name: "our empty group too", file: "User-agent: *\nDisallow: /\n\nUser-agent: OPED\n", path: "/yes"},
		{name: "group with version", file: "User-agent: Oped/2.0\nDisallow: /\n", path: "/x", rule: "Disallow: /", line: 2},
		{name: "a name that only begins alike", file: "User-agent: op\nDisallow: /\n", path: "/x"},
		{name: "a longer name", file: "User-agent: oped-images\nDisallow: /\n", path: "/x"},
		{name: "groups of one name are merged", file: "User-agent: oped\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: oped\nDisallow: /c\n", path: "/c", rule: "Disallow: /c", line: 6},
		{name: "several names share rules", file: "User-agent: x\nUser-agent: oped\n\nDisallow: /a\n", path: "/a", rule: "Disallow: /a", line: 4},
		{name: "a sitemap line ends no group", file: "User-agent: oped\nSitemap: https://a.example/s\nDisallow: /a\n", path: "/a", rule: "Disallow: /a", line: 3},
		{name: "a delay between names ends no group", file: "User-agent: oped\nCrawl-delay: 1\nUser-agent: x\nDisallow: /a\n", path: "/a", rule: "Disallow: /a", line: 4},
		{name: "rules before any group are nobody's", file: "Disallow: /\nUser-agent: x\nDisallow: /\n", path: "/a"},
		{name: "wildcard", file: "User-agent: *\nDisallow: /*/print\n", path: "/a/b/print/c", rule: "Disallow: /*/print", line: 2},
		{name: "end anchor", file: "User-agent: *\nDisallow: /*.pdf$\n", path: "/a.pdf", rule: "Disallow: /*.pdf$", line: 2},
		{name: "end anchor with a query after it", file: "User-agent: *\nDisallow: /*.pdf$\n", path: "/a.pdf?x=1"},
		{name: "end anchor sees the last place", file: "User-agent: *\nDisallow: /*a$\n", path: "/aba", rule: "Disallow: /*a$", line: 2},
		{name: "only the home page", file: "User-agent: *\nDisallow: /$\n", path: "/x"},
		{name: "query is matched", file: "User-agent: *\nDisallow: /*?print=\n", path: "/a?print=1", rule: "Disallow: /*?print=", line: 2},
		{name: "percent-encoding is one form", file: "User-agent: *\nDisallow: /ca%66%C3%a9\n", path: "/caf%c3%A9", rule: "Disallow: /ca%66%C3%a9", line: 2},
		{name: "plain UTF-8 in the rule", file: "User-agent: *\nDisallow: /café\n", path: "/caf%C3%A9/x", rule: "Disallow: /café", line: 2},
		{name: "an encoded slash is no slash", file: "User-agent: *\nDisallow: /a/b\n", path: "/a%2Fb"},
		{name: "an asterisk in the path", file: "User-agent: *\nDisallow: /a%2A\n", path: "/a*", rule: "Disallow: /a%2A", line: 2},
		{name: "case counts in paths", file: "User-agent: *\nDisallow: /Private\n", path: "/private"},
		{name: "case does not in keys", file: "USER-AGENT: *\ndisallow: /a\n", path: "/a", rule: "Disallow: /a", line: 2},
		{name: "byte order mark, CR line ends, comments", file: "\xef\xbb\xbfUser-agent: * # all\r\r\nDisallow: /a # not this\r", path: "/a", rule: "Disallow: /a", line: 3},
		{name: "a missing slash is added", file: "User-agent: *\nDisallow: a\n", path: "/a", rule: "Disallow: a", line: 2},
		{name: "robots.txt itself", file: "User-agent: *\nDisallow: /\n", path: "/robots.txt"},
		{name: "nonsense lines are skipped", file: "<html>\nUser-agent: *\n:::\n\x00\nDisallow: /a\n", path: "/a", rule: "Disallow: /a", line: 5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rule, line := "", 0
			if r := parseRobots([]byte(tt.file), "oped").refuses(tt.path); r != nil {
				rule, line = r.text, r.line
			}
			if rule != tt.rule || line != tt.line {
				t.Errorf("refuses(%q) = %q on line %d, want %q on line %d", tt.path, rule, line, tt.rule, tt.line)
			}
		})
	}
}

func TestRobotsIsReadToItsLimit(t *testing.T) {
	fill := strings.Repeat("# filling\n", 51_000) // just short of 500 KiB
	file := "User-agent: *\n" + fill + "Disallow: /a\n" + strings.Repeat("# more\n", 10_000) + "Disallow: /b\n"
	r := parseRobots([]byte(file), "oped")
	if r.refuses("/a") == nil {
		t.Error("a rule within 500 KiB was not read")
	}
	if r.refuses("/b") != nil {
		t.Error("a rule past the limit was read")
	}
}

func TestRobotsDelayAndSitemaps(t *testing.T) {
	r := parseRobots([]byte("User-agent: *\nCrawl-delay: 2.5\nDisallow: /x\nSitemap: https://a.example/s1\n\nUser-agent: other\nCrawl-delay: 9\nsitemap: /s2\n"), "oped")
	if r.delay != 2500*time.Millisecond {
		t.Errorf("delay = %s, want 2.5s", r.delay)
	}
	if got := strings.Join(r.sitemaps, " "); got != "https://a.example/s1 /s2" {
		t.Errorf("sitemaps = %q", got)
	}
	for _, value := range []string{"-1", "NaN", "x", "0"} {
		if r := parseRobots([]byte("User-agent: *\nCrawl-delay: "+value), "oped"); r.delay != 0 {
			t.Errorf("Crawl-delay %s = %s, want 0", value, r.delay)
		}
	}
	if r := parseRobots([]byte("User-agent: *\nCrawl-delay: 1e300"), "oped"); r.delay != maxCrawlDelay {
		t.Errorf("a huge Crawl-delay = %s, want %s", r.delay, maxCrawlDelay)
	}
}

// FuzzRobots holds that any file is read, and that a refusal names a line of the file that says so.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /\n", "/aab")
	f.Add("user-agent:oped\rdisallow:%2a", "/*")
	f.Fuzz(func(t *testing.T, file, path string) {
		rule := parseRobots([]byte(file), "oped").refuses("/" + path)
		if rule == nil {
			return
		}
		if rule.allow || rule.line < 1 || !strings.HasPrefix(rule.text, "Disallow: ") {
			t.Errorf("refused by %+v", rule)
		}
	})
}
