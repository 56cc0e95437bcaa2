package schema

import (
	"strings"
	"testing"
)

// sentences cuts a text by the sentence numbers of its tokens, writing a bar between them.
func sentences(s, lang string) string {
	var b strings.Builder
	at := 0
	tokens := AnalyzeText(s, lang)
	for i := 1; i < len(tokens); i++ {
		if tokens[i].Sentence != tokens[i-1].Sentence {
			cut := tokens[i-1].End
			if space := strings.LastIndexAny(s[cut:tokens[i].Start], " "); space >= 0 {
				cut += space + 1
			} else {
				cut = tokens[i].Start
			}
			b.WriteString(s[at:cut] + "|")
			at = cut
		}
	}
	return b.String() + s[at:]
}

func TestSentences(t *testing.T) {
	for _, tt := range []struct{ lang, want string }{
		{"en", "The vote was close. |It passed."},
		{"en", "The U.S. Senate voted. |Mr. Putin did not."},
		{"en", "He lives in the U.S. |The others left."},
		{"en", "It grew 3.5 percent in 2019. |Then it fell."},
		{"en", "George W. Bush and J.K. Rowling met J. Smith."},
		{"en", "We chose plan B. |The rest followed."},
		{"en", "“It is over.” |She left."},
		{"en", "“It is over,” she said. |“Why?” he asked."},
		{"en", "Really? |Yes! |No..."},
		{"en", "He paused ... and went on. |He paused… |Then he spoke."},
		{"en", "Wait... what? |Nothing."},
		{"en", "At 9 a.m. the court sat. |At 5 p.m. |It rose."},
		{"en", "Gen. Lee met Dr. King Jr. in St. Louis, Mo. on Jan. 5."},
		{"en", "Apple Inc. said so. |Apple Inc. |The firm grew."},
		{"en", "See No. 10 and fig. 3 (p. 5). |Then read on."},
		{"en", "Smith et al. found it, i.e. nothing, e.g. Mars."},
		{"en", "1. First point. |2 is next."},
		{"en", "(He was wrong.) |I knew."},
		{"en", "This is the end.|The next sentence lost its space."},
		{"en", "Read example.com today. |Use .NET now."},
		{"en", "What?! |Never."},
		{"en", "He said: “No. |I will not.” |They agreed."},
		{"en", "Sen. Sanders (I-Vt.) spoke. |Rep. Tancredo (R-CO). |Nobody came."},
		{"en", "It cost $5. |30 people paid."},
		{"en", "Yahoo! is old. |So is I. |They know."},
		{"fr", "M. Macron est venu. |Mme Le Pen non. |Il y avait env. 200 personnes."},
		{"fr", "« C'est fini. » |Elle partit."},
		{"de", "Am 3. Oktober feiert Deutschland. |Der 2. Weltkrieg endete 1945. |Dr. Merkel z.B. Kam nicht."},
		{"de", "Wir lesen z. B. Bücher. |Und d. h. Romane. |Gut."},
		{"es", "¿Por qué? |¡No! |El Sr. Sánchez y la Sra. Díaz viven en EE.UU. |El resto no."},
		{"ru", "В 1999 г. Путин стал премьером. |А. С. Пушкин и т.д. |Это всё."},
		{"uk", "У 1991 р. Україна стала незалежною. |Ім. Шевченка."},
		{"zh", "经济很好。|我们去。|好！"},
		{"ja", "「はい。」|と言った。|次。"},
		{"ar", "ذهب الرجل. |عاد الولد؟ |نعم"},
		{"hi", "यह है। |वह है।"},
		{"it", "Il sig. Rossi è qui. |L'on. Bianchi no."},
		{"nl", "De heer mr. Jansen kwam. |Het was laat."},
		{"pt", "O Sr. Silva veio. |A Sra. Costa não."},
	} {
		in := strings.ReplaceAll(tt.want, "|", "")
		if got := sentences(in, tt.lang); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.lang, got, tt.want)
		}
	}
}
