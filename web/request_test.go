package web

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"oped/search"
	"oped/search/query"
)

func TestParseRequestReadsParameters(t *testing.T) {
	got, err := ParseRequest(parseParams("q=carbon+tax&within=uk&within=steel&pub=Guardian&pub=NYT&-type=letter&year=2018&from=2018-02&to=2018-02&sort=oldest&page=3&per_page=20&colour=blue"))
	if err != nil {
		t.Fatalf("ParseRequest: %v", err)
	}
	want := search.Request{
		Query: "carbon tax", Within: []string{"uk", "steel"}, From: "2018-02-01", To: "2018-02-28", Sort: search.SortOldest,
		Offset: 40, Limit: 20,
		Filters: map[search.FacetField]search.Filter{
			search.FacetPublication: {Include: []string{"Guardian", "NYT"}},
			search.FacetType:        {Exclude: []string{"letter"}},
			search.FacetYear:        {Include: []string{"2018"}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ParseRequest (-want +got):\n%s", diff)
	}
}

func TestParseRequestReadsAliases(t *testing.T) {
	got, err := ParseRequest(parseParams("from-date=2018-01-01&to-date=2018-12-31T23:59:59Z&page-size=5&order-by=newest"))
	if err != nil {
		t.Fatalf("ParseRequest: %v", err)
	}
	want := search.Request{From: "2018-01-01", To: "2018-12-31", Limit: 5, Sort: search.SortNewest}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ParseRequest (-want +got):\n%s", diff)
	}
}

func TestParseRequestTakesRoughAddresses(t *testing.T) {
	for _, tt := range []struct{ raw, want string }{
		{"q=100%", "100%"},
		{"q=a;b", "a;b"},
		{"q=%zz+b", "%zz b"},
		{"q=", ""},
		{"&&q=a&&", "a"},
		{"q=a&q=b", "b"},
		{"q=%ff%00", "\xff\x00"},
	} {
		got, err := ParseRequest(parseParams(tt.raw))
		if err != nil || got.Query != tt.want {
			t.Errorf("ParseRequest(%q) = %q, %v, want %q", tt.raw, got.Query, err, tt.want)
		}
	}
}

func TestParseRequestNamesTheBadParameter(t *testing.T) {
	for _, tt := range []struct{ raw, param string }{
		{"from=yesterday", "from"},
		{"to=2018-13", "to"},
		{"from=2019&to=2018", "to"},
		{"sort=best", "sort"},
		{"page=0", "page"},
		{"page=x", "page"},
		{"page=102", "page"},
		{"per_page=101", "per_page"},
		{"per_page=-1", "per_page"},
		{"year=18", "year"},
		{"-year=x", "-year"},
		{"facets=colour", "facets"},
		{"facet_limit=1001", "facet_limit"},
		{"snippets=perhaps", "snippets"},
		{"page-size=1000", "per_page"},
	} {
		_, err := ParseRequest(parseParams(tt.raw))
		var bad *ParamError
		if !errors.As(err, &bad) || bad.Param != tt.param {
			t.Errorf("ParseRequest(%q) = %v, want a ParamError about %s", tt.raw, err, tt.param)
		}
	}
}

func TestCursorLiftsTheBoundOnPages(t *testing.T) {
	got, err := ParseRequest(parseParams("page=5000&cursor=abc"))
	if err != nil || got.Offset != 49990 {
		t.Errorf("offset = %d, %v, want 49990", got.Offset, err)
	}
}

// TestRequestRoundTrip holds the property that every link depends on: an address made of a request gives it back.
func TestRequestRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		want := randomRequest(rnd)
		enc := Encode(want)
		got, err := ParseRequest(parseParams(enc))
		if err != nil {
			t.Fatalf("ParseRequest(%q): %v", enc, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("through %q (-want +got):\n%s", enc, diff)
		}
		if strict, err := url.ParseQuery(enc); err != nil || len(strict) == 0 && enc != "" {
			t.Fatalf("Encode made %q, which net/url reads as %v, %v", enc, strict, err)
		}
		if again := Encode(got); again != enc {
			t.Fatalf("Encode is not stable: %q, then %q", enc, again)
		}
	}
}

