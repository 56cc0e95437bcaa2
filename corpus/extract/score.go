package extract

import "golang.org/x/net/html/atom"

// cueWeights say how much a cue above a block speaks for (+) or against (-) its being body text.
var cueWeights = [numCues]float64{
	cueBody: 1.5, cueArticle: 0.5, cueMain: 0.3, cueContent: 0.3,
	cueNav: -3, cueFooter: -2, cueHeader: -1, cueSidebar: -1.5, cueRelated: -2, cueTeaser: -1, cueComment: -4, cueShare: -1.5,
	cueNewsletter: -3, cueAd: -2, cueCaption: -3, cueMedia: -1, cueAuthor: -2, cueMeta: -2, cueTag: -1, cueDek: -0.5, cueQuote: 0,
	cueCookie: -4, cueModal: -2, cueHidden: -1.5, cuePaywall: -0.5, cueTitle: -0.5, cueNote: -0.5, cueForm: -2, cueList: -0.5, cueBox: -0.5,
}

// score says for every block how much it looks like body text: above 0 it does.
func (l *layout) score() []float64 {
	scores := make([]float64, len(l.blocks))
	for i := range l.blocks {
		scores[i] = l.scoreBlock(&l.blocks[i])
	}
	return scores
}

func (l *layout) scoreBlock(b *block) float64 {
	s := textScore(b)
	near := &l.elems[b.elem].near
	for c, weight := range cueWeights {
		if d := near[c]; d < 6 {
			s += weight * float64(6-d) / 6
		}
	}
	return s
}

// textScore judges a block by its text alone.
func textScore(b *block) float64 {
	s := min(float64(b.words)/15, 4) - 0.7
	switch b.tag {
	case atom.P:
		s += 0.7
	case atom.H1:
		s -= 3
	case atom.H2, atom.H3, atom.H4, atom.Blockquote:
		s += 0.6
	case atom.Td, atom.Th, atom.Dt, atom.Dd:
		s -= 0.5
	}
	if endsSentence(b.text) {
		s += 0.6
	}
	if b.words > 0 {
		density := float64(b.linked) / float64(b.words)
		s -= 3 * density
		if density > 0.9 {
			s -= 1
		}
	}
	return s
}

// choose keeps the blocks that score above 0 within the element whose blocks score most together. Together counts
// what is against a block as well, so the element that holds the article alone beats the page around it.
func (l *layout) choose(scores []float64) selection {
	sel := selection{keep: make([]bool, len(l.blocks))}
	if len(l.blocks) == 0 {
		return sel
	}
	prefix := make([]float64, len(scores)+1)
	for i, s := range scores {
		prefix[i+1] = prefix[i] + max(s, -2)
	}
	best, bestSum := 0, -1e9
	for i := range l.elems {
		e := &l.elems[i]
		if sum := prefix[e.last] - prefix[e.first]; e.last > e.first && sum >= bestSum {
			best, bestSum = i, sum
		}
	}
	e := &l.elems[best]
	total, kept := 0, 0
	for i := range l.blocks {
		total += l.blocks[i].words
		if int32(i) >= e.first && int32(i) < e.last && scores[i] > 0 {
			sel.keep[i] = true
			kept += l.blocks[i].words
		}
	}
	sel.words = kept
	sel.sure = float64(kept) / float64(total+1)
	return sel
}
