package doctor

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"oped/search"
	"oped/search/query"
)

// Bounds of looking for words spelt wrongly.
const (
	maxDoubtful    = 4 // words looked up; who mistypes more than that will type again
	maxNearest     = 3 // spellings tried for each
	maxRespellings = 8 // combinations tried
	maxSuggestions = 2 // offered
	// muchCommoner is how much commoner than the word itself a spelling must be to be thought meant instead.
	muchCommoner = 10
	maxCost      = 4 // two slips, or one in the first letter
)

// doubtful is a word of the query that may be spelt wrongly.
type doubtful struct {
	text    string
	nearest []candidate
	keep    bool // it is a word of the archive and may be right
}

// candidate is another spelling.
type candidate struct {
	word     string
	cost     int
	articles int
}

// suggestions are requests with words spelt otherwise that find clearly more.
func (x *examination) suggestions() []Offer {
	var doubts []doubtful
	for _, word := range x.words() {
		if len(doubts) == maxDoubtful || !x.trials.more() {
			break
		}
		if d, ok := x.doubt(word); ok {
			doubts = append(doubts, d)
		}
	}
	var offers []Offer
	all := respellings(doubts)
	for _, respelt := range all {
		if r, ok := x.respell(respelt); ok {
			offers = x.offer(offers, r)
		}
	}
	if len(offers) == 0 {
		offers = x.anyRespelt(all)
	}
	return offers[:min(len(offers), maxSuggestions)]
}

// offer adds a request where it finds clearly more.
func (x *examination) offer(to []Offer, r search.Request) []Offer {
	if n, ok := x.trials.count(r); ok && n >= x.clearly() {
		return append(to, Offer{r.Query, r, n})
	}
	return to
}

// anyRespelt asks for any of the words in their likeliest spelling, where no article has all of them.
func (x *examination) anyRespelt(all []respelling) []Offer {
	if len(all) == 0 {
		return nil
	}
	respelt := all[0]
	tree := query.Rewrite(x.query.Root, func(n query.Node) (query.Node, bool) {
		if w, ok := n.(query.Word); ok && respelt.words[w.Text] != "" {
			w.Text = likeTyped(w.Text, respelt.words[w.Text])
			return w, false
		}
		return n, true
	})
	var offers []Offer
	for _, r := range x.anyWord(tree) {
		offers = x.offer(offers, r.request)
	}
	return offers
}

// clearly is how much a suggestion must find. It is more than is found now, so suggestions cannot go round in a circle.
func (x *examination) clearly() int { return 2*x.total + 1 }

// words are those of the query's text, each once; values of fields are none, and what is ruled out does not matter.
func (x *examination) words() []string {
	var out []string
	query.Walk(x.query.Root, func(n query.Node) bool {
		switch n := n.(type) {
		case query.Not:
			return false
		case query.In:
			return n.Field.Positional() && n.Field != query.FieldURL
		case query.Word:
			if !slices.Contains(out, n.Text) {
				out = append(out, n.Text)
			}
		}
		return true
	})
	return out
}

// doubt looks up a word that few articles have; ok is false where it seems right, or nothing is near it.
func (x *examination) doubt(word string) (d doubtful, ok bool) {
	text, ok := x.write(query.Word{Text: word})
	if !ok {
		return d, false
	}
	n, ok := x.trials.count(search.Request{Query: text, NoVariants: x.request.NoVariants})
	if !ok || n >= Few {
		return d, false
	}
	spellings, err := x.trials.archive.Spellings(x.trials.ctx, word)
	if err != nil {
		return d, false
	}
	d = doubtful{text: word, keep: n > 0}
	for _, s := range spellings {
		if c := cost(word, s); s.Edits > 0 && c <= maxCost && s.Articles > n*muchCommoner {
			d.nearest = append(d.nearest, candidate{s.Word, c, s.Articles})
		}
	}
	slices.SortStableFunc(d.nearest, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.articles, a.articles))
	})
	d.nearest = d.nearest[:min(len(d.nearest), maxNearest)]
	return d, len(d.nearest) > 0
}

// cost says how unlikely a slip is: the first letter is seldom mistyped.
func cost(word string, s search.Spelling) int {
	typed, _ := utf8.DecodeRuneInString(word)
	meant, _ := utf8.DecodeRuneInString(s.Word)
	if unicode.ToLower(typed) == unicode.ToLower(meant) {
		return 2 * s.Edits
	}
	return 2*s.Edits + 1
}

// respelling gives some words of a query other spellings.
type respelling struct {
	words    map[string]string
	cost     int
	articles int // of the rarest new word
}

// respellings combine the spellings of all doubtful words, the likeliest first.
func respellings(doubts []doubtful) []respelling {
	all := []respelling{{words: map[string]string{}, articles: 1 << 30}}
	for _, d := range doubts {
		var next []respelling
		for _, r := range all {
			if d.keep {
				next = append(next, r)
			}
			for _, c := range d.nearest {
				next = append(next, r.with(d.text, c))
			}
		}
		all = next
	}
	all = slices.DeleteFunc(all, func(r respelling) bool { return len(r.words) == 0 })
	slices.SortStableFunc(all, func(a, b respelling) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.articles, a.articles))
	})
	return all[:min(len(all), maxRespellings)]
}

func (r respelling) with(word string, c candidate) respelling {
	out := respelling{words: map[string]string{word: c.word}, cost: r.cost + c.cost, articles: min(r.articles, c.articles)}
	for word, other := range r.words {
		out.words[word] = other
	}
	return out
}

// respell is the request with words spelt otherwise. What was typed is kept as it is where that can be done.
func (x *examination) respell(to respelling) (search.Request, bool) {
	text, end := "", 0
	in := x.query.Input
	tree := query.Rewrite(x.query.Root, func(n query.Node) (query.Node, bool) {
		w, ok := n.(query.Word)
		other := to.words[w.Text]
		if !ok || other == "" {
			return n, true
		}
		if w.Text = likeTyped(w.Text, other); w.Start >= end && w.End > w.Start && w.End <= len(in) {
			text, end = text+in[end:w.Start]+w.Text, w.End
		}
		return w, false
	})
	if text += in[end:]; x.reads(text, tree) {
		r := x.request
		r.Query = text
		return r, true
	}
	return x.with(tree)
}

// likeTyped gives a word the capital that another one begins with.
func likeTyped(typed, word string) string {
	first, _ := utf8.DecodeRuneInString(typed)
	r, size := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) {
		return word
	}
	return string(unicode.ToUpper(r)) + word[size:]
}
