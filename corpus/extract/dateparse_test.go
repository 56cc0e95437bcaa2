package extract

import (
	"testing"
	"time"

	"oped/corpus"
)

func TestParseStamp(t *testing.T) {
	for _, tt := range []struct {
		in, want string
		clock    bool
	}{
		{"2018-05-01T21:30:00+02:00", "2018-05-01T21:30:00+02:00", true},
		{"2018-05-01T21:30:00.123Z", "2018-05-01T21:30:00Z", true},
		{"2018-05-01T21:30:00-0500", "2018-05-01T21:30:00-05:00", true},
		{"2018-05-01 21:30:00", "2018-05-01T21:30:00Z", true},
		{"2018-05-01 21:30:00 +0200", "2018-05-01T21:30:00+02:00", true},
		{"2018-05-01", "2018-05-01T00:00:00Z", false},
		{"20180501", "2018-05-01T00:00:00Z", false},
		{"Tue, 01 May 2018 21:30:00 +0000", "2018-05-01T21:30:00Z", true},
		{"1525210200", "2018-05-01T21:30:00Z", true},
		{"1525210200000", "2018-05-01T21:30:00Z", true},
		{"May 1, 2018", "2018-05-01T00:00:00Z", false},
		{"1 de mayo de 2018", "2018-05-01T00:00:00Z", false},
		{"1er février 2016 à 18h04", "2016-02-01T00:00:00Z", false},
		{"Montag, 3. März 2014", "2014-03-03T00:00:00Z", false},
		{"14 марта 2014 г.", "2014-03-14T00:00:00Z", false},
		{"14 июн 2014", "2014-06-14T00:00:00Z", false},
		{"den 3 augusti 2014", "2014-08-03T00:00:00Z", false},
		{"3. desember 2014", "2014-12-03T00:00:00Z", false},
		{"14 مارس 2014", "2014-03-14T00:00:00Z", false},
		{"14 مارس/آذار 2014", "2014-03-14T00:00:00Z", false},
		{"2014年3月14日", "2014-03-14T00:00:00Z", false},
		{"14.03.2014", "2014-03-14T00:00:00Z", false},
		{"Posted 25/12/2019", "2019-12-25T00:00:00Z", false},
		{"12/25/2019", "2019-12-25T00:00:00Z", false},
		{"By Jane DoeMay 4, 2018", "2018-05-04T00:00:00Z", false}, // glued by markup
		{`\"2018-05-01T21:30:00-0500\"`, "2018-05-01T21:30:00-05:00", true},
		{"03/04/2020", "", false}, // the order is open
		{"As of 2016", "", false},
		{"31 February 2016", "", false},
		{"Chapter 12 of 2016 pages", "", false},
		{"1970-01-01T00:00:00Z", "", false},
		{"0", "", false},
		{"", "", false},
	} {
		got, ok := parseStamp(tt.in)
		s := ""
		if ok {
			s = got.Time.Format(time.RFC3339)
		}
		if s != tt.want || got.HasClock != tt.clock {
			t.Errorf("parseStamp(%q) = %q, clock %v; want %q, clock %v", tt.in, s, got.HasClock, tt.want, tt.clock)
		}
	}
}

func TestOrderOfFigures(t *testing.T) {
	for _, tt := range []struct{ line, tag, want string }{
		{"03/04/2020", "en-US", "2020-03-04"},
		{"03/04/2020", "en-GB", "2020-04-03"},
		{"03/04/2020 by Jane", "pt_BR", "2020-04-03"},
		{"03/04/2020", "fr", "2020-04-03"},
		{"03/04/2020", "en", ""},
		{"03/04/2020", "en-CA", ""},
		{"03/04/2020", "", ""},
		{"03/14/2020", "en-GB", "2020-03-14"}, // the figures go before the tag
		{"14/03/2020", "en-US", "2020-03-14"},
		{"31/02/2020", "fr", ""},
	} {
		d, _ := parseSlashed(tt.line, orderIn(tt.tag))
		if got := d.Day(); got != tt.want {
			t.Errorf("parseSlashed(%q) in %q = %q, want %q", tt.line, tt.tag, got, tt.want)
		}
	}
}

