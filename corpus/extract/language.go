package extract

import (
	"strings"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/text/language"

	"oped/corpus"
)

// Language detection reads at least minGuessRunes (shorter texts mislead it) and at most maxGuessRunes.
const (
	minGuessRunes = 200
	maxGuessRunes = 1000
)

// readLanguage is the article's language: what the text shows where it shows it beyond doubt, because templates in
// one language carry articles in another; else what the page states.
func readLanguage(body []corpus.Block, stated ...string) string {
	guess, reliable := guessLanguage(body)
	for _, s := range stated {
		tag := primaryTag(s)
		if tag == "" {
			continue
		}
		if reliable && guess != tag {
			return guess
		}
		return tag
	}
	if reliable {
		return guess
	}
	return ""
}

// guessLanguage detects the language of the paragraphs.
func guessLanguage(body []corpus.Block) (tag string, reliable bool) {
	var b strings.Builder
	runes := 0
	for _, block := range body {
		if runes > maxGuessRunes {
			break
		}
		text := cutRunes(block.Text, maxGuessRunes)
		b.WriteString(text)
		b.WriteByte('\n')
		runes += len([]rune(text))
	}
	if runes <= minGuessRunes {
		return "", false
	}
	detected := whatlanggo.Detect(b.String())
	tag = detected.Lang.Iso6391()
	return tag, tag != "" && detected.IsReliable() && detected.Confidence > 0.9
}

// primaryTag is the primary language of a tag such as "en-GB" or "pt_BR", or "" if it is none.
func primaryTag(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if s == "" || len(s) > 35 {
		return ""
	}
	tag, err := language.Parse(s)
	if err != nil {
		return ""
	}
	base, conf := tag.Base()
	if conf == language.No || base.String() == "und" {
		return ""
	}
	return base.String()
}
