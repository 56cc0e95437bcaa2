package extract

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html/atom"

	"oped/corpus"
)

// The names of the flags of corpus.Quality that this package sets.
const (
	FlagCookieWall   = "cookie-wall"
	FlagAccessDenied = "access-denied"
	FlagLogin        = "login"
	FlagIndexPage    = "index-page"
	FlagEmpty        = "empty"
	FlagLiveBlog     = "live-blog"
	FlagShort        = "short"
	FlagBinary       = "binary"
)

const (
	// shortWords is the length below which a piece is flagged: letters to the editor begin near it.
	shortWords = 50
	// emptyWords is the length below which nothing was found that could be read.
	emptyWords = 12
	// wallWords is the longest text that a wall or an error page has.
	wallWords = 150
	// liveWords is the text that a live blog needs to be more than a shell for what a script loads.
	liveWords = 150
)

var (
	deniedText   = regexp.MustCompile(`(?i)\b(?:access (?:to this page (?:has been|is) )?(?:denied|forbidden|blocked)|403 forbidden|error 403|attention required|just a moment|checking (?:your browser|if the site connection is secure)|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|not a robot|unusual traffic|request (?:unsuccessful|blocked)|security check|pardon our interruption|you have been blocked|bot detection|accès refusé|acceso denegado|zugriff verweigert|доступ (?:запрещен|закрыт))\b`)
	missedText   = regexp.MustCompile(`(?i)\b(?:404|page not found|page (?:you requested )?(?:could not|cannot|can't|can’t) be found|page (?:doesn't|doesn’t|does not) exist|no longer available|seite nicht gefunden|page introuvable|página no encontrada|страница не найдена|internal server error|service unavailable|bad gateway|site is (?:down|under maintenance))\b`)
	cookieText   = regexp.MustCompile(`(?i)\b(?:cookies?|consent|gdpr|privacy (?:policy|settings|preferences)|your privacy|partners? (?:store|process)|datenschutz|einwilligung|confidentialité|traceurs?|privacidad|согласие|файл(?:ы|ов) cookie)\b`)
	loginText    = regexp.MustCompile(`(?i)\b(?:log ?in|sign ?in|forgot(?:ten)? (?:your )?password|create (?:an |your )?account|already (?:a )?(?:subscriber|member|registered)|subscribe (?:now )?to (?:continue|read)|to continue reading|register to (?:continue|read)|se connecter|connectez-vous|anmelden|einloggen|iniciar sesión|войти|авторизация)\b`)
	liveHeadline = regexp.MustCompile(`\bLIVE\b|(?i:\blive(?:\s*[:|]|\s+[–—-]|\s+(?:updates?|blogs?|coverage|ticker|reports?|text)\b|\s*$)|\bliveblog|^live\b[^-]|\bas it happened\b|\ben direct\b|\ben vivo\b|\bin diretta\b|\bao vivo\b)`)
	livePath     = regexp.MustCompile(`(?i)(?:^|[/-])live(?:-?blogs?|-?updates?|-?coverage|stream)?(?:[/-]|$)`)
)

// quality judges what was read of a page.
func (r *reader) quality(words int) corpus.Quality {
	var q corpus.Quality
	flag := func(name, reason string, reject bool) {
		q.Flags = append(q.Flags, name)
		if q.Reason == "" || reject && !q.Rejected {
			q.Reason = reason
		}
		q.Rejected = q.Rejected || reject
	}
	r.flagWalls(words, flag)
	if !q.Rejected && r.isIndex(words) {
		flag(FlagIndexPage, "the page lists other articles", true)
	}
	if r.isLiveBlog() {
		flag(FlagLiveBlog, fmt.Sprintf("a live blog with %d words in the page", words), words < liveWords)
	}
	switch {
	case words < emptyWords:
		flag(FlagEmpty, fmt.Sprintf("no article text was found (%d words)", words), true)
	case words < wallWords && r.isBare():
		flag(FlagEmpty, fmt.Sprintf("%d words were found and no paragraph among them, unsigned and undated", words), true)
	case words < shortWords && len(r.article.Authors) == 0 && r.doc.article == nil:
		flag(FlagEmpty, fmt.Sprintf("only %d words were found, unsigned, on a page that does not call itself an article", words), true)
	case words < shortWords:
		flag(FlagShort, fmt.Sprintf("only %d words of text were found", words), false)
	}
	return q
}