func TestPrintedDayOfPage(t *testing.T) {
	stated := func(published, modified string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"The ferry must stay","datePublished":"` + published + `","dateModified":"` + modified + `"}</script><h1>The ferry must stay</h1>`
	}
	for _, tt := range []struct{ name, html, want string }{
		{"brought out anew", stated("2019-03-30T12:00:00Z", "2020-12-19T14:00:00Z") + `<p>December 19, 2020</p>`, "2020-12-19"},
		{"a change that is called so", stated("2019-03-30T12:00:00Z", "2020-12-19T14:00:00Z") + `<p>Updated December 19, 2020</p>`, "2019-03-30"},
		{"both days in a line", stated("2019-03-30T12:00:00Z", "2020-12-19T14:00:00Z") + `<p>December 19, 2020 March 30, 2019</p>`, "2019-03-30"},
		{"both days in two lines", stated("2019-03-30T12:00:00Z", "2020-12-19T14:00:00Z") + `<p>December 19, 2020</p><p>First published March 30, 2019</p>`, "2019-03-30"},
		{"a day that nothing states", stated("2019-03-30T12:00:00Z", "2019-04-19T14:00:00Z") + `<p>December 19, 2020</p>`, "2019-03-30"},
		{"a British page", `<html lang="en-GB"><h1>The ferry must stay</h1><p>03/04/2020</p>`, "2020-04-03"},
		{"an American page by its locale", `<html lang="en"><meta property="og:locale" content="en_US"><h1>The ferry must stay</h1><p>03/04/2020</p>`, "2020-03-04"},
	} {
		if got := extractHTML(t, "", tt.html).Published.Day(); got != tt.want {
			t.Errorf("%s: Published = %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestDateIsNeverLaterThanTheFetch(t *testing.T) {
	page := `<html><head><meta property="article:published_time" content="2030-01-01T00:00:00Z"></head><body><h1>A headline of some words</h1><p>1 May 2018</p></body></html>`
	a, err := newTestExtractor(t).Extract(&corpus.Page{MediaType: "text/html", Body: []byte(page), Fetched: fetched})
	if err != nil {
		t.Fatal(err)
	}
	if got := a.Published.Day() + " " + a.Published.Source; got != "2018-05-01 text" {
		t.Errorf("Published = %q, want the printed day", got)
	}
}

func TestPublishedDay(t *testing.T) {
	const head = `<html><title>The ferry must stay</title><body>`
	const h1 = `<h1>The ferry must stay</h1>`
	for _, tt := range []struct{ name, url, page, want string }{
		{"of the address", "https://paper.example/2016/12/13/ferry", head + h1, "2016-12-13 url"},
		{"of the address in one number", "https://paper.example/20161213/ferry", head + h1, "2016-12-13 url"},
		{"a month and a number in the address", "https://paper.example/2016/12/132377/ferry", head + h1, " "},
		{"a line that tells of another day", "https://paper.example/2015/01/08/ferry", head + h1 + `<p>This piece was first printed on October 7, 2008</p>`, "2015-01-08 url"},
		{"printed the evening before the address's day", "https://paper.example/2015-01-08/ferry", head + h1 + `<div>posted on 2015-01-07 23:30 EST by Jane Anne Louise Doe</div>`, "2015-01-07 text"},
		{"in a footer of the headline", "https://paper.example/ferry", head + h1 + `<footer class="meta"><time itemprop="datePublished" datetime="2015-01-08">Thursday</time></footer>`, "2015-01-08 microdata"},
		{"in a page called commentary", "https://paper.example/ferry", head + `<article class="node-commentary"><div class="commentary__wrapper">` + h1 + `<div class="info">Jan 8, 2015</div></div></article>`, "2015-01-08 text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := newTestExtractor(t).Extract(&corpus.Page{URL: tt.url, MediaType: "text/html", Body: []byte(tt.page), Fetched: fetched})
			if err != nil {
				t.Fatal(err)
			}
			if got := a.Published.Day() + " " + a.Published.Source; got != tt.want {
				t.Errorf("Published = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAtLocalTime(t *testing.T) {
	utc := func(s string) corpus.Date {
		d, ok := parseStamp(s)
		if !ok {
			t.Fatalf("parseStamp(%q) fails", s)
		}
		return d
	}
	for _, tt := range []struct{ name, stated, printed, line, want string }{
		{"the line's clock gives the offset", "2021-11-03T23:30:00Z", "2021-11-04", "Nov 4, 2021, 12:30 a.m.", "2021-11-04T00:30:00+01:00"},
		{"without a clock only the day is known", "2021-11-03T23:30:00Z", "2021-11-04", "Nov 4, 2021", "2021-11-04T00:00:00Z"},
		{"a clock of no zone is not used", "2021-11-03T23:30:00Z", "2021-11-04", "Nov 4, 2021, 10:07 am", "2021-11-04T00:00:00Z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := atLocalTime(utc(tt.stated), utc(tt.printed), tt.line).Time.Format(time.RFC3339)
			if got != tt.want {
				t.Errorf("atLocalTime(%s, %q) = %s, want %s", tt.stated, tt.line, got, tt.want)
			}
		})
	}
}
