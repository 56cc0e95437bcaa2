package extract

import (
	_ "embed" // for the model
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"oped/corpus"
)

// Extractor reads articles out of pages. It is safe for concurrent use.
type Extractor struct {
	recipes *recipeBook
	models  *Models
}

// bodyModels are trained by corpus/extract/learn.
//
//go:embed body.model
var bodyModels []byte

// Option changes how New makes an Extractor.
type Option func(*settings) error

type settings struct {
	recipes []*Recipe
	builtin bool
	models  *Models
	chosen  bool // whether models are those to use, even if nil
}

// WithRecipes adds site recipes; they go before the built-in ones of the same site.
func WithRecipes(recipes ...*Recipe) Option {
	return func(s *settings) error {
		s.recipes = append(s.recipes, recipes...)
		return nil
	}
}

// WithoutBuiltin leaves the built-in recipes out.
func WithoutBuiltin() Option {
	return func(s *settings) error {
		s.builtin = false
		return nil
	}
}

// WithModels puts m in place of the built-in models; nil leaves bodies to the linear scorer alone.
func WithModels(m *Models) Option {
	return func(s *settings) error {
		s.models, s.chosen = m, true
		return nil
	}
}

// New makes an Extractor with the built-in recipes and those given. The error names the recipe at fault.
func New(opts ...Option) (*Extractor, error) {
	s := settings{builtin: true}
	for _, opt := range opts {
		if err := opt(&s); err != nil {
			return nil, err
		}
	}
	recipes := s.recipes
	if s.builtin {
		builtin, err := builtinRecipes()
		if err != nil {
			return nil, err
		}
		recipes = append(recipes, builtin...)
	}
	if !s.chosen {
		var err error
		if s.models, err = ParseModels(bodyModels); err != nil {
			return nil, err
		}
	}
	if err := s.models.fit(); err != nil {
		return nil, err
	}
	return &Extractor{recipes: newRecipeBook(recipes), models: s.models}, nil
}

// MediaTypeError says that a page is of a kind that holds no readable text.
type MediaTypeError struct{ MediaType string }

func (e *MediaTypeError) Error() string {
	return fmt.Sprintf("extract: media type %q is neither HTML nor plain text", e.MediaType)
}

// Extract reads the article of a page, by its media type; a page without one is taken for HTML if it begins like it.
// Everything of the article is set but Version and Seq. A page that is no article gives one whose Quality says so.
// The error is a *MediaTypeError where there is nothing that could be read.
func (e *Extractor) Extract(p *corpus.Page) (*corpus.Article, error) {
	kind := mediaKind(p)
	var a *corpus.Article
	switch kind {
	case "text/html":
		var err error
		if a, err = e.readHTML(p); err != nil {
			return nil, err
		}
	case "text/plain":
		a = plainArticle(p, decode(p.Body, p.Charset))
	default:
		return nil, &MediaTypeError{MediaType: p.MediaType}
	}
	a.Captured = p.Fetched.UTC()
	a.PageHash = p.Hash()
	a.ID = identify(a)
	return a, nil
}

// mediaKind is "text/html", "text/plain", or what the page says that is neither.
func mediaKind(p *corpus.Page) string {
	kind, _, _ := strings.Cut(strings.ToLower(p.MediaType), ";")
	switch kind = strings.TrimSpace(kind); kind {
	case "text/html", "application/xhtml+xml":
		return "text/html"
	case "text/plain", "text/markdown":
		return "text/plain"
	case "", "application/octet-stream":
		head := strings.ToLower(string(p.Body[:min(len(p.Body), 1024)]))
		if strings.Contains(head, "<html") || strings.Contains(head, "<!doctype") || strings.Contains(head, "<head") || strings.Contains(head, "<body") {
			return "text/html"
		}
		return "text/plain"
	}
	return kind
}

func identify(a *corpus.Article) corpus.ID {
	if a.URL != "" {
		return corpus.IDFromURL(a.URL)
	}
	return corpus.IDFromContent(a.Headline, a.Text())
}

