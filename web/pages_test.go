package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"oped/search"
	"oped/search/query"
)

func TestHomeSaysWhatTheArchiveHolds(t *testing.T) {
	s := newSite(t, newLibrary(40))
	doc := s.page("/", http.StatusOK)
	if got := folded(doc.Find(".figures")); !strings.HasPrefix(got, "40 articles by ") {
		t.Errorf("figures = %q", got)
	}
	if got := doc.Find(".examples a code").Length(); got != 3 {
		t.Errorf("%d examples, want 3", got)
	}
	if doc.Find("form[action='/search'] input[name=q]").Length() != 1 {
		t.Error("no search box")
	}
}

func TestHomeOffersConfiguredExamples(t *testing.T) {
	s := newSite(t, newLibrary(5), func(c *Config) { c.Examples = []string{`"harbour tax"`} })
	link := s.page("/", http.StatusOK).Find(".examples a").First()
	if link.AttrOr("href", "") != "/search?q=%22harbour+tax%22" || folded(link) != `"harbour tax"` {
		t.Errorf("example is %q to %q", folded(link), link.AttrOr("href", ""))
	}
}

func TestHomeAnswersBeforeTheIndexIsOpen(t *testing.T) {
	lib := newLibrary(1)
	lib.closed = true
	s := newSite(t, lib)
	if got := s.page("/", http.StatusOK).Find("[role=status]").Length(); got != 1 {
		t.Errorf("%d status messages, want 1", got)
	}
	w := s.get("/search?q=a", http.StatusServiceUnavailable)
	if w.Header().Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	s.get("/readyz", http.StatusServiceUnavailable)
	s.get("/healthz", http.StatusOK)
}

func TestResultsShowEveryHit(t *testing.T) {
	s := newSite(t, newLibrary(40))
	doc := s.page("/search?q=harbour+tax&type=op-ed", http.StatusOK)
	if got, want := doc.Find("head > title").Text(), "harbour tax: 8 articles – oped"; got != want {
		t.Errorf("title = %q, want %q", got, want)
	}
	if got := folded(doc.Find(".reading .words")); got != "harbour and tax" {
		t.Errorf("searched as %q", got)
	}
	if got := doc.Find("ol.hits > li.hit").Length(); got != 8 {
		t.Errorf("%d hits, want 8", got)
	}
	hit := doc.Find("li.hit").First()
	for selector, want := range map[string]string{"h2 mark": "harbourtax", ".publication": "", "time": "", ".authors a": "Jane Doe", ".type": "Op-ed"} {
		if got := folded(hit.Find(selector)); hit.Find(selector).Length() == 0 || want != "" && got != want {
			t.Errorf("%s = %q, want %q", selector, got, want)
		}
	}
	if hit.Find(".snippet mark").Length() == 0 {
		t.Error("no marks in snippets")
	}
	if got := doc.Find("li.hit .meta .label").FilterFunction(func(_ int, e *goquery.Selection) bool { return folded(e) == "Partial text" }).Length(); got != 1 {
		t.Errorf("%d hits are labelled partial, want 1", got)
	}
}

// TestFacetCountsEqualTheClick follows every value of every facet and compares.
func TestFacetCountsEqualTheClick(t *testing.T) {
	s := newSite(t, newLibrary(60))
	for _, address := range []string{"/search?q=harbour", "/search?q=harbour&type=op-ed", "/search?pub=Northern+Courier&-type=letter"} {
		doc := s.page(address, http.StatusOK)
		n := 0
		doc.Find(".rail .values li:not(.on):not(.off)").Each(func(_ int, value *goquery.Selection) {
			n++
			href := value.Find("a.value").AttrOr("href", "")
			chosen := s.page(href, http.StatusOK)
			name := folded(value.Find(".name"))
			section := chosen.Find(".rail .values li.on").FilterFunction(func(_ int, e *goquery.Selection) bool {
				return folded(e.Find(".name")) == name
			})
			if folded(value.Find(".n")) != folded(section.Find(".n")) {
				t.Errorf("%s: %q says %s, once chosen %s", address, name, folded(value.Find(".n")), folded(section.Find(".n")))
			}
			if !alreadyFiltered(address, href) && !strings.HasPrefix(folded(chosen.Find("h1")), folded(value.Find(".n"))+" article") {
				t.Errorf("%s: %q says %s, the click gives %s", address, name, folded(value.Find(".n")), folded(chosen.Find("h1")))
			}
		})
		if n < 10 {
			t.Errorf("%s: only %d values", address, n)
		}
	}
}

// alreadyFiltered reports that the facet of the click held a choice before, so that the click makes a union.
func alreadyFiltered(before, after string) bool {
	was, is := queryOf(before), queryOf(after)
	for name := range is {
		if len(is[name]) > len(was[name]) && len(was[name]) > 0 {
			return true
		}
	}
	return false
}