// flagWalls flags pages that stand where the article should be.
func (r *reader) flagWalls(words int, flag func(name, reason string, reject bool)) {
	if words > wallWords {
		return
	}
	head := r.article.Headline + "\n" + r.doc.title
	all := r.visible(400)
	short := countWords(all) < 2*wallWords
	switch {
	case r.doc.page.Status == 401 || r.doc.page.Status == 403 || deniedText.MatchString(head) || short && deniedText.MatchString(all):
		flag(FlagAccessDenied, "the site refused to show the page", true)
	case r.doc.page.Status >= 400 || missedText.MatchString(head) || short && missedText.MatchString(all):
		flag(FlagEmpty, "the page says that there is no such article", true)
	case len(cookieText.FindAllString(all, 8))*12 > countWords(r.bodyText()+all)/4 && len(cookieText.FindAllString(all, 4)) >= 3 && words < wallWords:
		flag(FlagCookieWall, "the page asks for consent to cookies in place of an article", true)
	case (words < shortWords || r.isBare()) && r.hasPassword() || short && !r.isTeaser(words) && len(loginText.FindAllString(all, 3)) >= 2:
		flag(FlagLogin, "the page asks the reader to log in", true)
	}
}

// bareWords is the length below which a line is no paragraph of an article.
const bareWords = 25

// isBare reports whether nothing on the page speaks for an article: it states none, prints no author or date, and what was
// taken for its body has no paragraph. The models were taught on articles and always find something.
func (r *reader) isBare() bool {
	if r.statesArticle() || len(r.article.Authors) > 0 || r.isDated() {
		return false
	}
	for _, b := range r.article.Body {
		if countWords(b.Text) >= bareWords && endsSentence(b.Text) {
			return false
		}
	}
	return true
}

// isTeaser reports whether the page is an article of which some paragraphs stand before a paywall.
func (r *reader) isTeaser(words int) bool {
	return words >= shortWords && r.doc.article != nil && r.head >= 0
}

func (r *reader) bodyText() string { return r.article.Text() }

// maxVisibleRunes bounds what is looked at of one block for the words of walls: a single word may have megabytes.
const maxVisibleRunes = 20_000

// visible is the page's text, at most limit words of it.
func (r *reader) visible(limit int) string {
	var b strings.Builder
	words := 0
	for i := range r.layout.blocks {
		if words > limit {
			break
		}
		b.WriteString(cutRunes(r.layout.blocks[i].text, maxVisibleRunes))
		b.WriteByte('\n')
		words += r.layout.blocks[i].words
	}
	return b.String()
}

func (r *reader) hasPassword() bool {
	return r.doc.dom.Find(`input[type="password"]`).Length() > 0
}

// isIndex tells lists of articles from articles: the address is a site's root, or the page says it is a list, or
// nearly all its words are links and no paragraph is long.
func (r *reader) isIndex(words int) bool {
	linked, total, long := 0, 0, 0
	for i := range r.layout.blocks {
		b := &r.layout.blocks[i]
		linked += b.linked
		total += b.words
		if b.words >= longWords && b.linked*3 < b.words {
			long++
		}
	}
	if r.isRoot() && r.doc.article == nil {
		return words < wallWords || linked*3 > total || long < 2 || r.linkedHeadings() > 1 // else one text is the whole site
	}
	if r.saysList() && long < 4 && words < wallWords {
		return true
	}
	if r.statesArticle() && len(r.article.Authors) > 0 && r.isDated() {
		return false // a short one in a long menu
	}
	return r.doc.article == nil && words < 3*shortWords && total > 100 && linked*10 > total*6 && long == 0
}

// longWords is how many words a paragraph has that lists of articles do not hold.
const longWords = 40

// isRoot reports whether the page's address is that of its site.
func (r *reader) isRoot() bool {
	u, err := url.Parse(r.doc.here)
	return err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}

// linkedHeadings counts the headings that are links, as those of teasers are.
func (r *reader) linkedHeadings() int {
	n := 0
	for i := range r.layout.blocks {
		b := &r.layout.blocks[i]
		if (b.tag == atom.H1 || b.tag == atom.H2 || b.tag == atom.H3) && b.linked*2 > b.words {
			n++
		}
	}
	return n
}

// saysList reports whether the page says for machines that it is a list, and not that it is an article.
func (r *reader) saysList() bool {
	if r.statesArticle() {
		return false
	}
	for _, n := range r.doc.ld.nodes {
		for _, t := range n.types() {
			if t == "CollectionPage" || t == "SearchResultsPage" || t == "ProfilePage" {
				return true
			}
		}
	}
	return false
}

// isDated reports whether the page itself tells when its article was published.
func (r *reader) isDated() bool {
	return !r.article.Published.IsZero() && r.article.Published.Source != "url"
}

func (r *reader) isLiveBlog() bool {
	for _, t := range r.doc.article.types() {
		if t == "LiveBlogPosting" {
			return true
		}
	}
	u, err := url.Parse(r.doc.here)
	return err == nil && livePath.MatchString(u.Path) && liveHeadline.MatchString(r.article.Headline)
}