// reader holds one HTML page while its article is read.
type reader struct {
	doc     *document
	layout  *layout
	cues    *cueReader
	article *corpus.Article
	recipe  *Recipe // nil if the site has none
	models  *Models // nil leaves the body to the linear scorer
	head    int     // the block that prints the headline, -1 if none does
	// aboveHead are the elements around the headline.
	aboveHead map[*html.Node]bool

	bylineText string            // the printed byline with its roles
	rules      map[string]string // by what each field of Finding was read
	removed    []int             // how many elements each removing selector of the recipe took out
}

// open parses a page and reads its facts; the body is still to be read.
func (e *Extractor) open(p *corpus.Page) (*reader, error) {
	doc, err := newDocument(p, decode(p.Body, p.Charset))
	if err != nil {
		return nil, err
	}
	r := &reader{doc: doc, cues: newCueReader(), article: &corpus.Article{}, models: e.models}
	r.recipe = e.recipes.find(doc.here, p.Fetched)
	r.removed = r.recipe.prune(doc)
	r.layout = layOut(doc.root)
	r.readFacts()
	return r, nil
}

func (e *Extractor) readHTML(p *corpus.Page) (*corpus.Article, error) {
	r, err := e.read(p)
	if err != nil {
		return nil, err
	}
	return r.article, nil
}

// read parses a page and reads all of its article.
func (e *Extractor) read(p *corpus.Page) (*reader, error) {
	r, err := e.open(p)
	if err != nil {
		return nil, err
	}
	r.readBody()
	a, doc := r.article, r.doc
	a.Language = readLanguage(a.Body, text(doc.article["inLanguage"]), doc.lang, doc.first("og:locale", "content-language", "dc.language", "language"))
	a.Quality = r.quality(countBody(a.Body))
	if a.Quality.Rejected {
		a.Type, a.TypeReason = "", "" // an address under /opinion/ does not make an error page an op-ed
	}
	return r, nil
}

// readFacts fills in everything but the body and what is read from it.
func (r *reader) readFacts() {
	a := r.article
	a.URL, a.Aliases = r.doc.readAddress()
	a.Publication = r.doc.readPublication()
	headline, kicker := r.doc.readHeadline(a.Publication, r.cues)
	r.head = r.findHeadline(headline)
	if r.head < 0 {
		headline = r.headlineBlock(headline)
	}
	r.markAboveHead()
	var label string
	a.Headline, label = splitLabel(headline)
	a.Kicker = kicker
	if a.Kicker == "" {
		a.Kicker = label
	}
	if a.Kicker == "" {
		a.Kicker = r.printedLabel()
	}
	a.Authors = r.readAuthors()
	r.bylineText = r.readBylineText()
	a.Published, a.Modified = r.readDates()
	a.Section = r.doc.readSection()
	r.won("headline", r.headlineRule(headline))
	r.won("date", namedSources[a.Published.Source])
	r.won("section", "stated section")
	a.Tags = r.doc.readTags()
	a.Access = r.doc.readAccess()
	r.recipe.facts(r)
	a.Type, a.TypeReason = r.readType(label)
}

// printedLabel is a line right above the headline that names a kind of piece.
func (r *reader) printedLabel() string {
	for i := r.head - 1; i >= max(0, r.head-2); i-- {
		b := &r.layout.blocks[i]
		if kindOf(b.text) != "" && r.layout.elems[b.elem].near[cueNav] > 2 {
			return b.text
		}
	}
	return ""
}

// readBylineText is the printed byline with its roles, or what the author is stated to be.
func (r *reader) readBylineText() string {
	var parts []string
	for _, v := range list(r.doc.article["author"]) {
		parts = append(parts, text(v))
	}
	parts = append(parts, r.doc.first("author", "byl"))
	if r.head >= 0 {
		for i := r.head + 1; i < min(len(r.layout.blocks), r.head+bylineAfter); i++ {
			b := &r.layout.blocks[i]
			if b.words <= 15 && (r.layout.elems[b.elem].near[cueAuthor] <= 2 || bylineLead.MatchString(b.text)) {
				parts = append(parts, b.text)
			}
		}
	}
	for _, p := range parts {
		if isEditorialBoard(p) || isColumnist(p) {
			return p
		}
	}
	return ""
}

func countBody(body []corpus.Block) int {
	words := 0
	for _, b := range body {
		words += countWords(b.Text)
	}
	return words
}
