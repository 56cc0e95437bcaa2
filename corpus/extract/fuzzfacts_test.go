package extract

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzParseByline holds that names are bounded, hold letters and no figures, and are words of the byline.
func FuzzParseByline(f *testing.F) {
	for _, s := range []string{
		"By Jane Doe and John Roe, Opinion Columnist - 3 hours ago", "POR ANA PÉREZ Y JUAN GIL", "Analysis Don Gonyea/Sir Toby",
		"Doe, Jane", "By Joan E Greve | May 4, 2018", "\xff\xfe", "Von Dr. Anna Schmidt und Mag. Peter von der Heide",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := strings.ToLower(squeeze(s) + " " + plain(s))
		names := append(parseByline(s), structuredNames(s)...)
		if len(names) > 2*maxAuthors {
			t.Errorf("%d names", len(names))
		}
		for _, a := range names {
			if a.Name == "" || strings.ContainsFunc(a.Name, unicode.IsDigit) || !utf8.ValidString(a.Name) {
				t.Errorf("name %q of %q", a.Name, s)
			}
			for w := range strings.FieldsSeq(a.Name) {
				if w = strings.ToLower(strings.Trim(w, ".,")); !strings.Contains(folded, w) {
					t.Errorf("%q is no word of %q", w, s)
				}
			}
		}
	})
}

// FuzzParseStamp holds that days are real ones, and that figures with slashes are read in the order of the language.
func FuzzParseStamp(f *testing.F) {
	for _, s := range []string{"2018-05-01T21:30:00+02:00", "1525210200000", "1er février 2016 à 18h04", "14 مارس/آذار 2014", "2014年3月14日", "03/04/2020", "May 4, 2018 April 3, 2017"} {
		f.Add(s, "en-US")
	}
	f.Fuzz(func(t *testing.T, s, tag string) {
		if d, ok := parseStamp(s); ok && !sane(d.Time) {
			t.Errorf("parseStamp(%q) = %v", s, d.Time)
		}
		if days := writtenDays(s); len(days) > 2 {
			t.Errorf("writtenDays(%q) = %q", s, days)
		}
		order := orderIn(tag)
		d, ok := parseSlashed(s, order)
		if open, known := parseSlashed(s, openOrder); known && (!ok || !open.Time.Equal(d.Time)) {
			t.Errorf("parseSlashed(%q) = %v in %q, %v where the order is open", s, d.Time, tag, open.Time)
		}
	})
}

// FuzzHeadline holds that taking site and label off a headline leaves a part of it, and never nothing.
func FuzzHeadline(f *testing.F) {
	f.Add("The ferry must stay | Opinion | The Ellery Review", "Ellery Review", "elleryreview")
	f.Add("Letters: the ferry – and the dogs [Letter]", "", "co")
	f.Fuzz(func(t *testing.T, s, site, host string) {
		full := cutRunes(squeeze(s), maxTitleRunes)
		got := dropSite(s, site, host)
		if !strings.Contains(full, got) || full != "" && got == "" {
			t.Errorf("dropSite(%q, %q, %q) = %q", s, site, host, got)
		}
		if h, label := splitLabel(got); !strings.Contains(got, h) || !strings.Contains(got, label) || got != "" && h == "" {
			t.Errorf("splitLabel(%q) = %q, %q", got, h, label)
		}
	})
}