func queryOf(address string) url.Values {
	_, raw, _ := strings.Cut(address, "?")
	return parseParams(raw)
}

func TestFacetsReadAloud(t *testing.T) {
	s := newSite(t, newLibrary(60))
	doc := s.page("/search?pub=Northern+Courier&-type=letter", http.StatusOK)
	if got, want := folded(doc.Find(".rail li.on a.value")), "✓Northern Courier, 12 articles, selected"; got != want {
		t.Errorf("chosen value reads %q, want %q", got, want)
	}
	if got, want := folded(doc.Find(".rail li.off a.value")), "✕Letter, 3 articles, excluded"; got != want {
		t.Errorf("excluded value reads %q, want %q", got, want)
	}
	if got := doc.Find(".rail li.on a[aria-current=true] .tick[aria-hidden=true]").Length(); got != 1 {
		t.Errorf("%d ticks hidden from screen readers, want 1", got)
	}
}

func TestChipsRemoveOneConstraint(t *testing.T) {
	s := newSite(t, newLibrary(60))
	doc := s.page("/search?q=harbour&within=tax&pub=Northern+Courier&-type=letter&from=2010&to=2024", http.StatusOK)
	want := []string{
		"/search?q=harbour&pub=Northern+Courier&-type=letter&from=2010-01-01&to=2024-12-31",
		"/search?q=harbour&within=tax&-type=letter&from=2010-01-01&to=2024-12-31",
		"/search?q=harbour&within=tax&pub=Northern+Courier&from=2010-01-01&to=2024-12-31",
		"/search?q=harbour&within=tax&pub=Northern+Courier&-type=letter",
		"/search?q=harbour",
	}
	var got []string
	doc.Find(".chips a").Each(func(_ int, a *goquery.Selection) { got = append(got, a.AttrOr("href", "")) })
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("chips lead to\n%q, want\n%q", got, want)
	}
}

func TestBarsOfMonthsAndDays(t *testing.T) {
	months := &search.Results{Total: 9, Interval: search.IntervalMonth, Histogram: []search.Bin{{Year: 2020, Month: 2, Count: 3}, {Year: 2020, Month: 3}, {Year: 2020, Month: 4, Count: 6}}}
	req := search.Request{Query: "tax", From: "2020-02-10", To: "2020-12-31", Offset: 20}
	h := datesOf(req, months)
	var got []string
	for _, b := range h.Newest() {
		got = append(got, fmt.Sprint(b.Value.Label, " ", b.Value.Count, " ", b.H, " ", b.Value.URL))
	}
	want := []string{
		"April 2020 6 60 /search?q=tax&from=2020-04-01&to=2020-04-30",
		"February 2020 3 30 /search?q=tax&from=2020-02-10&to=2020-02-29",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("bars of months (-want +got):\n%s", diff)
	}
	req.From, req.To = "2020-04-05", "2020-04-05"
	h = datesOf(req, &search.Results{Total: 2, Interval: search.IntervalDay, Histogram: []search.Bin{{Year: 2020, Month: 4, Day: 5, Count: 2}}})
	if b := h.Bars[0].Value; !b.Included || b.Label != "5 April 2020" || b.URL != "/search?q=tax" {
		t.Errorf("the day that is chosen: %+v", b)
	}
	if h := datesOf(req, &search.Results{Interval: search.IntervalYear, Histogram: []search.Bin{{Year: 2020, Count: 1}}}); h != nil {
		t.Errorf("bars of years are the facet's: %+v", h)
	}
}

func TestHistogramAndTableAgree(t *testing.T) {
	s := newSite(t, newLibrary(60))
	doc := s.page("/search?q=harbour&year=2005", http.StatusOK)
	bars, rows := doc.Find("svg.histogram a"), doc.Find(".yeartable tbody tr")
	if bars.Length() == 0 || bars.Length() != rows.Length() {
		t.Fatalf("%d bars, %d rows", bars.Length(), rows.Length())
	}
	for i := range bars.Length() {
		bar, row := bars.Eq(bars.Length()-1-i), rows.Eq(i)
		title := folded(bar.Find("title"))
		year, n := strings.Fields(folded(row.Find("th")))[0], folded(row.Find("td"))
		if !strings.HasPrefix(title, strings.TrimSuffix(year, ",")+": "+n+" article") {
			t.Errorf("bar %q, row %s %s", title, year, n)
		}
		if bar.AttrOr("href", "") != row.Find("a").AttrOr("href", "?") {
			t.Errorf("%s leads to %q and %q", year, bar.AttrOr("href", ""), row.Find("a").AttrOr("href", ""))
		}
	}
	if doc.Find("svg a.on").Length() != 1 {
		t.Error("the chosen year is not shown as chosen")
	}
}

