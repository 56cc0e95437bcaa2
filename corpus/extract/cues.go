package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cue is a hint at what an element holds, read from its tag, role, class and id.
type cue uint8

const (
	cueBody cue = iota
	cueArticle
	cueMain
	cueContent
	cueNav
	cueFooter
	cueHeader
	cueSidebar
	cueRelated
	cueTeaser
	cueComment
	cueShare
	cueNewsletter
	cueAd
	cueCaption
	cueMedia
	cueAuthor
	cueMeta
	cueTag
	cueDek
	cueQuote
	cueCookie
	cueModal
	cueHidden
	cuePaywall
	cueTitle
	cueNote
	cueEmbed
	cueForm
	cueList
	cueBox
	cueTable
	numCues
)

// cueSet is a set of cues.
type cueSet uint64

func (s cueSet) has(c cue) bool { return s&(1<<c) != 0 }

// cueWords maps the words of class names and ids to cues. Words are lower case; a plural "s" and trailing digits are
// dropped before they are looked up.
var cueWords = makeCueWords(map[cue]string{
	cueBody: "articlebody storybody bodycontent entrycontent postcontent articlecontent storycontent bodytext fulltext " +
		"articletext maintext bodycopy prose copy storytext pagecontent singlecontent postbody contentbody newsbody",
	cueArticle:    "article story post entry hentry blogpost single postarticle",
	cueMain:       "main primary",
	cueContent:    "content body text wysiwyg richtext paragraph texte inhalt cuerpo",
	cueNav:        "nav navigation menu breadcrumb navbar pagination pager subnav sitenav topnav toc submenu skip jump tab dropdown hamburger megamenu anchor",
	cueFooter:     "footer colophon legal copyright disclaimer foot bottom imprint",
	cueHeader:     "header masthead topbar banner logo site",
	cueSidebar:    "sidebar aside rail secondary widget sidecolumn complementary column right left gutter sticky",
	cueRelated:    "related recommended recommendation recirc recirculation trending popular mostread mostpopular readnext readmore outbrain taboola zergnet yarpp jp relatedpost latest suggested next previous prev also seealso nextpost similar further morefrom upnext mustread featured spotlight recent crosslink infinite explore discover",
	cueTeaser:     "teaser promo card tile thumb thumbnail feed river listing grid carousel slider collection hub stream roundup",
	cueComment:    "comment disqus respond reply livefyre discussion commentlist coral viafoura spotim openweb comentario kommentar commentaire conversation feedback talkback",
	cueShare:      "share sharing social sharedaddy addthi addtoany sharethi follow socialmedia facebook twitter whatsapp linkedin pinterest reddit tool toolbar print email action bookmark button btn cta save listen audio player like rating",
	cueNewsletter: "newsletter subscribe signup optin mailchimp subscription mailing alert inscription registration convertkit mailmunch notification app download",
	cueAd:         "ad advert advertisement advertising sponsor sponsored dfp adslot adunit google gpt promotion promotional native partner affiliate deal shop product buy commerce adsense leaderboard interstitial mpu billboard adwrapper adcontainer advertorial donate donation",
	cueCaption:    "caption figcaption credit imagecaption wpcaption photocredit legend attribution source cutline",
	cueMedia:      "image img photo picture media video gallery slideshow figure youtube vimeo jwplayer brightcove lightbox slide poster hero",
	cueAuthor:     "author byline bio writer contributor columnist aboutauthor authorbox biography reporter vcard staff profile avatar autor auteur journalist",
	cueMeta:       "meta date time timestamp published updated info dateline postmeta entrymeta kicker eyebrow overline label modified readtime readingtime datetime duration subheader details stat view count pubdate",
	cueTag:        "tag category topic keyword section taxonomy categorie filed tagcloud channel",
	cueDek:        "dek deck standfirst subtitle subhead subheadline summary excerpt lede lead intro description abstract strapline sub chapo teasertext preamble synopsis ingress bajada entradilla blurb introduction",
	cueQuote:      "pullquote quote blockquote callout pull highlight pulled",
	cueCookie:     "cookie consent gdpr cmp onetrust privacy ccpa didomi",
	cueModal:      "modal popup overlay dialog lightbox toast tooltip flyout offcanvas drawer popover",
	cueHidden:     "hidden hide invisible screenreader sr visuallyhidden offscreen collapsed noprint accessibility assistive",
	cuePaywall:    "paywall regwall piano gate premium subscriber metered tp offer barrier meter locked login signin register account member membership",
	cueTitle:      "headline title heading hed storytitle",
	cueNote:       "correction clarification editorsnote editornote note update endnote footnote reference footer annotation",
	cueEmbed:      "embed tweet instagram tiktok embedded oembed iframe fb twittertweet socialembed interactive widgetembed poll quiz",
	cueForm:       "form search input field login contact searchform label wpcf7",
	cueList:       "list ul li bullet item links link headlines keypoint takeaway",
	cueBox:        "box infobox factbox sidebox inset panel module block card well breakout fact glance panel accordion faq notice message warning alert",
	cueTable:      "table datatable chart graph spec score result",
})

