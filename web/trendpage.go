package web

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"oped/search"
)

// trendPage is the comparison as a drawing, and as a table whose numbers are links.
type trendPage struct {
	frame
	Inputs        []string // the queries, and an empty place for one more
	Keep          []param
	Share         bool
	Counts        string // the address of the same by count
	Shares        string // and by share
	CSV           string
	Heading       string // of the first column
	Lines         []trendLine
	Table         []trendCells
	Width, Height int
	First, Last   string
	Most          string // the number at the top of the drawing
	Chips         []chip
}

// trendLine is a query as a line of the drawing; Points are those of a polyline.
type trendLine struct {
	Number int
	Query  string
	URL    string
	Points template.HTMLAttr
	Total  int
	Dots   []trendDot
}

// trendDot is one point of a line, and its cell in the table.
type trendDot struct {
	X, Y  int
	Title string
	URL   string
	Value string
}

// trendCells is a row of the table.
type trendCells struct {
	Label, URL string
	Total      string
	Cells      []trendDot
}

func (s *server) trend(w http.ResponseWriter, r *http.Request) error {
	queries, common, share, err := trendRequest(r.URL.RawQuery)
	if err != nil {
		return err
	}
	t, err := s.trendOf(r.Context(), queries, common)
	if err != nil {
		return err
	}
	page := &trendPage{
		frame: s.frame("Over time: "+clip(strings.Join(queries, ", "), 80), common), Share: share, Chips: chips(common),
		Keep: hidden(common), Inputs: append([]string{}, queries...),
		Counts: trendURL("/trend", queries, common, false), Shares: trendURL("/trend", queries, common, true),
		CSV: trendURL("/trend.csv", queries, common, false),
	}
	page.Box = false
	if len(queries) < maxCompared {
		page.Inputs = append(page.Inputs, "")
	}
	for i := range page.Chips {
		page.Chips[i].URL = "" // told, and changed in the search
	}
	page.draw(t, common)
	return s.render(w, r, http.StatusOK, "trend", page)
}

// Measures of the drawing, in its own units.
const (
	trendWidth  = 600
	trendHeight = 160
	trendEdge   = 6
)

// draw lays out the lines and the table.
func (p *trendPage) draw(t *trend, common search.Request) {
	p.Width, p.Height = trendWidth, trendHeight
	p.Heading = (&histogram{Interval: t.Interval}).Heading()
	if len(t.Rows) == 0 {
		return
	}
	p.First, p.Last = t.Rows[0].Label, t.Rows[len(t.Rows)-1].Label
	top := p.top(t)
	p.Most = p.value(top)
	for i, q := range t.Queries {
		line := trendLine{Number: i + 1, Query: q, URL: searchURL(withQuery(common, q))}
		var points []string
		for at, row := range t.Rows {
			dot := p.dot(t, common, at, i, top)
			points = append(points, strconv.Itoa(dot.X)+","+strconv.Itoa(dot.Y))
			line.Dots = append(line.Dots, dot)
			line.Total += row.Counts[i]
		}
		line.Points = template.HTMLAttr(`points="` + strings.Join(points, " ") + `"`)
		p.Lines = append(p.Lines, line)
	}
	for at := len(t.Rows) - 1; at >= 0; at-- {
		p.Table = append(p.Table, p.row(t.Rows[at], common, at))
	}
}

// top is the greatest value of all lines.
func (p *trendPage) top(t *trend) float64 {
	top := 0.0
	for _, row := range t.Rows {
		for i := range t.Queries {
			top = max(top, p.measure(row, i))
		}
	}
	return top
}

func (p *trendPage) measure(row trendRow, i int) float64 {
	if p.Share {
		return row.Share(i)
	}
	return float64(row.Counts[i])
}

// value writes a measure: a count, or a percentage.
func (p *trendPage) value(v float64) string {
	if p.Share {
		return strconv.FormatFloat(100*v, 'f', 1, 64) + " %"
	}
	return count(int(v))
}

func (p *trendPage) dot(t *trend, common search.Request, at, i int, top float64) trendDot {
	row, x, y := t.Rows[at], trendWidth/2, trendHeight-trendEdge
	if n := len(t.Rows); n > 1 {
		x = trendEdge + at*(trendWidth-2*trendEdge)/(n-1)
	}
	if top > 0 {
		y -= int(p.measure(row, i) / top * (trendHeight - 2*trendEdge))
	}
	narrowed := withQuery(common, t.Queries[i])
	narrowed.From, narrowed.To = row.From, row.To
	dot := trendDot{X: x, Y: y, Value: p.value(p.measure(row, i)), URL: searchURL(narrowed)}
	dot.Title = t.Queries[i] + ", " + row.Label + ": " + plural(row.Counts[i], "article", "articles") + " of " + count(row.Total)
	return dot
}

func (p *trendPage) row(row trendRow, common search.Request, at int) trendCells {
	common.From, common.To = row.From, row.To
	cells := trendCells{Label: row.Label, URL: searchURL(common), Total: count(row.Total)}
	for _, line := range p.Lines {
		cells.Cells = append(cells.Cells, line.Dots[at])
	}
	return cells
}