// TestPagerReachesEveryHit walks "Next" from the first page to the last, past where offsets end.
func TestPagerReachesEveryHit(t *testing.T) {
	s := newSite(t, newLibrary(1250))
	seen := map[string]bool{}
	address := "/search?q=harbour&per_page=100"
	for pages := 0; address != ""; pages++ {
		if pages > 20 {
			t.Fatal("the pager does not end")
		}
		doc := s.page(address, http.StatusOK)
		doc.Find("li.hit .unapi-id").Each(func(_ int, e *goquery.Selection) { seen[e.AttrOr("title", "")] = true })
		address = doc.Find(".pager a[rel=next]").AttrOr("href", "")
	}
	if len(seen) != 1250 {
		t.Errorf("saw %d different articles, want 1250", len(seen))
	}
}

func TestPageNumbers(t *testing.T) {
	for _, tt := range []struct {
		current, last int
		want          string
	}{
		{1, 1, "[]"}, {1, 2, "[1 2]"}, {1, 9, "[1 2 3 0 9]"}, {5, 9, "[1 0 3 4 5 6 7 0 9]"}, {9, 9, "[1 0 7 8 9]"}, {12, 9, "[1 0 9 0]"},
	} {
		if got := fmt.Sprint(pageNumbers(tt.current, tt.last)); got != tt.want {
			t.Errorf("pageNumbers(%d, %d) = %s, want %s", tt.current, tt.last, got, tt.want)
		}
	}
}

func TestNoHitsHelps(t *testing.T) {
	s := newSite(t, newLibrary(30))
	doc := s.page("/search?q=harbour&year=1999&type=letter", http.StatusOK)
	if got := folded(doc.Find("h1")); got != "No articles" {
		t.Errorf("h1 = %q", got)
	}
	links := map[string]string{}
	doc.Find(".zero li > a").Each(func(_ int, a *goquery.Selection) { links[folded(a)] = folded(a.Parent().Find(".n")) })
	if links["without year: 1999"] != "6 articles" || links["only the words, without any filter"] != "30 articles" {
		t.Errorf("relaxations = %v", links)
	}
	if _, ok := links["without type: letter"]; ok {
		t.Error("offers a relaxation that finds nothing")
	}
	if got := folded(doc.Find(".culprit")); got != "year: 1999 0 articles no article has this without it 6 articles" {
		t.Errorf("culprit = %q", got)
	}
}

func TestDidYouMean(t *testing.T) {
	s := newSite(t, newLibrary(30))
	doc := s.page("/search?q=harbor&type=letter", http.StatusOK)
	link := doc.Find(".meant a")
	if got := link.AttrOr("href", ""); folded(link) != "harbour" || got != "/search?q=harbour&type=letter" {
		t.Errorf("offers %q at %q", folded(link), got)
	}
	if got := folded(doc.Find(".meant .n")); got != "6 articles" {
		t.Errorf("count = %q", got)
	}
	if doc = s.page("/search?q=harbour&type=letter", http.StatusOK); doc.Find(".meant, .zero").Length() != 0 {
		t.Error("advice where enough is found")
	}
}

func TestOtherSpellingsAreOneClickOff(t *testing.T) {
	s := newSite(t, newLibrary(30))
	doc := s.page("/search?q=ferries&pub=Northern+Courier", http.StatusOK)
	if got := folded(doc.Find(".reading").Eq(1)); got != "Also searched Feries (3), <b> (1) · only as typed" {
		t.Errorf("also searched = %q", got)
	}
	off := doc.Find("a.variants").AttrOr("href", "")
	if off != "/search?q=ferries&pub=Northern+Courier&variants=off" {
		t.Fatalf("off = %q", off)
	}
	doc = s.page(off, http.StatusOK)
	if got := folded(doc.Find(".reading").Eq(1)); got != "Names are searched only as typed · other spellings too" {
		t.Errorf("reading = %q", got)
	}
	if got := doc.Find("a.variants").AttrOr("href", ""); got != "/search?q=ferries&pub=Northern+Courier" {
		t.Errorf("on = %q", got)
	}
	links := doc.Find(".rail a, .sorts a, .chips a, .hits h2 a, .keep a, .pager a")
	for i := range links.Length() {
		if href := links.Eq(i).AttrOr("href", ""); strings.HasPrefix(href, "/") && strings.Contains(href, "?q=ferries") && !strings.Contains(href, "variants=off") {
			t.Errorf("%s turns the other spellings on again", href)
		}
	}
}

