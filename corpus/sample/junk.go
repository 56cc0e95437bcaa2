package sample

import (
	"net/http"
	"slices"
	"time"
)

// Junk is a page that stands where an article might and is none.
type Junk struct {
	Paper string // Paper.Slug
	Path  string
	// Kind is "cookie-wall", "access-denied", "login", "empty" or "disallowed". The page of the last kind looks like an
	// article, but robots.txt forbids to fetch it.
	Kind string
	// Status is the HTTP status that it is served with.
	Status int
}

// JunkPages lists the pages of all papers that must never be taken for articles. Home pages link to them. The
// result is the caller's own.
func JunkPages() []Junk { return slices.Clone(junk) }

var junk = []Junk{
	{"harbour-gazette", "/2019/11/05/your-privacy-choices/", "cookie-wall", http.StatusOK},
	{"harbour-gazette", "/wp-admin/post-preview/", "disallowed", http.StatusOK},
	{"meridian-review", "/politics/the-essay-you-cannot-see", "cookie-wall", http.StatusOK},
	{"northern-ledger", "/comment/2021/feb/30/access-denied", "access-denied", http.StatusOK},
	{"northern-ledger", "/drafts/2026/embargoed-column", "disallowed", http.StatusOK},
	{"old-post", "/archive/2004/01/01/lost.htm", "empty", http.StatusOK},
	{"old-post", "/archive/2012/06/02/members.htm", "login", http.StatusOK},
	{"capital-standard", "/opinion/members-briefing-100001", "login", http.StatusOK},
	{"capital-standard", "/opinion/access-denied-100002", "access-denied", http.StatusForbidden},
	{"le-courrier-du-rivage", "/tribunes/article/2022/03/03/acceptez-nos-cookies_100003.html", "cookie-wall", http.StatusOK},
	{"vestnik-proliva", "/mnenia/20150101/dostup-zapreschen.html", "access-denied", http.StatusOK},
}

// junkChanged is when all junk pages last changed.
var junkChanged = time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)

func (s *site) addJunk(j Junk) {
	p := s.html(j.Kind, junkChanged, func(v *view) { v.Title, v.Kind = s.paper.Name, "junk" })
	p.status = j.Status
	s.pages[j.Path] = p
}

// Junk are the addresses of the paper's junk pages, for the templates to link to.
func (v *view) Junk() []string {
	var paths []string
	for _, j := range junk {
		if j.Paper == v.Paper.Slug {
			paths = append(paths, j.Path)
		}
	}
	return paths
}
