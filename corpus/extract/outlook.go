package extract

import (
	"hash/maphash"
	"math"
)

// numSecond is the length of every vector of the second model: the first model's features and what its answers say.
const numSecond = numFeatures + 51

// outlook is what the first model's answers say of the surroundings of each block. A heading that looks like nothing
// by itself stands among paragraphs that are surely body; a paragraph that looks like body stands in a row of teasers.
type outlook struct {
	*profile
	answers []float64
	logits  []float32 // of the answers
	// Sums over the blocks before each one.
	mass, weight       []float64 // answers times weights, and weights
	kept, keptWords    []int
	first, last        int   // kept blocks
	previous, upcoming []int // the nearest kept block before and after each one, -1 if none
	alike              [2]map[uint64]*lot
	keys               [2][]uint64
	tags               map[float32]*lot
	sections           []lot // the blocks below each heading
	main               int32 // the element that holds most kept words directly or in its children
}

// lot is some blocks with their answers added up.
type lot struct {
	blocks, sum, weight, mass, best float64
}

func (l *lot) add(answer, weight float64) {
	l.blocks++
	l.sum += answer
	l.weight += weight
	l.mass += answer * weight
	l.best = max(l.best, answer)
}

// others are the mean answers, plain and weighted, of all blocks of a lot but one; -1 if there are none.
func (l *lot) others(answer, weight float64) (mean, weighted float32) {
	if l.blocks < 2 {
		return -1, -1
	}
	return float32((l.sum - answer) / (l.blocks - 1)), float32((l.mass - answer*weight) / max(l.weight-weight, 1e-9))
}

// logit turns an answer into the sum that it was made of, within bounds.
func logit(p float64) float32 {
	return float32(max(-8, min(8, math.Log((p+1e-6)/(1-p+1e-6)))))
}

// blockWeight is how much the answer for a block counts in a mean: long blocks more, but not much more.
func blockWeight(words int) float64 { return 1 + float64(min(words, 80))/8 }

// surely is the answer from which the first model keeps a block.
const surely = 0.5

func (p *profile) outlook(answers []float64) *outlook {
	n := len(answers)
	o := &outlook{
		profile: p, answers: answers, logits: make([]float32, n), mass: make([]float64, n+1), weight: make([]float64, n+1),
		kept: make([]int, n+1), keptWords: make([]int, n+1), first: n, last: -1, previous: make([]int, n), upcoming: make([]int, n),
		alike: [2]map[uint64]*lot{{}, {}}, keys: [2][]uint64{p.pathOf, p.ownPaths()}, tags: map[float32]*lot{}, sections: make([]lot, n),
	}
	for i, a := range answers {
		o.count(i, a)
	}
	next := -1
	for i := n - 1; i >= 0; i-- {
		o.upcoming[i] = next
		if answers[i] > surely {
			next = i
		}
	}
	o.main = o.mainElement()
	if o.last < 0 {
		o.first = 0
	}
	return o
}

// count adds the answer for block i, after those before it.
func (o *outlook) count(i int, answer float64) {
	words := o.layout.blocks[i].words
	w := blockWeight(words)
	o.logits[i] = logit(answer)
	o.mass[i+1], o.weight[i+1] = o.mass[i]+answer*w, o.weight[i]+w
	o.kept[i+1], o.keptWords[i+1] = o.kept[i], o.keptWords[i]
	o.previous[i] = o.last
	if answer > surely {
		o.kept[i+1]++
		o.keptWords[i+1] += words
		o.first, o.last = min(o.first, i), i
	}
	for k := range o.alike {
		lotOf(o.alike[k], o.keys[k][i]).add(answer, w)
	}
	lotOf(o.tags, o.shapes[i].tag).add(answer, w)
	if h := o.heading[i]; h >= 0 {
		o.sections[h].add(answer, w)
	}
}

func lotOf[K comparable](lots map[K]*lot, k K) *lot {
	l := lots[k]
	if l == nil {
		l = &lot{}
		lots[k] = l
	}
	return l
}

// ownPaths are hashes of the tag and class of each block's innermost element.
func (p *profile) ownPaths() []uint64 {
	var h maphash.Hash
	h.SetSeed(shingleSeed)
	out := make([]uint64, len(p.layout.blocks))
	for i := range out {
		n := p.layout.elems[p.layout.blocks[i].elem].node
		h.Reset()
		h.WriteString(n.Data)
		h.WriteByte(' ')
		h.WriteString(attr(n, "class"))
		out[i] = h.Sum64()
	}
	return out
}

// mainElement is the element whose children hold most kept words.
func (o *outlook) mainElement() int32 {
	words := map[int32]int{}
	best := int32(0)
	for i := range o.answers {
		if o.answers[i] <= surely {
			continue
		}
		parent := max(0, o.layout.elems[o.layout.blocks[i].elem].parent)
		words[parent] += o.layout.blocks[i].words
		if words[parent] > words[best] || words[parent] == words[best] && parent < best {
			best = parent
		}
	}
	return best
}

