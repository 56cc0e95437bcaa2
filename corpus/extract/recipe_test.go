package extract

import (
	"errors"
	"testing"
	"time"

	"oped/corpus"
)

func TestParseRecipesNamesTheLineOfAFault(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"no list", "{}", `extract: recipe r.json:1: want a list of recipes: [{"site": ...}]`},
		{"a bad selector", "[\n {\"site\": \"a.example\",\n  \"body\": \"div[\"}\n]", `extract: recipe r.json:3: selector "div[" of "body": `},
		{"a bad selector with a sign of HTML", "[\n {\"site\": \"a.example\",\n  \"body\": \"div >\"}\n]", `extract: recipe r.json:3: selector "div >" of "body": `},
		{"a bad removal", "[\n {\"site\": \"a.example\",\n  \"remove\": [\".ok\",\n \"::\"]}\n]", `extract: recipe r.json:4: selector "::" of "remove": `},
		{"no site", "[\n {\"body\": \"div\"}\n]", "extract: recipe r.json:"},
		{"an unknown field", "[\n {\"sight\": \"a.example\"}\n]", "extract: recipe r.json:"},
		{"a bad day", "[{\"site\": \"a.example\", \"from\": \"May 2020\"}]", `extract: recipe r.json:1: "May 2020" is no day: write it as 2021-03-01`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseRecipes("r.json", []byte(tt.in))
			var fault *RecipeError
			if !errors.As(err, &fault) {
				t.Fatalf("ParseRecipes error = %v, want a *RecipeError", err)
			}
			if got := err.Error(); len(got) < len(tt.want) || got[:len(tt.want)] != tt.want {
				t.Errorf("error = %q, want %q...", got, tt.want)
			}
		})
	}
}

const recipePage = `<html><body><div class="x"><h2 class="t">The ferry must stay</h2><span class="w">Jane Doe</span><i class="d">1 May 2018</i>
<div class="b"><p>The harbour board of Port Ellery will vote on Thursday on whether to let the night ferry die, and it should not.</p><p class="junk">Buy our calendar with twelve views of the harbour, now at half the price it had before.</p></div></div></body></html>`

func TestRecipeGoesBeforeTheGenericPath(t *testing.T) {
	recipes, err := ParseRecipes("r.json", []byte(`[
		{"site": "paper.example", "until": "2019-12-31", "headline": "h9"},
		{"site": "paper.example", "from": "2020-01-01", "headline": ".t", "author": ".w", "date": ".d", "body": ".b", "remove": [".junk"]}]`))
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(WithRecipes(recipes...), WithoutBuiltin())
	if err != nil {
		t.Fatal(err)
	}
	a, err := e.Extract(&corpus.Page{URL: "https://www.paper.example/a", MediaType: "text/html", Body: []byte(recipePage), Fetched: fetched})
	if err != nil {
		t.Fatal(err)
	}
	if a.Headline != "The ferry must stay" || show(a.Authors) != "Jane Doe" || a.Published.Day() != "2018-05-01" || a.Published.Source != "recipe" || len(a.Body) != 1 {
		t.Errorf("Extract = %q, %q, %v, %v", a.Headline, show(a.Authors), a.Published, a.Body)
	}
}

func TestRecipeHoldsForItsDaysAndSubdomains(t *testing.T) {
	recipes, err := ParseRecipes("r.json", []byte(`[{"site": "paper.example", "until": "2019-12-31"}, {"site": "www.paper.example", "from": "2020-01-01", "body": "x"}]`))
	if err != nil {
		t.Fatal(err)
	}
	book := newRecipeBook(recipes)
	day := func(s string) time.Time {
		d, ok := parseStamp(s)
		if !ok {
			t.Fatal(s)
		}
		return d.Time
	}
	for _, tt := range []struct {
		address, fetched string
		want             *Recipe
	}{
		{"https://blog.paper.example/a", "2019-06-01", recipes[0]},
		{"https://paper.example/a", "2020-06-01", recipes[1]},
		{"https://newspaper.example/a", "2020-06-01", nil},
		{"", "2020-06-01", nil},
	} {
		if got := book.find(tt.address, day(tt.fetched)); got != tt.want {
			t.Errorf("find(%q, %s) = %v, want %v", tt.address, tt.fetched, got, tt.want)
		}
	}
}

func TestBuiltinRecipesCompile(t *testing.T) {
	if sites := newTestExtractor(t).Sites(); len(sites) == 0 {
		t.Error("no built-in recipes")
	}
}