func makeCueWords(lists map[cue]string) map[string]cueSet {
	words := map[string]cueSet{}
	for c, list := range lists {
		for _, w := range strings.Fields(list) {
			words[w] |= 1 << c
		}
	}
	return words
}

// cueReader reads the cues of elements; it remembers those of each class string, which repeat hundreds of times on a
// page. It is not safe for concurrent use.
type cueReader struct {
	seen map[string]cueSet
	word []byte
}

func newCueReader() *cueReader { return &cueReader{seen: map[string]cueSet{}} }

// cues are the hints of one element alone, without those of its ancestors.
func (r *cueReader) cues(n *html.Node) cueSet {
	set := tagCues(n.DataAtom)
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "class", "id", "itemprop", "role", "data-component", "data-testid", "data-type", "data-qa", "data-module":
			set |= r.words(a.Val)
		case "hidden":
			set |= 1 << cueHidden
		case "aria-hidden":
			if a.Val == "true" {
				set |= 1 << cueHidden
			}
		case "style":
			if hides(a.Val) {
				set |= 1 << cueHidden
			}
		}
	}
	return set
}

func hides(style string) bool {
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

func tagCues(a atom.Atom) cueSet {
	switch a {
	case atom.Nav, atom.Menu:
		return 1 << cueNav
	case atom.Footer:
		return 1 << cueFooter
	case atom.Header:
		return 1 << cueHeader
	case atom.Aside:
		return 1 << cueSidebar
	case atom.Figure, atom.Picture:
		return 1 << cueMedia
	case atom.Figcaption:
		return 1 << cueCaption
	case atom.Article:
		return 1 << cueArticle
	case atom.Main:
		return 1 << cueMain
	case atom.Form, atom.Fieldset, atom.Label, atom.Button:
		return 1 << cueForm
	case atom.Dialog:
		return 1 << cueModal
	case atom.Blockquote, atom.Q:
		return 1 << cueQuote
	case atom.Ul, atom.Ol, atom.Dl:
		return 1 << cueList
	case atom.Table:
		return 1 << cueTable
	case atom.Address:
		return 1 << cueMeta
	case atom.Time:
		return 1 << cueMeta
	}
	return 0
}

// maxClassBytes bounds what is read of a class attribute; utility frameworks write thousands of bytes.
const maxClassBytes = 400

// words reads the cues of a class string: split at everything but letters and digits and before capitals, and each
// pair of neighbours joined ("article-body" is also "articlebody").
func (r *cueReader) words(s string) cueSet {
	if len(s) > maxClassBytes {
		s = s[:maxClassBytes]
	}
	if set, ok := r.seen[s]; ok {
		return set
	}
	var set cueSet
	for name := range strings.FieldsSeq(s) {
		set |= r.name(name)
	}
	r.seen[s] = set
	return set
}

func (r *cueReader) name(s string) cueSet {
	var set cueSet
	last := 0 // where in r.word the previous word begins
	start := 0
	r.word = r.word[:0]
	end := func() {
		if len(r.word) > start {
			set |= lookup(r.word[start:])
			if start > last {
				set |= lookup(r.word[last:])
			}
			last, start = start, len(r.word)
		}
	}
	lower := false
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'A' && c <= 'Z':
			if lower {
				end()
			}
			r.word = append(r.word, c|0x20)
			lower = false
		case c >= 'a' && c <= 'z':
			r.word = append(r.word, c)
			lower = true
		default:
			end()
			lower = false
		}
	}
	end()
	return set
}

func lookup(word []byte) cueSet {
	if set, ok := cueWords[string(word)]; ok {
		return set
	}
	if n := len(word) - 1; n > 2 && word[n] == 's' {
		if set, ok := cueWords[string(word[:n])]; ok {
			return set
		}
	}
	if w := string(word); strings.HasPrefix(w, "commentary") || strings.HasPrefix(w, "commentaries") {
		return 0 // a kind of article, also in "commentary-wrapper"
	}
	for _, p := range cuePrefixes {
		if len(word) > len(p.text) && string(word[:len(p.text)]) == p.text {
			return 1 << p.cue
		}
	}
	return 0
}

// cuePrefixes read words that are written together: "authorname", "commentlist".
var cuePrefixes = []struct {
	text string
	cue  cue
}{
	{"author", cueAuthor}, {"byline", cueAuthor}, {"comment", cueComment}, {"related", cueRelated}, {"recommend", cueRelated},
	{"newsletter", cueNewsletter}, {"subscri", cueNewsletter}, {"advert", cueAd}, {"sponsor", cueAd}, {"caption", cueCaption},
	{"cookie", cueCookie}, {"social", cueShare}, {"sharing", cueShare}, {"breadcrumb", cueNav}, {"sidebar", cueSidebar},
	{"footer", cueFooter}, {"headline", cueTitle}, {"standfirst", cueDek}, {"subtitle", cueDek}, {"timestamp", cueMeta}, {"paywall", cuePaywall},
}
