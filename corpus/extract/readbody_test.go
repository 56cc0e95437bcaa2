package extract

import (
	"slices"
	"strings"
	"testing"

	"oped/corpus"
)

// sentences is a paragraph of about the given number of words on a subject.
func sentences(subject string, words int) string {
	s := ""
	for n := 0; n < words; n += 12 {
		s += "The " + subject + " has crossed the sound for a hundred years, and must stay. "
	}
	return strings.TrimSpace(s)
}

// TestBodyRules tries the rules that come after the models, on a choice that takes all blocks.
func TestBodyRules(t *testing.T) {
	boat := sentences("night boat", 30)
	for _, tt := range []struct {
		name, html, text string
		kept             bool
	}{
		{"a standfirst", `<p class="standfirst">Why the town needs its last boat.</p><p>` + boat + `</p>`, "Why the town needs its last boat.", false},
		{"the first paragraph in an element that is called a summary", `<div class="text-with-summary"><p>` + boat + `</p><p>` + sentences("town", 40) + `</p></div>`, boat, true},
		{"a pull quote", `<p>` + boat + `</p><aside class="pull-quote">Crossed the sound for a hundred years</aside>`, "Crossed the sound for a hundred years", false},
		{"a quotation of other words", `<p>` + boat + `</p><blockquote class="pull-quote">I have sailed on it since I was nine.</blockquote>`, "I have sailed on it since I was nine.", true},
		{"a pointer", `<p>` + boat + `</p><p>Read more: <a href="/x">The boat that was late</a></p>`, "Read more: The boat that was late", false},
		{"a label of pointers", `<p>` + boat + `</p><h3>You might also like:</h3>`, "You might also like:", false},
		{"a short sentence that a label begins like", `<p>` + boat + `</p><p>Find out now!</p>`, "Find out now!", true},
		{"a Russian pointer", `<p>` + boat + `</p><p>Читайте также: <a href="/x">Кто починит мост</a></p>`, "Читайте также: Кто починит мост", false},
		{"an offer at the paywall", `<p>` + boat + `</p><div class="paywall"><p>Try one month for a crown.</p><p>Already a subscriber? Log in</p></div>`, "Try one month for a crown.", false},
		{"a paragraph behind a paywall", `<p>` + boat + `</p><div class="paywall"><p>` + sentences("fare", 40) + `</p></div>`, sentences("fare", 40), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := newTestExtractor(t).open(&corpus.Page{MediaType: "text/html", Fetched: fetched,
				Body: []byte("<title>Keep the boat afloat</title><h1>Keep the boat afloat</h1>" + tt.html)})
			if err != nil {
				t.Fatal(err)
			}
			keep := make([]bool, len(r.layout.blocks))
			for i := range keep {
				keep[i] = true
			}
			r.trim(keep)
			i := slices.IndexFunc(r.layout.blocks, func(b block) bool { return b.text == tt.text })
			if i < 0 || keep[i] != tt.kept {
				t.Errorf("block %d is kept: %v, want %v", i, i >= 0 && keep[i], tt.kept)
			}
		})
	}
}

func TestLayoutPartsWords(t *testing.T) {
	for _, tt := range []struct{ name, html, want string }{
		{"names and dates that only style parts", `<div><span>Jane Doe</span><span>May 4, 2020</span></div>`, "Jane Doe May 4, 2020"},
		{"a word with a letter set off", `<p><b>T</b>he boat</p>`, "The boat"},
		{"a power", `<p>ten <i>m</i><sup>2</sup></p>`, "ten m2"},
		{"words for screen readers", `<p>It was <a href="/x">late<span class="sr-only">, opens in a new tab</span></a> again.</p>`, "It was late again."},
		{"a short word for screen readers", `<p><span class="screen-reader-text">By </span><span>Jane Doe</span></p>`, "By Jane Doe"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root, err := parse(tt.html)
			if err != nil {
				t.Fatal(err)
			}
			if l := layOut(root); len(l.blocks) != 1 || l.blocks[0].text != tt.want {
				t.Errorf("blocks = %+v, want one of %q", l.blocks, tt.want)
			}
		})
	}
}

func TestPaywalledTeaserIsNoLoginPage(t *testing.T) {
	page := `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Keep the boat","isAccessibleForFree":"False"}</script>
<h1>Keep the boat</h1><article><p>` + sentences("night boat", 40) + `</p><p>` + sentences("town", 40) + `</p></article>
<div class="paywall"><p>To continue reading, become a subscriber.</p><p>Already a subscriber? <a href="/login">Log in</a></p></div>`
	a := extractHTML(t, "https://paper.example/opinion/boat", page)
	if a.Quality.Rejected || a.Access != corpus.AccessPartial {
		t.Errorf("Quality = %+v, Access = %q, want a partial article", a.Quality, a.Access)
	}
}

func TestBodyFromJSONLDAlone(t *testing.T) {
	page := `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Keep the boat","articleBody":"` + sentences("night boat", 40) + `\n\n` + sentences("town", 40) +
		`"}</script><div id="root"></div>`
	a := extractHTML(t, "https://paper.example/opinion/boat", page)
	if len(a.Body) != 2 || a.Body[1].Text != sentences("town", 40) || a.Quality.Rejected {
		t.Errorf("Body = %v, Quality = %+v", a.Body, a.Quality)
	}
}

func TestShortPieceAmongLinksIsNoIndex(t *testing.T) {
	page := `<h1>Keep the boat</h1><article><p>The harbour board will vote on Thursday on whether to let the night ferry die. It has been told that nobody uses it.
Nobody has asked the nurses who come off the late shift at the infirmary, nor the bakers, nor the boys who load the fish. I have sailed on it for a year, and counted.</p>
<p>On a bad night there were nine of us. On a good one there were forty, and the boat paid for itself twice over before it had left the pier.</p></article><ul>` +
		strings.Repeat(`<li><a href="/x">The boat that was late again on Tuesday</a></li>`, 60) + `</ul>`
	if a := extractHTML(t, "https://paper.example/news/boat", page); a.Quality.Rejected {
		t.Errorf("Quality = %+v", a.Quality)
	}
}

func TestBoldLastLineIsNoHeading(t *testing.T) {
	root, err := parse(`<p>` + sentences("night boat", 20) + `</p><p><b>Why it pays</b></p><p>` + sentences("town", 20) + `</p><p><b>Jane Doe, Ellery</b></p>`)
	if err != nil {
		t.Fatal(err)
	}
	got := layOut(root).typed([]bool{true, true, true, true})
	if got[1].Kind != corpus.Heading || got[3].Kind != corpus.Paragraph {
		t.Errorf("kinds are %q and %q, want a heading and a paragraph", got[1].Kind, got[3].Kind)
	}
}

func TestBoilerplateAloneIsNoArticle(t *testing.T) {
	page := `<title>THE OLD POST - On the Web since 1996</title><table><tr><td><font size="6"><b>THE OLD POST</b></font><br>All the opinion that fits * Best viewed in 800 x 600</td></tr>
<tr><td>Classifieds<br>Hay, 3 crowns/bale<br>Kittens, free<br>Outboard motor, hardly drowned</td><td><font size="5"><b>This page was lost in the flood</b></font></td></tr>
<tr><td>Copyright The Old Post. Write to the Editor at 3 Market Square, Fenwick. This page has not changed since 1998.</td></tr></table>`
	if a := extractHTML(t, "http://oldpost.example/archive/2004/01/01/lost.htm", page); !a.Quality.Rejected {
		t.Errorf("Quality = %+v, Body = %v", a.Quality, a.Body)
	}
}
