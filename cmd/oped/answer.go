package main

import (
	"fmt"
	"strings"
)

// apiAnswer is what search prints of the API's answer.
type apiAnswer struct {
	Total  int `json:"total"`
	Groups int `json:"groups"`
	Query  struct {
		Words        string       `json:"words"`
		Warnings     []string     `json:"warnings"`
		Alternatives []string     `json:"alternatives"`
		AlsoSearched []apiVariant `json:"also_searched"`
	} `json:"query"`
	Partial       bool     `json:"partial"`
	PartialReason string   `json:"partial_reason"`
	Hits          []apiHit `json:"hits"`
	Doctor        struct {
		Suggestions []apiOffer `json:"suggestions"`
		Relaxations []apiOffer `json:"relaxations"`
		Parts       []apiPart  `json:"parts"`
	} `json:"doctor"`
}

// apiVariant is a name and the other spellings that were searched for.
type apiVariant struct {
	Word string `json:"word"`
	Also []struct {
		Word  string `json:"word"`
		Count int    `json:"count"`
	} `json:"also"`
}

// apiOffer is another search that would find more.
type apiOffer struct {
	Text  string `json:"text"`
	Query string `json:"query"`
	Total int    `json:"total"`
}

// apiPart is what a part of the search finds alone.
type apiPart struct {
	Text    string    `json:"text"`
	Alone   int       `json:"alone"`
	Culprit bool      `json:"culprit"`
	Parts   []apiPart `json:"parts"`
}

type apiHit struct {
	ID          string   `json:"id"`
	Headline    string   `json:"headline"`
	Authors     []string `json:"authors"`
	Publication string   `json:"publication"`
	Published   string   `json:"published"`
	Type        string   `json:"type"`
	URL         string   `json:"url"`
	Snippets    []struct {
		Text    string `json:"text"`
		Matches []struct {
			Start int `json:"start"`
			End   int `json:"end"`
		} `json:"matches"`
	} `json:"snippets"`
	Explanation *apiExplanation `json:"explanation"`
	Copies      int             `json:"copies"`
	CopyList    []struct {
		ID          string `json:"id"`
		Publication string `json:"publication"`
		Published   string `json:"published"`
		Headline    string `json:"headline"`
	} `json:"copy_list"`
}

type apiExplanation struct {
	Value float64           `json:"value"`
	Text  string            `json:"text"`
	Parts []*apiExplanation `json:"parts"`
}

// printAnswer writes hits for people: what was understood to stderr, the hits to stdout.
func (a *app) printAnswer(answer apiAnswer) error {
	found := fmt.Sprintf("%d found", answer.Total)
	if answer.Groups < answer.Total {
		found = fmt.Sprintf("%d found, %d without copies (--no-fold shows every copy)", answer.Total, answer.Groups)
	}
	a.say("%s, searched as: %s", found, answer.Query.Words)
	for i, warning := range answer.Query.Warnings {
		a.say("%s", printable(warning))
		if i < len(answer.Query.Alternatives) && answer.Query.Alternatives[i] != "" {
			a.say("or search for: %s", printable(answer.Query.Alternatives[i]))
		}
	}
	a.printVariants(answer.Query.AlsoSearched)
	if answer.Partial {
		a.say("not all was looked at: %s", answer.PartialReason)
	}
	a.printAdvice(answer)
	var b strings.Builder
	for _, hit := range answer.Hits {
		hit.write(&b, a.marks())
	}
	_, err := a.stdout.Write([]byte(b.String()))
	return err
}

func (a *app) printVariants(variants []apiVariant) {
	for _, v := range variants {
		var others []string
		for _, other := range v.Also {
			others = append(others, fmt.Sprintf("%s (%d)", printable(other.Word), other.Count))
		}
		a.say("%s also searched as %s; --no-variants turns that off", printable(v.Word), strings.Join(others, ", "))
	}
}

// printAdvice says why a search finds so little, and what would find more.
func (a *app) printAdvice(answer apiAnswer) {
	for _, o := range answer.Doctor.Suggestions {
		a.say("did you mean: %s (%d)", printable(o.Query), o.Total)
	}
	a.printParts(answer.Doctor.Parts, "")
	for _, o := range answer.Doctor.Relaxations {
		a.say("more is found %s: %s (%d)", printable(o.Text), printable(o.Query), o.Total)
	}
}

func (a *app) printParts(parts []apiPart, indent string) {
	for _, p := range parts {
		mark := ""
		if p.Culprit {
			mark = " <- this keeps the rest out"
		}
		a.say("%salone: %s (%d)%s", indent, printable(p.Text), p.Alone, mark)
		a.printParts(p.Parts, indent+"  ")
	}
}

// marks are what stands around a match: bold on a terminal, asterisks elsewhere.
func (a *app) marks() [2]string {
	if a.colours {
		return [2]string{"\x1b[1m", "\x1b[0m"}
	}
	return [2]string{"*", "*"}
}

func (h *apiHit) write(b *strings.Builder, marks [2]string) {
	day, _, _ := strings.Cut(h.Published, "T")
	fmt.Fprintf(b, "%s\n", printable(h.Headline))
	fmt.Fprintf(b, "  %s\n", printable(join(h.Publication, orElse(day, "undated"), h.Type, strings.Join(h.Authors, ", "))))
	for _, s := range h.Snippets {
		text := []rune(s.Text)
		b.WriteString("    ")
		at := 0
		for _, m := range s.Matches {
			if m.Start < at || m.End > len(text) || m.Start > m.End {
				continue
			}
			b.WriteString(printable(string(text[at:m.Start])) + marks[0] + printable(string(text[m.Start:m.End])) + marks[1])
			at = m.End
		}
		b.WriteString(printable(string(text[at:])) + "\n")
	}
	fmt.Fprintf(b, "  %s\n", printable(join(h.ID, h.URL)))
	h.writeCopies(b)
	h.Explanation.write(b, 2)
	b.WriteString("\n")
}

// writeCopies lists what was folded into the hit.
func (h *apiHit) writeCopies(b *strings.Builder) {
	if h.Copies == 0 {
		return
	}
	fmt.Fprintf(b, "  +%d of the same text:\n", h.Copies)
	for _, c := range h.CopyList {
		day, _, _ := strings.Cut(c.Published, "T")
		fmt.Fprintf(b, "    %s\n", printable(join(c.Publication, orElse(day, "undated"), c.Headline, c.ID)))
	}
	if more := h.Copies - len(h.CopyList); more > 0 {
		fmt.Fprintf(b, "    and %d more\n", more)
	}
}

func (e *apiExplanation) write(b *strings.Builder, depth int) {
	if e == nil {
		return
	}
	fmt.Fprintf(b, "%s%.4f %s\n", strings.Repeat("  ", depth), e.Value, printable(e.Text))
	for _, part := range e.Parts {
		part.write(b, depth+1)
	}
}

// printable keeps scraped text from steering a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

// join joins what is not empty.
func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " | ")
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
