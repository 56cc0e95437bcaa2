package extract

import (
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
)

func TestDecode(t *testing.T) {
	encode := func(enc interface {
		String(string) (string, error)
	}, s string) string {
		out, err := enc.String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	cyrillic := "<p>Портовый совет решит, быть ли ночному парому.</p>"
	for _, tt := range []struct{ name, in, label, want string }{
		{"a byte order mark decides", "\xEF\xBB\xBFété", "windows-1252", "été"},
		{"UTF-16 by its mark", "\xFF\xFEh\x00i\x00", "", "hi"},
		{"UTF-8 whatever the label says", "été", "iso-8859-1", "été"},
		{"the transport's label", encode(charmap.Windows1251.NewEncoder(), cyrillic), "windows-1251", cyrillic},
		{"the page's own label", `<meta charset="koi8-r">` + encode(charmap.KOI8R.NewEncoder(), cyrillic), "", `<meta charset="koi8-r">` + cyrillic},
		{"unlabelled windows-1251", encode(charmap.Windows1251.NewEncoder(), cyrillic), "", cyrillic},
		{"unlabelled KOI8-R", encode(charmap.KOI8R.NewEncoder(), cyrillic), "", cyrillic},
		{"unlabelled Western", "caf\xe9 cr\xe8me", "", "café crème"},
		{"Shift-JIS", encode(japanese.ShiftJIS.NewEncoder(), "夜の船を残せ"), "shift_jis", "夜の船を残せ"},
		{"one damaged byte in UTF-8", "été, été, été, été, été \xff", "utf-8", "été, été, été, été, été \uFFFD"},
		{"UTF-8 cut in a rune", "ét\xc3", "utf-8", "ét\uFFFD"},
		{"an unknown label", "caf\xe9", "x-none", "café"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := decode([]byte(tt.in), tt.label); got != tt.want {
				t.Errorf("decode(%q, %q) = %q, want %q", tt.in, tt.label, got, tt.want)
			}
		})
	}
}

func TestSqueeze(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"  a\u00a0\n b ", "a b"},
		{"co\u00adop\u200bera\ufefftion", "cooperation"},
		{"na\u200dme", "na\u200dme"},
		{"a\u0000b\u0085c", "ab c"},
		{"already clean", "already clean"},
	} {
		if got := squeeze(tt.in); got != tt.want {
			t.Errorf("squeeze(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestPlain(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"It&amp;#8217;s <em>time</em>", "It’s time"},
		{"a < b and c > d", "a < b and c > d"},
		{"Q&A", "Q&A"},
	} {
		if got := plain(tt.in); got != tt.want {
			t.Errorf("plain(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
