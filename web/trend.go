package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"oped/search"
	"oped/search/query"
	"oped/web/cite"
)

// maxCompared is how many queries are compared: more lines than these nobody can tell apart.
const maxCompared = 5

// trend is how often queries were met in each year, month or day, and how many articles there are to compare with.
type trend struct {
	Interval search.Interval
	Queries  []string
	Rows     []trendRow
}

// trendRow is one year, month or day.
type trendRow struct {
	From, To query.Day
	Label    string
	Total    int // of all articles, under the same filters
	Counts   []int
}

// Share is the part of all articles that a query finds, from 0 to 1.
func (r trendRow) Share(i int) float64 {
	if r.Total == 0 {
		return 0
	}
	return float64(r.Counts[i]) / float64(r.Total)
}

// trendRequest reads the queries to compare, and the search whose filters hold for all of them.
func trendRequest(raw string) (queries []string, common search.Request, share bool, err error) {
	params := parseParams(raw)
	p := paramReader{values: params}
	if queries = p.all("q"); len(queries) > maxCompared {
		p.fail("q", queries[maxCompared], fmt.Sprintf("is one too many: %d queries can be compared", maxCompared))
	}
	by := p.last("by")
	if by != "" && by != "count" && by != "share" {
		p.fail("by", by, "is not count or share")
	}
	if p.err != nil {
		return nil, search.Request{}, false, p.err
	}
	if common, err = ParseRequest(params); err != nil {
		return nil, search.Request{}, false, err
	}
	common = firstPage(common)
	common.Query, common.Limit, common.NoSnippets, common.Sort = "", 0, false, ""
	return queries, common, by == "share", nil
}

// trendOf counts. Every number is exact: that of the articles which the same search finds for the same days.
func (s *server) trendOf(ctx context.Context, queries []string, common search.Request) (*trend, error) {
	all, err := s.overTime(ctx, common, "")
	if err != nil {
		return nil, err
	}
	t := &trend{Interval: all.Interval, Queries: queries}
	at := map[search.Bin]int{}
	for _, bin := range all.Histogram {
		at[timeOf(bin, t.Interval)] = len(t.Rows)
		from, to := spanOfBin(bin)
		from = max(from, common.From)
		if common.To != "" {
			to = min(to, common.To)
		}
		t.Rows = append(t.Rows, trendRow{From: from, To: to, Label: labelOf(bin), Total: bin.Count, Counts: make([]int, len(queries))})
	}
	for i, q := range queries {
		res, err := s.overTime(ctx, common, q)
		if err != nil {
			return nil, err
		}
		// A query with dates of its own may be counted by finer intervals.
		for _, bin := range res.Histogram {
			if row, ok := at[timeOf(bin, t.Interval)]; ok {
				t.Rows[row].Counts[i] += bin.Count
			}
		}
	}
	return t, nil
}

func (s *server) overTime(ctx context.Context, common search.Request, q string) (*search.Results, error) {
	common.Query, common.Limit, common.NoSnippets, common.Facets = q, 1, true, []search.FacetField{}
	res, err := s.search(ctx, common)
	if err == nil && res.Partial {
		return nil, fmt.Errorf("web: compare over time: %w", context.DeadlineExceeded)
	}
	return res, err
}

// timeOf is a bin without its count, as wide as an interval.
func timeOf(b search.Bin, interval search.Interval) search.Bin {
	switch interval {
	case search.IntervalDay:
		return search.Bin{Year: b.Year, Month: b.Month, Day: b.Day}
	case search.IntervalMonth:
		return search.Bin{Year: b.Year, Month: b.Month}
	default:
		return search.Bin{Year: b.Year}
	}
}

// spanOfBin is the first and the last day of a bin of any width.
func spanOfBin(b search.Bin) (from, to query.Day) {
	if b.Month == 0 {
		year := fmt.Sprintf("%04d", b.Year)
		return query.Day(year + "-01-01"), query.Day(year + "-12-31")
	}
	first, last := daysOf(b)
	return asDay(first), asDay(last)
}

// labelOf is the year, month or day as ISO 8601 writes it.
func labelOf(b search.Bin) string {
	switch {
	case b.Month == 0:
		return fmt.Sprintf("%04d", b.Year)
	case b.Day == 0:
		return fmt.Sprintf("%04d-%02d", b.Year, b.Month)
	default:
		return fmt.Sprintf("%04d-%02d-%02d", b.Year, b.Month, b.Day)
	}
}

// trendURL is the address of a comparison in one of its forms: "/trend" or "/trend.csv".
func trendURL(path string, queries []string, common search.Request, share bool) string {
	v := make([]string, 0, len(queries)+2)
	for _, q := range queries {
		v = append(v, "q="+url.QueryEscape(q))
	}
	if enc := Encode(common); enc != "" {
		v = append(v, enc)
	}
	if share {
		v = append(v, "by=share")
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + strings.Join(v, "&")
}

// trendAsked is the comparison that a request asks for.
func (s *server) trendAsked(r *http.Request) (*trend, error) {
	queries, common, _, err := trendRequest(r.URL.RawQuery)
	if err != nil {
		return nil, err
	}
	return s.trendOf(r.Context(), queries, common)
}

// trendCSV is the comparison as a table with a row for each query and year, month or day.
func (s *server) trendCSV(w http.ResponseWriter, r *http.Request) error {
	t, err := s.trendAsked(r)
	if err != nil {
		return err
	}
	body, err := t.csv()
	if err != nil {
		return err
	}
	setExportHeaders(w.Header(), "csv", len(t.Queries)*len(t.Rows))
	write(w, r, http.StatusOK, body)
	return nil
}

func (t *trend) csv() ([]byte, error) {
	b := bytes.NewBufferString("\ufeff")
	out := csv.NewWriter(b)
	out.UseCRLF = true
	rows := [][]string{{"date", "query", "count", "total", "share"}}
	for i, q := range t.Queries {
		for _, row := range t.Rows {
			rows = append(rows, []string{row.Label, cite.Cell(q), strconv.Itoa(row.Counts[i]), strconv.Itoa(row.Total),
				strconv.FormatFloat(row.Share(i), 'f', 6, 64)})
		}
	}
	err := out.WriteAll(rows)
	return b.Bytes(), err
}