func TestFacetPageFiltersAndPages(t *testing.T) {
	lib := newLibrary(250)
	for i, a := range lib.articles {
		if i != 2 {
			a.Authors[0].Name = fmt.Sprintf("Author %d", i)
		}
	}
	s := newSite(t, lib)
	doc := s.page("/facet/author?q=harbour", http.StatusOK)
	if got := doc.Find(".values li").Length(); got != facetPageSize {
		t.Errorf("%d values on the first page, want %d", got, facetPageSize)
	}
	next := doc.Find("a[rel=next]").AttrOr("href", "")
	if next != "/facet/author?q=harbour&values=2" {
		t.Errorf("next = %q", next)
	}
	if got := s.page(next, http.StatusOK).Find(".values li").Length(); got != facetPageSize {
		t.Errorf("%d values on the second page", got)
	}
	doc = s.page("/facet/author?q=harbour&prefix=24", http.StatusOK)
	if got := doc.Find(".values li").Length(); got != 11 {
		t.Errorf("%d values begin with 24, want 11", got)
	}
	if got := doc.Find("a.value").First().AttrOr("href", ""); !strings.HasPrefix(got, "/search?q=harbour&author=Author+24") {
		t.Errorf("value leads to %q", got)
	}
}

func TestAuthorPageEqualsTheSearch(t *testing.T) {
	lib := newLibrary(60)
	s := newSite(t, lib)
	page, equal := s.page("/author/jane-doe", http.StatusOK), s.page("/search?author=Jane+Doe&sort=newest", http.StatusOK)
	if got := folded(page.Find("h1")); got != "Jane Doe" {
		t.Errorf("h1 = %q", got)
	}
	if got := folded(page.Find(".lead")); !strings.HasPrefix(got, "12 articles · 2005–20") || !strings.Contains(got, "4 publications") {
		t.Errorf("lead = %q", got)
	}
	if folded(page.Find(".hits")) != folded(equal.Find(".hits")) {
		t.Error("the author's page and the search differ")
	}
	if page.Find(".reading").Length() != 0 {
		t.Error("says how an empty query was read")
	}
	if !strings.Contains(folded(s.page("/author/jane-doe?sort=oldest", http.StatusOK).Find(".notes")), "fellow at the Institute") {
		t.Error("no author's note")
	}
	s.page("/publication/le-matin-de-la-cote", http.StatusOK)
}

func TestLookupLeadsToThePermalink(t *testing.T) {
	lib := newLibrary(3)
	s := newSite(t, lib)
	w := s.get("/article?url="+url.QueryEscape(lib.articles[1].URL), http.StatusFound)
	if got := w.Header().Get("Location"); got != permalink(lib.articles[1].ID) {
		t.Errorf("Location = %q", got)
	}
	s.get("/article?url=https://elsewhere.example/", http.StatusNotFound)
	s.get("/article", http.StatusBadRequest)
}

// TestHelpShowsTheManual wants every example of the manual as a link to the search it describes.
func TestHelpShowsTheManual(t *testing.T) {
	doc := newSite(t, newLibrary(3)).page("/help", http.StatusOK)
	links := doc.Find(".manual th a")
	n := 0
	for _, section := range query.Manual() {
		for _, e := range section.Examples {
			link := links.Eq(n)
			if got := queryOf(link.AttrOr("href", "")).Get("q"); got != e.Query || link.Text() != e.Query {
				t.Errorf("example %q is shown as %q and searches for %q", e.Query, link.Text(), got)
			}
			n++
		}
	}
	if links.Length() != n || n == 0 {
		t.Errorf("%d links for %d examples", links.Length(), n)
	}
}

func TestLengthsStandInTheirOrder(t *testing.T) {
	got := ordered(search.Facet{Field: search.FacetLength, Values: []search.FacetValue{
		{Value: "2000+", Count: 9}, {Value: search.NoValue, Count: 8}, {Value: "1-399", Count: 7}, {Value: "400-799", Count: 6},
	}})
	want := []string{"1-399", "400-799", "2000+", search.NoValue}
	for i := range want {
		if got[i].Value != want[i] {
			t.Errorf("value %d is %q, want %q", i, got[i].Value, want[i])
		}
	}
}

func TestWarningsOfTheSearchAreShown(t *testing.T) {
	req := search.Request{Query: "a"}
	got := notices(req, &search.Results{Reading: search.Reading{Warnings: []string{"say so"}}}, nil)
	if len(got) != 1 || got[0].Text != "say so" {
		t.Errorf("notices = %v", got)
	}
}

func TestNoticeStandsOnEveryPage(t *testing.T) {
	lib := newLibrary(3)
	s := newSite(t, lib, func(c *Config) { c.Notice = func() string { return "The index is <old>." } })
	for _, address := range []string{"/", "/search?q=harbour", permalink(lib.articles[0].ID), "/help", "/lines?q=harbour"} {
		if got := folded(s.page(address, http.StatusOK).Find("main > .notice")); got != "The index is <old>." {
			t.Errorf("%s: the notice is %q", address, got)
		}
	}
}