func randomRequest(rnd *rand.Rand) search.Request {
	r := search.Request{
		Query: randomText(rnd), Sort: append(sorts, "")[rnd.IntN(len(sorts)+1)],
		NoSnippets: rnd.IntN(8) == 0, Explain: rnd.IntN(8) == 0, NoVariants: rnd.IntN(8) == 0, NoFold: rnd.IntN(8) == 0,
	}
	if rnd.IntN(2) == 0 {
		r.Limit = 1 + rnd.IntN(search.MaxLimit)
	}
	r.Offset = rnd.IntN(5) * limitOf(r)
	if rnd.IntN(4) == 0 {
		r.Cursor, r.Offset = "c"+randomText(rnd), rnd.IntN(100_000)*limitOf(r)
	}
	if rnd.IntN(3) == 0 {
		r.Within = []string{"w1 " + randomText(rnd), "w2" + randomText(rnd)}
	}
	if rnd.IntN(3) == 0 {
		r.From = query.Day(fmt.Sprintf("20%02d-02-%02d", rnd.IntN(50), 1+rnd.IntN(28)))
	}
	if rnd.IntN(3) == 0 {
		r.To = query.Day(fmt.Sprintf("20%02d-11-%02d", 50+rnd.IntN(50), 1+rnd.IntN(28)))
	}
	for _, f := range facetParams {
		if rnd.IntN(4) > 0 {
			continue
		}
		value := "v" + randomText(rnd)
		if f.field == search.FacetYear {
			value = fmt.Sprint(1000 + rnd.IntN(9000))
		}
		change := include
		if rnd.IntN(2) == 0 {
			change = exclude
		}
		page := r
		r = change(r, f.field, value)
		r.Offset, r.Cursor = page.Offset, page.Cursor
	}
	switch rnd.IntN(6) {
	case 0:
		r.Facets = []search.FacetField{}
	case 1:
		r.Facets = []search.FacetField{search.FacetAuthor, search.FacetYear}
	}
	return r
}

func randomText(rnd *rand.Rand) string {
	alphabet := []string{"a", "Z", " b", "&", "=", "+", "%", "#", ";", "é", "ж", "\"", "<", ">", "\xff", "\x00", "/", "?", "日"}
	s := ""
	for range rnd.IntN(6) {
		s += alphabet[rnd.IntN(len(alphabet))]
	}
	if s != "" && s[0] == ' ' {
		s = "x" + s
	}
	return s
}

func TestLinksChangeOneThing(t *testing.T) {
	r, err := ParseRequest(parseParams("q=a&pub=G&-pub=N&from=2018&page=4&sort=oldest"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		got  search.Request
		want string
	}{
		{"choose one more", include(r, search.FacetPublication, "T"), "q=a&pub=G&pub=T&-pub=N&from=2018-01-01&sort=oldest"},
		{"choose what was excluded", include(r, search.FacetPublication, "N"), "q=a&pub=G&pub=N&from=2018-01-01&sort=oldest"},
		{"exclude what was chosen", exclude(r, search.FacetPublication, "G"), "q=a&-pub=N&-pub=G&from=2018-01-01&sort=oldest"},
		{"give up", release(r, search.FacetPublication, "G"), "q=a&-pub=N&from=2018-01-01&sort=oldest"},
		{"other order", sorted(r, search.SortNewest), "q=a&pub=G&-pub=N&from=2018-01-01&sort=newest"},
		{"no dates", withoutDates(r), "q=a&pub=G&-pub=N&sort=oldest"},
		{"untouched", r, "q=a&pub=G&-pub=N&from=2018-01-01&sort=oldest&page=4"},
	} {
		if got := Encode(tt.got); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func FuzzParseRequest(f *testing.F) {
	f.Add("q=a&pub=b&-author=%zz&page=3&from=2018")
	f.Add("year=2018&cursor=%00&facets=none")
	f.Fuzz(func(t *testing.T, raw string) {
		r, err := ParseRequest(parseParams(raw))
		if err != nil {
			return
		}
		enc := Encode(r)
		again, err := ParseRequest(parseParams(enc))
		if err != nil {
			t.Fatalf("%q became %q: %v", raw, enc, err)
		}
		if diff := cmp.Diff(r, again); diff != "" {
			t.Errorf("%q became %q (-want +got):\n%s", raw, enc, diff)
		}
	})
}
