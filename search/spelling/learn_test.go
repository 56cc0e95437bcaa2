package spelling

import (
	"maps"
	"strings"
	"testing"
)

func TestKey(t *testing.T) {
	for _, same := range []string{
		"zelensky zelenskyy zelenskiy", "kuril kurile", "mueller muller", "gaddafi gadaffi", "mohammed mohamed", "katherine catherine",
		"philip phillip filip", "smith smyth", "barack barak", "wagner vagner", "stein steine", "tchaikovsky chaikovskiy",
	} {
		words := strings.Fields(same)
		for _, w := range words[1:] {
			if Key(w) != Key(words[0]) {
				t.Errorf("Key(%q) = %q, Key(%q) = %q, want the same", w, Key(w), words[0], Key(words[0]))
			}
		}
	}
	for _, other := range []string{
		"austria australia", "biden baden", "labour labor", "anderson andersen", "georgia george", "robert roberta", "houston huston",
		"khomeini khamenei", "davis davies", "russia prussia", "kuril kurils", "cecil kekil",
	} {
		a, b, _ := strings.Cut(other, " ")
		if Key(a) == Key(b) {
			t.Errorf("Key(%q) = Key(%q) = %q, want different ones", a, b, Key(a))
		}
	}
}

// shelf is an archive that knows some words: the number of articles, how they are used, and the names beside them.
type shelf map[string]*struct {
	articles int
	use      Use
	beside   map[string]int
}

func (s shelf) Words(yield func(string) bool) {
	for range 2 { // as if two segments had the words
		for word := range maps.Keys(s) {
			if !yield(word) {
				return
			}
		}
	}
}

func (s shelf) Articles(word string) int {
	if s[word] == nil {
		return 0
	}
	return s[word].articles
}

func (s shelf) Use(word string) Use { return s[word].use }

func (s shelf) Beside(word string) map[string]int { return s[word].beside }

func (s shelf) add(word string, articles, capital int, beside string) {
	s[word] = &struct {
		articles int
		use      Use
		beside   map[string]int
	}{articles, Use{Seen: 10, Capital: capital}, map[string]int{}}
	for name := range strings.FieldsSeq(beside) {
		s[word].beside[name]++
	}
}

func TestLearn(t *testing.T) {
	s := shelf{}
	s.add("kuril", 14, 10, "islands islands the chain")
	s.add("kurile", 2, 10, "islands")
	s.add("kurils", 5, 10, "islands")
	s.add("steeles", 5, 2, "army")
	s.add("morsi", 5, 10, "mohamed")
	s.add("morsy", 5, 10, "mohamed")
	s.add("morsis", 5, 2, "")
	s.add("zelensky", 40, 10, "volodymyr president volodymyr")
	s.add("zelenskyy", 30, 10, "volodymyr kyiv")
	s.add("zelenskiy", 20, 10, "president volodymyr")
	s.add("barack", 400, 10, "obama president obama")
	s.add("barak", 30, 10, "ehud minister president")
	s.add("clark", 30, 10, "wesley")
	s.add("clarke", 30, 10, "kenneth")
	s.add("steel", 30, 1, "british")
	s.add("steele", 30, 10, "british")
	s.add("mueller", 1, 10, "robert")
	s.add("muller", 30, 10, "robert")
	s.add("rate", 30, 10, "bank")
	s.add("ratte", 30, 10, "bank")
	s.add("covid19", 30, 10, "")
	s.add("covidd19", 30, 10, "")
	v := Learn(s)
	for word, want := range map[string]string{
		"kuril": "kurile kurils", "Kurile": "kuril kurils", "kurils": "kuril kurile", "steeles": "", "morsi": "morsy", "morsis": "", "ZELENSKY": "zelenskiy zelenskyy", "zelenskiy": "zelensky zelenskyy",
		"barak": "", "clark": "", "steel": "", "steele": "", "muller": "", "rate": "", "nobody": "", "": "", "two words": "",
	} {
		if got := strings.Join(v.Of(word), " "); got != want {
			t.Errorf("Of(%q) = %q, want %q", word, got, want)
		}
	}
	if got := v.Written("zelenskyy"); got != "Zelenskyy" {
		t.Errorf("Written = %q", got)
	}
}

// doubles is an archive in which every word has a double and is a name.
type doubles struct{ asked int }

func (*doubles) Words(yield func(string) bool) {
	for i := range 20_000 {
		name := "abcde" + strings.Map(func(r rune) rune { return 'b' + 3*(r-'0') }, string(rune('0'+i%8))+strings.Repeat("7", i/8%5)) + letters(i)
		if !yield(name) || !yield(name+name[len(name)-1:]) {
			return
		}
	}
}

func (*doubles) Articles(string) int { return 2 }

func (d *doubles) Use(string) Use {
	d.asked++
	return Use{Seen: 1, Capital: 1}
}

func (*doubles) Beside(string) map[string]int { return map[string]int{"islands": 1} }

func TestLearnAsksOnlySoOften(t *testing.T) {
	d := &doubles{}
	v := Learn(d)
	if d.asked > maxAsked || v.Len() == 0 || v.Len() > 2*maxAsked {
		t.Errorf("asked %d times, learnt %d words; want some, but at most %d", d.asked, v.Len(), maxAsked)
	}
}

// letters writes a number in letters that no habit changes.
func letters(n int) string {
	var b strings.Builder
	for ; n > 0; n /= 7 {
		b.WriteByte("bdfglmn"[n%7])
		b.WriteByte("aeou"[n%4])
	}
	return b.String() + "n"
}
