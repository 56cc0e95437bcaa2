package schema

import "testing"

func TestFold(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Erdoğan", "erdogan"}, {"ERDOG\u0306AN", "erdogan"}, {"İstanbul", "istanbul"}, {"ılık", "ilik"}, {"Straße", "strasse"},
		{"Ærø", "aero"}, {"œuvre", "oeuvre"}, {"Łódź", "lodz"}, {"Đoković", "dokovic"}, {"Þór", "thor"}, {"ＮＡＴＯ", "nato"},
		{"ﬁn", "fin"}, {"O’Reilly", "o'reilly"}, {"O`Reilly", "o'reilly"}, {"so\u00adft", "soft"}, {"Ёлка", "елка"}, {"йод", "йод"},
		{"и\u0306од", "йод"}, {"її", "її"}, {"мо\u0301жно", "можно"}, {"Ґанок", "ґанок"}, {"ἙΛΛΆΔΑ", "ελλαδα"}, {"λόγος", "λογοσ"},
		{"أحمد", "احمد"}, {"كـــتابٌ", "كتاب"}, {"المدرسة", "المدرسه"}, {"٢٠٢٤", "2024"}, {"१२", "12"}, {"हिन्दी", "हिन्दी"},
		{"ﾃﾚﾋﾞ", "テレビ"}, {"か\u3099", "が"}, {"한국", "한국"}, {"שָׁלוֹם", "שלום"}, {"CO₂", "co2"}, {"", ""},
	} {
		if got := Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestStem(t *testing.T) {
	for _, tt := range []struct {
		lang string
		same []string // words that have one stem
	}{
		{"en", []string{"amend", "amends", "amended", "amendment", "amendments"}},
		{"en", []string{"kuril", "kurils", "kurile"}},
		{"fr", []string{"election", "elections"}},
		{"fr", []string{"mange", "mangee", "mangees"}},
		{"de", []string{"haus", "hauser", "hauses"}},
		{"es", []string{"educacion", "educaciones"}},
		{"it", []string{"citta", "citta"}},
		{"pt", []string{"nacao", "nacoes"}},
		{"nl", []string{"huis", "huizen"}},
		{"nl", []string{"brief", "brieven"}},
		{"sv", []string{"flicka", "flickor", "flickorna"}},
		{"da", []string{"hus", "huset", "husene"}},
		{"no", []string{"bok", "boken", "bokene"}},
		{"ru", []string{"международный", "международная", "международного"}},
		{"uk", []string{"українська", "українські", "українського", "українською"}},
		{"uk", []string{"місто", "міста", "містом", "містах"}},
		{"ar", []string{"كتاب", "الكتاب", "والكتاب"}},
	} {
		want := stem(tt.same[0], tt.lang)
		for _, word := range tt.same {
			if got := stem(word, tt.lang); got != want {
				t.Errorf("%s: stem(%q) = %q, want that of %q, %q", tt.lang, word, got, tt.same[0], want)
			}
		}
	}
}

func TestStemLeavesAlone(t *testing.T) {
	for _, tt := range []struct{ word, lang string }{
		{"news", "en"}, {"it", "en"}, {"u.s", "en"}, {"f16s", "en"}, {"москвой", "en"}, {"running", "ru"}, {"running", ""}, {"running", "xx"}, {"1990s", "en"},
	} {
		if got := stem(tt.word, tt.lang); got != tt.word {
			t.Errorf("stem(%q, %q) = %q", tt.word, tt.lang, got)
		}
	}
	for _, lang := range Languages() {
		if stemmers[lang] == nil {
			t.Errorf("Languages names %q, which has no stemmer", lang)
		}
	}
	if len(Languages()) != len(stemmers) {
		t.Error("Languages does not name every stemmer")
	}
}
