package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"oped/corpus"
	"oped/search"
)

const (
	// linesArticles is how many articles a page of lines reads unless per_page says otherwise: enough that sorting by
	// context shows what is usual.
	linesArticles = 50
	// lineContext is how many characters of text stand on each side of a match.
	lineContext = 52
	// maxLines bounds a page: a common word occurs a hundred times in a long article.
	maxLines = 1000
)

// linesPage shows every match of the articles found with its context, one match a line: a concordance.
type linesPage struct {
	frame
	Back           string
	Total          int // articles found
	First, Last    int // numbers of the hits that the lines are from
	Groups         int
	Lines          []matchLine
	Cut            bool
	Orders         []sortLink
	Previous, Next string
}

// matchLine is one match in its context.
type matchLine struct {
	Article       *corpus.Article
	Source        string
	URL           string // of the match in the full text
	Before, After []search.Span
	Match         string
}

// lineOrders are the ways to sort lines, by the value of the parameter "by".
var lineOrders = []struct{ by, label string }{
	{"", "As found"}, {"left", "By the words before"}, {"right", "By the words after"},
}

func (s *server) lines(w http.ResponseWriter, r *http.Request) error {
	page, err := s.linesPage(r)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "lines", page)
}

func (s *server) linesPage(r *http.Request) (*linesPage, error) {
	params := parseParams(r.URL.RawQuery)
	req, err := ParseRequest(params)
	if err != nil {
		return nil, err
	}
	by := params.Get("by")
	if by != "" && by != "left" && by != "right" {
		return nil, &ParamError{Param: "by", Value: by, Problem: "is not left or right"}
	}
	page := &linesPage{Back: searchURL(firstPage(req))}
	req.NoSnippets = false
	req.Limit = cmp.Or(req.Limit, linesArticles)
	res, err := s.listing(r.Context(), req)
	if err != nil {
		return nil, err
	}
	visitOf(r).hits = res.Total
	if page.Lines, err = s.linesOf(r.Context(), req, res.Hits); err != nil {
		return nil, err
	}
	page.layOut(req, res, by)
	page.frame = s.frame("Lines: "+resultsTitle(req, res), req)
	return page, nil
}

// linesOf marks each article found and takes its matches out, one more than maxLines at most.
func (s *server) linesOf(ctx context.Context, req search.Request, hits []search.Hit) ([]matchLine, error) {
	var lines []matchLine
	for _, hit := range hits {
		if len(lines) > maxLines {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		marked, err := s.mark(ctx, hit.Article, req)
		if err != nil {
			return nil, err
		}
		lines = append(lines, linesIn(marked, articleURL(hit.ID, req))...)
	}
	return lines, nil
}

// linesIn are the matches of one article in the order in which its page numbers them.
func linesIn(m *search.Marked, url string) []matchLine {
	var lines []matchLine
	for _, spans := range segmentsOf(m) {
		for i, span := range spans {
			if !span.Match {
				continue
			}
			lines = append(lines, matchLine{
				Article: m.Article, Source: sourceOf(m.Article), Match: span.Text,
				URL:    url + "#m" + count(len(lines)+1),
				Before: ending(spans[:i], lineContext), After: beginning(spans[i+1:], lineContext),
			})
		}
	}
	return lines
}

// layOut sorts the lines and makes the links.
func (p *linesPage) layOut(req search.Request, res *search.Results, by string) {
	p.Total, p.Groups = res.Total, res.Groups
	p.First, p.Last = req.Offset+1, req.Offset+len(res.Hits)
	if p.Cut = len(p.Lines) > maxLines; p.Cut {
		p.Lines = p.Lines[:maxLines]
	}
	sortLines(p.Lines, by)
	for _, order := range lineOrders {
		p.Orders = append(p.Orders, sortLink{order.label, linesURL(req, order.by), order.by == by})
	}
	if n := req.Offset / limitOf(req); n >= 1 && n <= lastOffsetPage(limitOf(req)) {
		p.Previous = linesURL(atPage(req, n), by)
	}
	if next, ok := following(req, res); ok {
		p.Next = linesURL(next, by)
	}
}

// linesURL is the address of the lines of r in an order.
func linesURL(r search.Request, by string) string {
	path := address("/lines", r)
	switch {
	case by == "":
		return path
	case strings.Contains(path, "?"):
		return path + "&by=" + url.QueryEscape(by)
	default:
		return path + "?by=" + url.QueryEscape(by)
	}
}

// sortLines sorts by the words next to the match, outwards from it.
func sortLines(lines []matchLine, by string) {
	var key func(matchLine) []string
	switch by {
	case "left":
		key = func(l matchLine) []string {
			words := contextWords(l.Before)
			slices.Reverse(words)
			return words
		}
	case "right":
		key = func(l matchLine) []string { return contextWords(l.After) }
	default:
		return
	}
	type keyed struct {
		key  []string
		line matchLine
	}
	sorted := make([]keyed, len(lines))
	for i, l := range lines {
		sorted[i] = keyed{key(l), l}
	}
	slices.SortStableFunc(sorted, func(a, b keyed) int { return slices.Compare(a.key, b.key) })
	for i := range sorted {
		lines[i] = sorted[i].line
	}
}

// contextWords are the words of a context, without case and punctuation.
func contextWords(spans []search.Span) []string {
	return strings.FieldsFunc(strings.ToLower(text(spans)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
}

// beginning is the first part of a text, of about so many characters, cut between words.
func beginning(spans []search.Span, runes int) []search.Span {
	var kept []search.Span
	for _, s := range spans {
		n := utf8.RuneCountInString(s.Text)
		if n > runes {
			cut := string([]rune(s.Text)[:runes])
			if i := strings.LastIndexByte(cut, ' '); i > 0 {
				cut = cut[:i]
			}
			return append(kept, search.Span{Text: cut + " …", Match: s.Match})
		}
		kept, runes = append(kept, s), runes-n
	}
	return kept
}

// ending is the last part of a text, of about so many characters, cut between words.
func ending(spans []search.Span, runes int) []search.Span {
	var kept []search.Span
	for _, s := range slices.Backward(spans) {
		n := utf8.RuneCountInString(s.Text)
		if n > runes {
			cut := string([]rune(s.Text)[n-runes:])
			if i := strings.IndexByte(cut, ' '); i >= 0 && i < len(cut)-1 {
				cut = cut[i+1:]
			}
			kept = append(kept, search.Span{Text: "… " + cut, Match: s.Match})
			break
		}
		kept, runes = append(kept, s), runes-n
	}
	slices.Reverse(kept)
	return kept
}
