package extract

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"sort"
	"strings"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"oped/corpus"
)

// Recipe tells where one site prints what: CSS selectors for fields and for what is to be removed. It is data, kept
// as JSON:
//
//	{"site": "harbourgazette.example", "from": "2021-03-01",
//	 "body": ".entry-content", "remove": [".sharedaddy", "#respond"], "author": ".byline a"}
//
// A field without a selector, or whose selector finds nothing, is read as on any other site. A nil Recipe finds
// nothing.
type Recipe struct {
	// Site is the host without "www."; the recipe holds for its subdomains as well.
	Site string `json:"site"`
	// From and Until bound the days of fetching for which the recipe holds ("2021-03-01"), both inclusive, so that
	// an old page is still read by the rules of its time. Empty means unbounded.
	From  string `json:"from,omitempty"`
	Until string `json:"until,omitempty"`

	Headline   string   `json:"headline,omitempty"`
	Standfirst string   `json:"standfirst,omitempty"`
	Author     string   `json:"author,omitempty"`
	Date       string   `json:"date,omitempty"`
	Section    string   `json:"section,omitempty"`
	Note       string   `json:"note,omitempty"`
	Body       string   `json:"body,omitempty"`
	Remove     []string `json:"remove,omitempty"`

	compiled map[string]cascadia.Selector
	removal  []cascadia.Selector
	origin   string // file:line, for errors and reports
}

//go:embed recipes/*.json
var recipeFiles embed.FS

// builtinRecipes are those that ship with the package.
func builtinRecipes() ([]*Recipe, error) {
	names, err := fs.Glob(recipeFiles, "recipes/*.json")
	if err != nil {
		return nil, fmt.Errorf("extract: list recipes: %w", err)
	}
	var out []*Recipe
	for _, name := range names {
		data, err := recipeFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("extract: read recipe %q: %w", name, err)
		}
		recipes, err := ParseRecipes(name, data)
		if err != nil {
			return nil, err
		}
		out = append(out, recipes...)
	}
	return out, nil
}

// RecipeError is a fault in a recipe, with the place of it.
type RecipeError struct {
	File string
	Line int
	Err  error
}

func (e *RecipeError) Error() string {
	return fmt.Sprintf("extract: recipe %s:%d: %v", e.File, e.Line, e.Err)
}

// Unwrap gives the cause.
func (e *RecipeError) Unwrap() error { return e.Err }

// ParseRecipes reads a JSON list of recipes; file is for errors, which are always *RecipeError.
func ParseRecipes(file string, data []byte) ([]*Recipe, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	fail := func(offset int64, err error) error {
		return &RecipeError{File: file, Line: 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n")), Err: err}
	}
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return nil, fail(d.InputOffset(), errors.New("want a list of recipes: [{\"site\": ...}]"))
	}
	var out []*Recipe
	for d.More() {
		start := d.InputOffset()
		r := &Recipe{}
		if err := d.Decode(r); err != nil {
			return nil, fail(errorOffset(d, err), err)
		}
		if bad, err := r.compile(); err != nil {
			at := start
			if i := bytes.Index(data[start:], []byte(bad)); i >= 0 {
				at += int64(i)
			}
			return nil, fail(at, err)
		}
		begin := start + int64(max(0, bytes.IndexByte(data[start:], '{')))
		r.origin = fmt.Sprintf("%s:%d", file, 1+bytes.Count(data[:begin], []byte("\n")))
		out = append(out, r)
	}
	if _, err := d.Token(); err != nil {
		return nil, fail(errorOffset(d, err), err)
	}
	return out, nil
}

func errorOffset(d *json.Decoder, err error) int64 {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return syntax.Offset
	case errors.As(err, &kind):
		return kind.Offset
	}
	return d.InputOffset()
}

// selectors are the recipe's fields by name.
func (r *Recipe) selectors() map[string]string {
	return map[string]string{"headline": r.Headline, "standfirst": r.Standfirst, "author": r.Author, "date": r.Date,
		"section": r.Section, "note": r.Note, "body": r.Body}
}

