package web

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestDecompose(t *testing.T) {
	for _, tt := range []struct {
		q    string
		want advancedForm
	}{
		{"", advancedForm{}},
		{"carbon tax", advancedForm{All: "carbon tax"}},
		{`carbon "cap and trade" (uk OR "north sea") headline:levy author:"Jane Doe" -opinion -"news in brief"`, advancedForm{
			All: "carbon", Phrase: "cap and trade", Any: `uk "north sea"`, None: `opinion "news in brief"`, Headline: "levy", Byline: "Jane Doe",
		}},
		{"kuril! W/10 japan", advancedForm{Rest: "kuril! W/10 japan"}},
		{"tax OR duty", advancedForm{Rest: "tax OR duty"}},
		{`"b" a`, advancedForm{Rest: `"b" a`}},
		{"tax LENGTH>800", advancedForm{All: "tax", Rest: "LENGTH>800"}},
		{"two  spaces", advancedForm{Rest: "two  spaces"}},
	} {
		if got := decompose(tt.q); got != tt.want {
			t.Errorf("decompose(%q) = %+v, want %+v", tt.q, got, tt.want)
		}
	}
}

func FuzzDecompose(f *testing.F) {
	for _, q := range []string{`a "b c" (d OR e) -f headline:g author:"h i" j:k`, `"`, "((", "- -a", "\t a", "(a OR b) (c OR d)"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		form := decompose(q)
		if got := form.compose(); got != q && form != (advancedForm{Rest: q}) {
			t.Errorf("decompose(%q) = %+v, which composes to %q", q, form, got)
		}
	})
}

// TestAdvancedFormRoundTrips opens the form for a search, sends it as it is, and wants the same search.
func TestAdvancedFormRoundTrips(t *testing.T) {
	s := newSite(t, newLibrary(30))
	for _, search := range []string{
		"/search", "/search?q=carbon+tax", "/search?q=kuril%21+W%2F10+japan&sort=oldest",
		"/search?q=a+%22b+c%22+-d&within=x&pub=Northern+Courier&pub=Unknown+Paper&-author=Jane+Doe&type=op-ed&type=letter&from=2018-01-01&to=2019-12-31&sort=newest&per_page=50",
	} {
		address := s.page(search, http.StatusOK).Find(".masthead nav a[href^='/advanced']").AttrOr("href", "")
		v := url.Values{}
		s.page(address, http.StatusOK).Find("form.advanced [name]").Each(func(_ int, e *goquery.Selection) {
			_, checked := e.Attr("checked")
			switch value := e.AttrOr("value", ""); {
			case goquery.NodeName(e) == "select":
				v.Add(e.AttrOr("name", ""), e.Find("[selected]").AttrOr("value", ""))
			case e.AttrOr("type", "") != "checkbox" || checked:
				v.Add(e.AttrOr("name", ""), value)
			}
		})
		w := s.get("/advanced?"+v.Encode(), http.StatusSeeOther)
		got, err := ParseRequest(queryOf(w.Header().Get("Location")))
		if err != nil {
			t.Fatal(err)
		}
		want, err := ParseRequest(queryOf(search))
		if err != nil {
			t.Fatal(err)
		}
		if Encode(got) != Encode(want) {
			t.Errorf("%s came back as %s", search, w.Header().Get("Location"))
		}
	}
}
