package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/text/language"

	"oped/corpus"
)

// Language detection reads at least minGuessBytes, as short texts mislead it, and at most maxGuessBytes.
const (
	minGuessBytes = 200
	maxGuessBytes = 1500
)

// languageNames are languages by their English names; tags are read by x/text.
var languageNames = map[string]string{
	"english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl",
	"russian": "ru", "ukrainian": "uk", "polish": "pl", "arabic": "ar", "chinese": "zh", "japanese": "ja",
}

// languageOf is the language that the data states, else the one that the text shows beyond doubt, else "".
func languageOf(stated string, body []corpus.Block) string {
	if tag, ok := languageNames[strings.ToLower(stated)]; ok {
		return tag
	}
	if len(stated) >= 2 && len(stated) <= 35 {
		if tag, err := language.Parse(strings.ReplaceAll(stated, "_", "-")); err == nil {
			if base, confidence := tag.Base(); confidence != language.No && base.String() != "und" {
				return base.String()
			}
		}
	}
	var b strings.Builder
	for _, block := range body {
		if b.Len() >= maxGuessBytes {
			break
		}
		b.WriteString(cut(block.Text, maxGuessBytes-b.Len()))
		b.WriteByte('\n')
	}
	return guessLanguage(b.String())
}

// guessLanguage tells the language of a text, or "". Counting the commonest words is surer than the three-letter
// statistics of whatlanggo where it gives an answer, and a hundred times faster.
func guessLanguage(text string) string {
	if len(text) < minGuessBytes {
		return ""
	}
	if tag := byCommonWords(text); tag != "" {
		return tag
	}
	guess := whatlanggo.Detect(text)
	if !guess.IsReliable() {
		return ""
	}
	return guess.Lang.Iso6391()
}

// commonWords are words that stand in nearly every paragraph of a language. One that several languages share counts
// for each.
var commonWords = wordLanguages(map[string]string{
	"en": "the of and to that is for was it with as be on not this are have from which they were has been their would",
	"fr": "le la les de des du et est que qui une dans pour pas sur au plus par avec ce ne se il elle sont aux cette",
	"de": "der die und das den von zu ist mit nicht ein eine auf des dem sich auch als es im für dass wird sind wie",
	"es": "el la los las de que y en un una por con no para su al lo como más pero sus es del se ha",
	"it": "il la di che e un una per non con sono del della dei le gli è da si al più come anche nel alla",
	"pt": "o a os as de que e em um uma para com não por mais dos das do da no na se é ao foi",
	"nl": "de het een van en in is dat op te zijn niet voor met die aan er ook als bij maar om wordt",
	// Neighbours that would else be taken for one of these; where they come near, whatlanggo decides.
	"af": "die van het en in is nie dat wat vir met om op aan as was te sy hy ek",
	"da": "og i at er det en af til på som den der for med ikke de har et fra var",
	"sv": "och i att det som en på är av för med den till inte har de ett om så men",
	"ca": "el la els les de que i a en un una per amb no es com més dels del al",
	"ro": "și de la în a cu pe nu o că din este un care mai se pentru al ca au",
})

func wordLanguages(lists map[string]string) map[string][]string {
	languages := make(map[string][]string)
	for tag, list := range lists {
		for _, word := range strings.Fields(list) {
			languages[word] = append(languages[word], tag)
		}
	}
	return languages
}

// byCommonWords tells a language whose common words are an eighth of all words, and twice as many as any other's.
func byCommonWords(text string) string {
	counts := make(map[string]int)
	words := 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		for _, tag := range commonWords[strings.ToLower(word)] {
			counts[tag]++
		}
	}
	best, second, tag := 0, 0, ""
	for t, n := range counts {
		if n > best {
			best, second, tag = n, best, t
		} else {
			second = max(second, n)
		}
	}
	if best*8 < words || best < 2*second {
		return ""
	}
	return tag
}

// cut is s up to n bytes, without half a rune at its end.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
