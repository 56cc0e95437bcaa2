package synth

import "strings"

// The sounds that words are made of. The last syllable of a word that takes endings always has a coda.
var (
	onsets = strings.Fields("b c d f g h l m n p r s t v w b c d f g h j k l m n p r s t v br cr dr gr pr tr st sp th")
	nuclei = strings.Fields("a a a a e e e e e e i i i i o o o o u u ai ea ou")
	codas  = strings.Fields("n n n r r l l m nd st rd rm")
)

// accents are the nuclei of each language besides those that all share.
var accents = map[string][]string{
	"fr": {"é", "è", "ê", "eau", "oi"},
	"de": {"ü", "ö", "ä", "ei", "ie"},
	"es": {"á", "í", "ó", "ue", "ia"},
}

// endings are the inflections of each language by kind of word. The bare form is among them as often as in texts.
var endings = map[string][][]string{
	"en": {{"", "", "s"}, {"", "s", "ed", "ing"}, {"", "", "ly"}, {"", "s", "er"}, {"", "al", "ation"}},
	"fr": {{"", "s"}, {"", "e", "es"}, {"er", "ent", "ait"}, {"", "ement"}},
	"de": {{"", "e", "en"}, {"en", "t", "te"}, {"", "er", "es", "en"}, {"ung", "ungen"}},
	"es": {{"o", "os"}, {"a", "as"}, {"ar", "ado", "ando"}, {"", "mente"}},
}

// functionWords are the commonest words of each language, the commonest first.
var functionWords = map[string][]string{
	"en": strings.Fields(`the of to and a in that is it for on as with was but be by this are not have we from they at an
		or he has his their our its will who more what would than been were can which all there if one about you when so no
		out had up do some how into them only could just now even those should over many other because most does her between
		after must she these much before may while such against where did too through very still us like being any under
		both each own us then him same without another down during why every never might don't it's can't isn't that's
		we're perhaps although rather nor whose since until whether again upon yet`),
	"fr": strings.Fields(`de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec
		son aux cette mais ses comme ou si leur y dont on tout nous sa été aussi même sans entre`),
	"de": strings.Fields(`der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden
		aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur`),
	"es": strings.Fields(`de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me
		si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde`),
}

// word spells word number n of a language. Few numbers share a spelling; the smaller ones are short.
func (w *world) word(lang string, n int) string {
	r := stream(w.seed^languageSalt(lang), uint64(n)<<8|'w')
	syllables := 2
	if n > 400 && r.chance(0.12) {
		syllables++
	}
	return spell(r, lang, syllables, true)
}

// languageSalt keeps the words of two languages apart.
func languageSalt(lang string) uint64 {
	var salt uint64
	for _, c := range []byte(lang) {
		salt = salt<<8 | uint64(c)
	}
	return mix(salt)
}

// spell makes a word of syllables. Each but the last is open more often than not.
func spell(r random, lang string, syllables int, closed bool) string {
	var b strings.Builder
	for i := range syllables {
		last := i == syllables-1
		b.WriteString(onsets[r.IntN(len(onsets))])
		if own := accents[lang]; len(own) > 0 && r.chance(0.25) {
			b.WriteString(own[r.IntN(len(own))])
		} else {
			b.WriteString(nuclei[r.IntN(len(nuclei))])
		}
		if last && closed || r.chance(0.15) {
			b.WriteString(codas[r.IntN(len(codas))])
		}
	}
	return b.String()
}

// forms inflects a word; which endings it takes is the word's own.
func forms(lang string, n int, base string) []string {
	kinds := endings[lang]
	kind := kinds[mix(uint64(n))%uint64(len(kinds))]
	out := make([]string, len(kind))
	for i, ending := range kind {
		out[i] = base + ending
	}
	return out
}

// title writes a word with a capital. Made-up words begin with an ASCII letter, and so do all function words but some
// French ones that begin no sentence.
func title(word string) string {
	if word == "" || word[0] < 'a' || word[0] > 'z' {
		return word
	}
	return string(word[0]-'a'+'A') + word[1:]
}