// vector is what the answers say of block i, put behind its own features.
func (o *outlook) vector(v vector, i int) vector {
	v.add(o.logits[i])
	for d := -neighbours; d <= neighbours; d++ {
		if d != 0 {
			v.add(o.logitAt(i + d))
		}
	}
	o.likeness(&v, i)
	o.holders(&v, i)
	o.among(&v, i)
	o.inSection(&v, i)
	v.add(o.nextAlike(i, -1), o.nextAlike(i, 1))
	o.fromMain(&v, i)
	return v
}

// nowhere is the logit of a block that is not there.
const nowhere = -9

func (o *outlook) logitAt(i int) float32 {
	if i < 0 || i >= len(o.logits) {
		return nowhere
	}
	return o.logits[i]
}

// likeness are the answers for the blocks of the same markup.
func (o *outlook) likeness(v *vector, i int) {
	a, w := o.answers[i], blockWeight(o.layout.blocks[i].words)
	lots := []*lot{o.alike[0][o.keys[0][i]], o.alike[1][o.keys[1][i]], o.tags[o.shapes[i].tag]}
	for _, l := range lots {
		mean, weighted := l.others(a, w)
		v.add(mean, weighted, float32(l.best), log1(int(l.blocks)))
	}
}

// holders are the answers for the other blocks of the elements around the block.
func (o *outlook) holders(v *vector, i int) {
	a, w := o.answers[i], blockWeight(o.layout.blocks[i].words)
	at := o.layout.blocks[i].elem
	for level := range 5 {
		if level > 0 && at > 0 {
			at = o.layout.elems[at].parent
		}
		e := &o.layout.elems[at]
		first, last := int(e.first), int(e.last)
		if last-first < 2 || i < first || i >= last {
			v.add(-1, -1)
			continue
		}
		others := max(o.weight[last]-o.weight[first]-w, 1e-9)
		v.add(float32((o.mass[last]-o.mass[first]-a*w)/others), float32(o.kept[last]-o.kept[first])/float32(last-first))
	}
}

// among are the features of where the block stands among those kept.
func (o *outlook) among(v *vector, i int) {
	n := len(o.answers)
	v.add(float32(clamp(i-o.first, -30, 60)), float32(clamp(o.last-i, -30, 60)))
	before, after := maxGap, maxGap
	if o.previous[i] >= 0 {
		before = min(maxGap, i-o.previous[i])
	}
	if o.upcoming[i] >= 0 {
		after = min(maxGap, o.upcoming[i]-i)
	}
	v.add(float32(before), float32(after))
	all := o.keptWords[n]
	v.add(float32(o.keptWords[i])/float32(all+1), log1(o.keptWords[i]), log1(all-o.keptWords[i]), log1(all), log1(o.kept[n]))
	v.add(float32(o.kept[i]-o.kept[max(0, i-5)]), float32(o.kept[min(n, i+6)]-o.kept[i+1]))
}

// maxGap is the longest distance to a kept block that is told from longer ones.
const maxGap = 50

// inSection are the answers for the block's heading and for what else stands below it; of a heading, for what stands
// below itself.
func (o *outlook) inSection(v *vector, i int) {
	if b := &o.layout.blocks[i]; isHeadingTag(b.tag) {
		s := &o.sections[i]
		if s.blocks == 0 {
			v.add(o.logits[i], -1, 0)
		} else {
			v.add(o.logits[i], float32(s.mass/s.weight), float32(s.blocks))
		}
		return
	}
	h := o.heading[i]
	if h < 0 {
		v.add(nowhere, -1, -1)
		return
	}
	_, weighted := o.sections[h].others(o.answers[i], blockWeight(o.layout.blocks[i].words))
	v.add(o.logits[h], weighted, float32(o.sections[h].blocks))
}

// alikeReach is how far the nearest block of the same markup is looked for.
const alikeReach = 40

// nextAlike is the answer for the nearest block of the same markup in one direction.
func (o *outlook) nextAlike(i, step int) float32 {
	for j := i + step; j >= 0 && j < len(o.answers) && (j-i)*step < alikeReach; j += step {
		if o.pathOf[j] == o.pathOf[i] {
			return o.logits[j]
		}
	}
	return nowhere
}

// fromMain are the features of where the block stands to the element that holds most of what is kept.
func (o *outlook) fromMain(v *vector, i int) {
	steps, at := 0, o.layout.blocks[i].elem
	for at > o.main {
		at = o.layout.elems[at].parent
		steps++
	}
	if at != o.main {
		steps = -1
	}
	m := &o.layout.elems[o.main]
	v.add(float32(steps), float32(clamp(i-int(m.first), -30, 60)), float32(clamp(int(m.last)-i, -30, 60)))
	v.flag(o.layout.elems[o.layout.blocks[i].elem].parent == o.main)
}