// compile checks the recipe; with an error it gives the text that is at fault, as it stands in the JSON.
func (r *Recipe) compile() (bad string, err error) {
	if r.Site == "" {
		return "", errors.New(`"site" is missing: name the host, such as "example.com"`)
	}
	for _, day := range []string{r.From, r.Until} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return quoted(day), fmt.Errorf("%q is no day: write it as 2021-03-01", day)
		}
	}
	r.compiled = map[string]cascadia.Selector{}
	for field, s := range r.selectors() {
		if s == "" {
			continue
		}
		sel, err := cascadia.Compile(s)
		if err != nil {
			return quoted(s), fmt.Errorf("selector %q of %q: %w", s, field, err)
		}
		r.compiled[field] = sel
	}
	for _, s := range r.Remove {
		sel, err := cascadia.Compile(s)
		if err != nil {
			return quoted(s), fmt.Errorf("selector %q of \"remove\": %w", s, err)
		}
		r.removal = append(r.removal, sel)
	}
	return "", nil
}

// quoted is s as people write it in JSON: with the signs of HTML, which selectors hold, as they are.
func quoted(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return s
	}
	return strings.TrimSpace(b.String())
}

// recipeBook finds the recipe of a page.
type recipeBook struct {
	bySite map[string][]*Recipe
}

func newRecipeBook(recipes []*Recipe) *recipeBook {
	b := &recipeBook{bySite: map[string][]*Recipe{}}
	for _, r := range recipes {
		site := strings.TrimPrefix(strings.ToLower(r.Site), "www.")
		b.bySite[site] = append(b.bySite[site], r)
	}
	return b
}

// find is the first recipe of the page's host, or of a domain above it, that holds on the day of fetching.
func (b *recipeBook) find(address string, fetched time.Time) *Recipe {
	u, err := url.Parse(address)
	if err != nil || len(b.bySite) == 0 {
		return nil
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	day := fetched.UTC().Format(time.DateOnly)
	for host != "" {
		for _, r := range b.bySite[host] {
			if fetched.IsZero() || (r.From == "" || r.From <= day) && (r.Until == "" || day <= r.Until) {
				return r
			}
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return nil
}

// prune takes what the recipe removes out of the tree, and counts it for each selector.
func (r *Recipe) prune(d *document) []int {
	if r == nil {
		return nil
	}
	removed := make([]int, len(r.removal))
	for i, sel := range r.removal {
		for _, n := range cascadia.QueryAll(d.root, sel) {
			if n.Parent != nil {
				n.Parent.RemoveChild(n)
				removed[i]++
			}
		}
	}
	return removed
}

// nodes are the elements that the recipe names for a field, in page order.
func (r *Recipe) nodes(d *document, field string) []*html.Node {
	if r == nil || r.compiled[field] == nil {
		return nil
	}
	return cascadia.QueryAll(d.root, r.compiled[field])
}

// field is the text of the first element that the recipe names for a field.
func (r *Recipe) field(d *document, field string) string {
	for _, n := range r.nodes(d, field) {
		if s := squeeze(nodeText(n)); s != "" {
			return s
		}
	}
	return ""
}

// facts puts what the recipe finds over what was read without it.
func (r *Recipe) facts(rd *reader) {
	if r == nil {
		return
	}
	a := rd.article
	for _, f := range []struct {
		name string
		into *string
	}{{"headline", &a.Headline}, {"standfirst", &a.Standfirst}, {"section", &a.Section}, {"note", &a.AuthorNote}} {
		s := r.field(rd.doc, f.name)
		if f.name == "headline" {
			s, _ = splitLabel(s)
		}
		if s != "" {
			*f.into = s
			rd.won(f.name, r.rule(f.name))
		}
	}
	var authors []corpus.Author
	for _, n := range r.nodes(rd.doc, "author") {
		authors = append(authors, structuredNames(nodeText(n))...)
	}
	if len(authors) > 0 {
		a.Authors = uniqueAuthors(authors)
		rd.won("author", r.rule("author"))
	}
	for _, n := range r.nodes(rd.doc, "date") {
		if d := rd.stamp(nodeDate(n), "recipe"); !d.IsZero() {
			a.Published = d
			rd.won("date", r.rule("date"))
			break
		}
	}
}

// Sites are the hosts that the Extractor has recipes for, sorted.
func (e *Extractor) Sites() []string {
	var out []string
	for site := range e.recipes.bySite {
		out = append(out, site)
	}
	sort.Strings(out)
	return out
}
