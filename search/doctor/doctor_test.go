package doctor

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"oped/search"
)

// library has twelve articles on carbon taxes, six of them on mediation, and one that names a zeppelin.
func library() *shelf {
	var bodies []string
	for i := range 12 {
		body := "A carbon levy, or tax, is fair."
		if i%2 == 0 {
			body += " Talks on mediation over the Kuril islands went on."
		}
		if i == 3 {
			body = "A zeppelin flew over the harbour."
		}
		bodies = append(bodies, body)
	}
	return newShelf(bodies...)
}

func TestExamine(t *testing.T) {
	letters := map[search.FacetField]search.Filter{search.FacetType: {Include: []string{"letter"}}}
	for _, tt := range []struct {
		name    string
		request search.Request
		want    string
	}{
		{"a part kills", search.Request{Query: "carbon tax zeppelin"},
			"parts: carbon 11/0, tax 11/0, zeppelin 1/11!; relaxations: without zeppelin 11, any of these words 12"},
		{"a word that nobody has", search.Request{Query: "carbon qqqqqq"},
			"parts: carbon 11/0, qqqqqq 0/11!; relaxations: without qqqqqq 11, either of these words 11"},
		{"a word spelt wrongly", search.Request{Query: "mediction"}, "suggestions: mediation 6"},
		{"several, what was typed kept", search.Request{Query: "Mediction  AND (karbon)"}, "suggestions: Mediation  AND (carbon) 6; " +
			"parts: Mediction 0/0!, karbon 0/0!"},
		{"words spelt wrongly that no article has together", search.Request{Query: "mediction Zeppelim"}, "suggestions: mediation OR Zeppelin 7; " +
			"parts: mediction 0/0!, Zeppelim 0/0!"},
		{"a phrase", search.Request{Query: `"carbon tax"`}, `parts: "carbon" 11/-, "tax" 11/-; relaxations: the words of "carbon tax" anywhere 11`},
		{"in a phrase", search.Request{Query: `"karbon levy"`}, `suggestions: "carbon levy" 11; parts: "karbon" 0/-!, "levy" 11/-`},
		{"too near", search.Request{Query: "carbon W/2 fair"},
			"parts: carbon 11/-, fair 11/-; relaxations: at most 5 words apart, not 2 11, anywhere in the article, however far apart 11"},
		{"in the wrong place", search.Request{Query: "headline:carbon"}, "relaxations: anywhere, not only in the headline 11"},
		{"in the byline, but meant the note", search.Request{Query: "byline:carbon"}, "relaxations: anywhere, not only in the byline 11"},
		{"a filter kills", search.Request{Query: "mediation", Filters: letters},
			"parts: mediation 6/6, type: letter 6/6!; relaxations: without mediation 6, without type: letter 6"},
		{"a date kills", search.Request{Query: "mediation", To: "1999-12-31"},
			"parts: mediation 6/0, published up to 1999-12-31 0/6!; relaxations: without published up to 1999-12-31 6"},
		{"two filters kill", search.Request{Query: "mediation", To: "1999-12-31", Filters: letters}, "parts: mediation 6/0, type: letter 6/0, " +
			"published up to 1999-12-31 0/0!; relaxations: without mediation and published up to 1999-12-31 6, " +
			"without type: letter and published up to 1999-12-31 6, only the words, without any filter 6"},
		{"within", search.Request{Query: "carbon", Within: []string{"zeppelin"}},
			"parts: carbon 11/1, zeppelin 1/11!; relaxations: without “zeppelin” within the results 11, without carbon 1"},
		{"enough", search.Request{Query: "carbon"}, ""},
		{"nothing asked for that is near anything", search.Request{Query: "qqqqqq"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, _ := examine(t, library(), tt.request)
			if got := describe(d); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// describe writes a diagnosis on one line.
func describe(d *Diagnosis) string {
	if d == nil {
		return ""
	}
	var out []string
	offers := func(label string, list []Offer) {
		var texts []string
		for _, o := range list {
			texts = append(texts, fmt.Sprintf("%s %d", o.Text, o.Count))
		}
		if len(texts) > 0 {
			out = append(out, label+": "+strings.Join(texts, ", "))
		}
	}
	offers("suggestions", d.Suggestions)
	var parts []string
	for _, p := range d.Parts {
		text := fmt.Sprintf("%s %d/%d", p.Text, p.Alone, p.Without)
		if p.Without < 0 {
			text = fmt.Sprintf("%s %d/-", p.Text, p.Alone)
		}
		if p.Culprit {
			text += "!"
		}
		parts = append(parts, text)
	}
	if len(parts) > 0 {
		out = append(out, "parts: "+strings.Join(parts, ", "))
	}
	offers("relaxations", d.Relaxations)
	if d.Incomplete {
		out = append(out, "incomplete")
	}
	return strings.Join(out, "; ")
}

func TestExamineIsBounded(t *testing.T) {
	s := newspaper(rand.New(rand.NewPCG(1, 1)), 20)
	for _, text := range []string{
		strings.Repeat("karbon ", 250), strings.Repeat("(a W/2 b) OR ", 60) + "c", strings.Repeat("(", 45) + "qqqq" + strings.Repeat(")", 45),
		`"` + strings.Repeat("mediction ", 200) + `"`, strings.Repeat("x", 5000), "qqqq*", "-carbon -tax -putin", "\u202e\u0301\x00 karbon",
	} {
		s.asked = 0
		d := Examine(t.Context(), s, search.Request{Query: text}, 0, now)
		if s.asked > maxTrials {
			t.Errorf("%.30q: %d counts, want at most %d", text, s.asked, maxTrials)
		}
		if d != nil && (len(d.Parts) > maxParts+2 || len(d.Relaxations) > maxRelaxations || len(d.Suggestions) > maxSuggestions) {
			t.Errorf("%.30q: %d parts, %d relaxations, %d suggestions", text, len(d.Parts), len(d.Relaxations), len(d.Suggestions))
		}
	}
}

func TestExamineSurvivesFaults(t *testing.T) {
	s := library()
	s.fail = errors.New("no disk")
	if d := Examine(t.Context(), s, search.Request{Query: "carbon zeppelin"}, 0, now); d != nil {
		t.Errorf("got %s, want nothing", describe(d))
	}
	if d := Examine(t.Context(), library(), search.Request{Query: "(carbon"}, 0, now); d != nil {
		t.Errorf("got %s of a query that cannot be read", describe(d))
	}
}

// TestOffersAreTrue counts again what is offered, and follows suggestions to their end.
func TestOffersAreTrue(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	s := newspaper(r, 60)
	words := strings.Fields("carbn tax taxs mediction medtation putni kurli zepelin senat headline:tax -peace peace OR economi \"tax peace\" " +
		"W/1 AND weapon date:2003 type:letter island")
	offered, followed := 0, 0
	for range 120 {
		var text []string
		for range 1 + r.IntN(4) {
			text = append(text, words[r.IntN(len(words))])
		}
		request := search.Request{Query: strings.Join(text, " ")}
		if _, err := s.Count(t.Context(), request); err != nil {
			continue
		}
		for steps := 0; ; steps++ {
			d, total := examine(t, s, request)
			offered += checkOffers(t, s, d, total)
			if d == nil || len(d.Suggestions) == 0 {
				break
			}
			if steps > len(s.docs) {
				t.Fatalf("%q: suggestions do not end", strings.Join(text, " "))
			}
			request, followed = d.Suggestions[r.IntN(len(d.Suggestions))].Request, followed+1
		}
	}
	t.Logf("%d offers counted again, %d suggestions followed", offered, followed)
	if offered < 100 || followed < 10 {
		t.Errorf("%d offers and %d suggestions are too few to test anything", offered, followed)
	}
}

// checkOffers counts again; each offer must find more than is found now.
func checkOffers(t *testing.T, s *shelf, d *Diagnosis, total int) int {
	t.Helper()
	if d == nil {
		return 0
	}
	offers := append(d.Suggestions[:len(d.Suggestions):len(d.Suggestions)], d.Relaxations...)
	for _, o := range offers {
		n, err := s.Count(t.Context(), o.Request)
		if err != nil || n != o.Count || n <= total {
			t.Errorf("offer %q of %+v: %d said, %d found (%v), %d before", o.Text, o.Request, o.Count, n, err, total)
		}
	}
	for _, p := range d.Parts {
		if n, err := s.Count(t.Context(), p.Request); err != nil || n != p.Alone {
			t.Errorf("part %q: %d said, %d found (%v)", p.Text, p.Alone, n, err)
		}
	}
	return len(offers)
}
