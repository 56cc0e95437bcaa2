package spelling

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
)

func TestRead(t *testing.T) {
	const file = "\ufeff# Names that our desks spell in many ways.\r\n" +
		"Kiev, Kyiv, Kiew # the city\n" +
		"\n" +
		"Putin Poutine Путин\n" +
		"lonely\n" +
		"New-York City Gotham\n" +
		"! Clark, Clarke\n" +
		"Kyiv Kyjiw\n" +
		"\xff\xfe bad\n" +
		"... !!!"
	v, bad, err := Read(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, b := range bad {
		lines = append(lines, fmt.Sprint(b.Line, ": ", b.Problem))
	}
	want := "5: has 1 words; write 2 to 13 spellings of one name, as in Kiev, Kyiv\n" +
		`6: "New-York" is not one word; spellings are of single words` + "\n9: is not UTF-8 text\n" +
		`10: "..." is not one word; spellings are of single words`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("bad lines:\n%s\nwant\n%s", got, want)
	}
	for word, want := range map[string]string{"kiev": "kiew kyiv", "KYIV": "kiev kiew kyjiw", "Kyjiw": "kyiv", "Путин": "poutine putin", "clark": ""} {
		if got := strings.Join(v.Of(word), " "); got != want {
			t.Errorf("Of(%q) = %q, want %q", word, got, want)
		}
	}
	if got := v.Written("путин"); got != "Путин" {
		t.Errorf("Written = %q", got)
	}
}

func TestFileKeepsApartWhatTheArchiveJoins(t *testing.T) {
	file, _, err := Read(strings.NewReader("! Clark Clarke\nKuril Kurilen\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := shelf{}
	s.add("clark", 3, 10, "charles")
	s.add("clarke", 3, 10, "charles")
	s.add("kuril", 3, 10, "islands")
	s.add("kurile", 3, 10, "islands")
	learnt := Learn(s)
	if got := learnt.Of("clark"); len(got) != 1 {
		t.Fatalf("learnt %v of clark", got)
	}
	for _, v := range []*Variants{file.With(learnt), learnt.With(file)} {
		if got := fmt.Sprint(v.Of("clark"), v.Of("kuril"), v.Of("kurile")); got != "[] [kurile kurilen] [kuril]" {
			t.Errorf("together they know %s", got)
		}
	}
	var none *Variants
	if none.With(file) != file || file.With(none) != file || none.Of("kuril") != nil || none.Len() != 0 {
		t.Error("nil is not as good as empty")
	}
}

func TestReadIsBounded(t *testing.T) {
	many := strings.Repeat("Aaaaa Bbbbb\n", maxLines+5)
	if _, bad, err := Read(strings.NewReader(many)); err != nil || len(bad) != 1 || bad[0].Line != maxLines+1 {
		t.Errorf("of too many lines: %v, %v", bad, err)
	}
	long := strings.Repeat("x", 1<<20) + " y\nKiev Kyiv\n" + strings.Repeat("Kiev ", maxGroup+1)
	v, bad, err := Read(strings.NewReader(long))
	if err != nil || len(bad) != 2 || bad[0].Line != 1 || bad[1].Line != 3 || v.Len() != 2 {
		t.Errorf("of long lines: %v, %v", bad, err)
	}
	if _, _, err := Read(iotest.ErrReader(errors.New("no disk"))); err == nil {
		t.Error("a reader that fails is no error")
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Kiev Kyiv\n! a b\n#\n,,,\n\x00 \x01")
	f.Add("О’Рейлі O'Reilly\n'' '\n")
	f.Fuzz(func(t *testing.T, file string) {
		v, _, err := Read(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		for word, others := range v.others {
			if len(others) > maxOthers {
				t.Errorf("%q has %d others", word, len(others))
			}
			for _, other := range others {
				if other == word || other == "" {
					t.Errorf("%q is a spelling of %q", other, word)
				}
			}
		}
	})
}
