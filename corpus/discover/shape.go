package discover

import (
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// What an address looks like decides only which links of a home page are followed; what stands there is judged by
// the extractor.

// notArticles are path segments under which no article stands.
var notArticles = set(`about account accounts admin advertise advertising ads app apps
	author authors autor autores auteur avatar board calendar careers cart category categories cdn-cgi checkout classifieds
	comments contact contacts contributor contributors contact-us cookie-policy cookies crossword crosswords donate
	event events faq feed feeds forum forums gallery games help horoscope impressum jobs login logout my-account
	newsletter newsletters obituaries page pages people photo photos podcast podcasts privacy privacy-policy profile
	profiles puzzles register rss search shop sign-in signin signup sitemap sitemaps static store subscribe
	subscription subscriptions tag tags team terms terms-of-service topic topics user users video videos weather
	wp-admin wp-content wp-includes wp-json wp-login.php`)

// sections are the names that papers give their pages of opinion.
var sections = set(`opinion opinions op-ed op-eds oped opeds commentary commentaries comment column columns columnist
	columnists editorial editorials letters letters-to-the-editor views viewpoint viewpoints perspective perspectives
	ideas voices debate debates commentisfree guest-essays guest-columns
	tribune tribunes debats idees chroniques editos courrier-des-lecteurs meinung meinungen kommentar kommentare leserbriefe debatte
	opinioni commenti editoriali lettere opinie columnas editoriales cartas tribunas opiniao colunas editorial-board
	мнение мнения колонки opinii komentarze`)

// documents are file name endings of pages; assets, of anything else.
var (
	documents = set(".html .htm .shtml .xhtml .php .asp .aspx .jsp .cfm .ece .story .article")
	assets    = set(`.jpg .jpeg .png .gif .webp .svg .ico .avif .css .js .json .xml .rss .atom .pdf .doc .docx .xls .xlsx .zip
		.gz .mp3 .mp4 .m4a .mov .webm .ogg .txt .ics .epub .woff .woff2`)
	// articleKeys are query parameters by which old content systems name an article.
	articleKeys = set("p id article article_id articleid story storyid story_id aid nid")

	reDate    = regexp.MustCompile(`/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?:[/-]|$)`)
	reCompact = regexp.MustCompile(`/((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[/_.-]|$)`)
	reNumber  = regexp.MustCompile(`\d{5,}`)
)

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		m[word] = true
	}
	return m
}

// segments are the parts of a path in lower case, without empty ones.
func segments(u *url.URL) []string {
	return strings.FieldsFunc(strings.ToLower(u.Path), func(r rune) bool { return r == '/' })
}

func looksLikeSection(u *url.URL) bool {
	parts := segments(u)
	if len(parts) == 0 || len(parts) > 2 || u.RawQuery != "" {
		return false
	}
	last := parts[len(parts)-1]
	if ext := path.Ext(last); documents[ext] {
		last = strings.TrimSuffix(last, ext)
	}
	return sections[last]
}

func looksLikeArticle(u *url.URL) bool {
	parts := segments(u)
	for _, part := range parts {
		if notArticles[part] {
			return false
		}
	}
	for key := range u.Query() {
		if articleKeys[strings.ToLower(key)] {
			return true
		}
	}
	if len(parts) == 0 {
		return false
	}
	last := parts[len(parts)-1]
	ext := path.Ext(last)
	if assets[ext] {
		return false
	}
	document := documents[ext]
	if document {
		last = strings.TrimSuffix(last, ext)
	}
	return looksLikeSlug(u.Path, last, len(parts), document)
}

// looksLikeSlug judges the last segment of a path of that many: words, numbers and dates make an article.
func looksLikeSlug(whole, last string, depth int, document bool) bool {
	words := len(strings.FieldsFunc(last, func(r rune) bool { return r == '-' || r == '_' || r == '+' }))
	switch {
	case last == "index" || last == "default" || last == "home" || last == "main":
		return false
	case words >= 3 || reNumber.MatchString(last):
		return true
	case words == 2 && depth >= 2:
		return true
	case document:
		return depth >= 2 || strings.ContainsAny(last, "0123456789-_")
	}
	// A date with something after it; a date alone is an archive page.
	at := dateAt(whole)
	return at != nil && strings.Trim(whole[at[1]:], "/") != ""
}

// dateInPath is the end of the day, or of the month, that stands in an address; zero if there is none.
func dateInPath(rawURL string) time.Time {
	u, err := url.Parse(rawURL)
	if err != nil {
		return time.Time{}
	}
	at := dateAt(u.Path)
	if at == nil {
		return time.Time{}
	}
	year, _ := strconv.Atoi(u.Path[at[2]:at[3]])
	month, _ := strconv.Atoi(u.Path[at[4]:at[5]])
	if at[6] < 0 {
		return time.Date(year, time.Month(month)+1, 1, 0, 0, 0, 0, time.UTC)
	}
	day, _ := strconv.Atoi(u.Path[at[6]:at[7]])
	return time.Date(year, time.Month(month), day+1, 0, 0, 0, 0, time.UTC)
}

// dateAt finds a date in a path: the bounds of the whole and of year, month and day, as regexp counts them.
func dateAt(path string) []int {
	if at := reDate.FindStringSubmatchIndex(path); at != nil {
		return at
	}
	return reCompact.FindStringSubmatchIndex(path)
}
