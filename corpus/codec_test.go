package corpus

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
)

// full has something in every part that is stored.
func full() *Article {
	zone := time.FixedZone("", -(3*60+30)*60)
	return &Article{
		Publication: "The Daily", Headline: "Why “tax”?", Kicker: "Opinion", Standfirst: "It is late.",
		Authors:    []Author{{Name: "Jane Doe", Title: "Dr.", URL: "https://a.example/jane"}, {Name: "Ян"}},
		AuthorNote: "Jane is a fellow.", Section: "Comment", Tags: []string{"tax", "carbon"}, Type: TypeOpEd, TypeReason: "labelled",
		Published: Date{Time: time.Date(2018, 5, 1, 23, 30, 0, 7, zone), HasClock: true, Source: "jsonld"},
		Modified:  Date{Time: time.Date(2019, 1, 2, 0, 0, 0, 0, time.UTC)},
		Language:  "en", Access: AccessPartial, Corrections: []string{"It was 1945."},
		Body:     []Block{{Kind: Heading, Level: 2, Text: "One"}, {Kind: Paragraph, Text: strings.Repeat("Nobody knows. ", 50)}},
		Quality:  Quality{Flags: []string{"short"}, Rejected: true, Reason: "it is short"},
		Captured: time.Date(2020, 2, 3, 4, 5, 6, 123e6, time.UTC), PageHash: strings.Repeat("0f", 32),
	}
}

func newTestCodec(t testing.TB) *codec {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.close)
	return c
}

// asJSON is how two articles are compared: times with other names of their zones are equal.
func asJSON(t testing.TB, a *Article) string {
	t.Helper()
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestArticlesComeBackAsTheyWere(t *testing.T) {
	c := newTestCodec(t)
	for name, a := range map[string]*Article{"full": full(), "empty": {}} {
		got, err := c.unpackArticle(c.packArticle(a))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if asJSON(t, got) != asJSON(t, a) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, asJSON(t, got), asJSON(t, a))
		}
	}
}

// TestEveryPartIsStored fails for a part of an article that was added and that codeArticle does not know.
func TestEveryPartIsStored(t *testing.T) {
	inTables := map[string]bool{"ID": true, "Version": true, "Seq": true, "URL": true, "Aliases": true, "Group": true}
	v := reflect.ValueOf(full()).Elem()
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; v.Field(i).IsZero() != inTables[name] {
			t.Errorf("%s: set it in the article of this test, and store it", name)
		}
	}
}

func TestArticlesOfOlderArchivesAreRead(t *testing.T) {
	c := newTestCodec(t)
	got, err := c.unpackArticle(c.pack([]byte(asJSON(t, full()))))
	if err != nil {
		t.Fatal(err)
	}
	if asJSON(t, got) != asJSON(t, full()) {
		t.Errorf("got\n%s\nwant\n%s", asJSON(t, got), asJSON(t, full()))
	}
}

func TestStoredTextsAreValid(t *testing.T) {
	c := newTestCodec(t)
	got, err := c.unpackArticle(c.packArticle(&Article{Headline: "a\xffb"}))
	if err != nil || got.Headline != "a\uFFFDb" {
		t.Errorf("headline = %q, %v", got.Headline, err)
	}
}

func TestDamagedArticlesAreErrors(t *testing.T) {
	c := newTestCodec(t)
	whole := appendArticle(nil, full())
	for n := range whole {
		if err := readArticle(string(whole[:n]), new(Article)); err == nil {
			t.Fatalf("the first %d of %d bytes were read without an error", n, len(whole))
		}
	}
	for name, data := range map[string][]byte{
		"nothing": nil, "no frame": {plainArticle}, "no such form": {2, 3}, "an empty frame": append([]byte{plainArticle}, c.pack(nil)...),
		"more than an article": append([]byte{plainArticle}, c.pack(append(whole, 0))...),
	} {
		if a, err := c.unpackArticle(data); err == nil || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("%s: got %+v, %v", name, a, err)
		}
	}
}

// FuzzReadArticle checks that no bytes make the reader fail otherwise than by its error, and that what it reads is written
// and read again as the same.
func FuzzReadArticle(f *testing.F) {
	f.Add(string(appendArticle(nil, full())))
	f.Add(string(appendArticle(nil, &Article{})))
	f.Fuzz(func(t *testing.T, raw string) {
		a, again := new(Article), new(Article)
		if err := readArticle(raw, a); err != nil {
			return
		}
		valid := strings.ToValidUTF8(raw, "") == raw
		if err := readArticle(string(appendArticle(nil, a)), again); err != nil {
			t.Fatalf("%+v is not read back: %v", a, err)
		}
		if valid && asJSON(t, again) != asJSON(t, a) {
			t.Errorf("%s came back as %s", asJSON(t, a), asJSON(t, again))
		}
	})
}

func BenchmarkUnpackArticle(b *testing.B) {
	c := newTestCodec(b)
	a := full()
	for range 15 {
		a.Body = append(a.Body, Block{Kind: Paragraph, Text: strings.Repeat("The council has voted for the harbour levy. ", 8)})
	}
	for name, data := range map[string][]byte{"plain": c.packArticle(a), "json": c.pack([]byte(asJSON(b, a)))} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.unpackArticle(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
