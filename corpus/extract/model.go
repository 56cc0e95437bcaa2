package extract

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// Models judge the text blocks of a page in two rounds. A Models is safe for concurrent use once made.
type Models struct {
	// First judges each block by itself and its place on the page.
	First *Model
	// Second judges it again knowing what First says of the blocks around it and of those with the same markup.
	Second *Model
}

// hopeless is First's answer below which a block is not judged again: navigation, mostly, half of all blocks.
const hopeless = 0.002

// answers are how likely each block of a page is body text, 0 to 1.
func (m *Models) answers(p *profile) []float64 {
	features := p.features()
	answers := m.First.probabilities(features)
	o := p.outlook(answers)
	out := make([]float64, len(answers))
	for i, a := range answers {
		if out[i] = a; a >= hopeless {
			out[i] = m.Second.Probability(o.vector(features[i], i))
		}
	}
	return out
}

// fit reports whether the models read the features that this package makes; those of a nil Models do.
func (m *Models) fit() error {
	if m == nil || m.First.Features == numFeatures && m.Second.Features == numSecond {
		return nil
	}
	return fmt.Errorf("extract: the models read %d and %d features of a block, there are %d and %d: train them again",
		m.First.Features, m.Second.Features, numFeatures, numSecond)
}

// Model is a sum of decision trees that says of a block how likely it is body text. It is learnt from pages whose
// body is known (see corpus/extract/learn) and shipped as data. A Model is safe for concurrent use once made.
type Model struct {
	// Features is the length of the vectors that it was trained on.
	Features int
	// Bias is where the sum starts.
	Bias  float32
	Trees []Tree
}

// Tree is one decision tree, its nodes in preorder: what is true of a node's left branch begins right after it.
type Tree []Node

// Node asks whether feature Feature is at most Value, and goes on at the next node if it is, else at node Right. A
// node whose Feature is Leaf ends the walk with Value.
type Node struct {
	Feature uint16
	Right   uint16
	Value   float32
}

// Leaf in place of a feature marks the end of a walk.
const Leaf = math.MaxUint16

// modelMagic begins every file of models; the digit is the version of the format.
const modelMagic = "opedgbt2"

// Bounds on a stored model, against damaged files.
const (
	maxTrees     = 5000
	maxTreeNodes = 2000
)

// Probability is the answer for one block, 0 to 1; v has Features values.
func (m *Model) Probability(v []float32) float64 {
	sum := m.Bias
	for _, t := range m.Trees {
		i := 0
		for t[i].Feature != Leaf {
			if v[t[i].Feature] <= t[i].Value {
				i++
			} else {
				i = int(t[i].Right)
			}
		}
		sum += t[i].Value
	}
	return 1 / (1 + math.Exp(-float64(sum)))
}

// probabilities are the answers for all blocks of a page.
func (m *Model) probabilities(blocks []vector) []float64 {
	out := make([]float64, len(blocks))
	for i, v := range blocks {
		out[i] = m.Probability(v)
	}
	return out
}

// Encode writes the models in the form that ParseModels reads.
func (m *Models) Encode(w io.Writer) error {
	var b bytes.Buffer
	b.WriteString(modelMagic)
	m.First.encode(&b)
	m.Second.encode(&b)
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("extract: write models: %w", err)
	}
	return nil
}

func (m *Model) encode(b *bytes.Buffer) {
	put := func(x any) { _ = binary.Write(b, binary.LittleEndian, x) } // a Buffer takes everything
	put(uint16(m.Features))
	put(m.Bias)
	put(uint16(len(m.Trees)))
	for _, t := range m.Trees {
		put(uint16(len(t)))
		put([]Node(t))
	}
}

// ParseModels reads stored models and checks that every walk through them ends.
func ParseModels(data []byte) (*Models, error) {
	r := bytes.NewReader(data)
	head := make([]byte, len(modelMagic))
	if _, err := io.ReadFull(r, head); err != nil || string(head) != modelMagic {
		return nil, errors.New("extract: parse models: no models of this version")
	}
	first, err := parseModel(r)
	if err != nil {
		return nil, fmt.Errorf("extract: parse first model: %w", err)
	}
	second, err := parseModel(r)
	if err != nil {
		return nil, fmt.Errorf("extract: parse second model: %w", err)
	}
	return &Models{First: first, Second: second}, nil
}

func parseModel(r io.Reader) (*Model, error) {
	var features, trees uint16
	m := &Model{}
	for _, x := range []any{&features, &m.Bias, &trees} {
		if err := binary.Read(r, binary.LittleEndian, x); err != nil {
			return nil, err
		}
	}
	if trees > maxTrees {
		return nil, fmt.Errorf("%d trees are more than %d", trees, maxTrees)
	}
	m.Features = int(features)
	for i := range int(trees) {
		t, err := parseTree(r, features)
		if err != nil {
			return nil, fmt.Errorf("tree %d: %w", i, err)
		}
		m.Trees = append(m.Trees, t)
	}
	return m, nil
}

func parseTree(r io.Reader, features uint16) (Tree, error) {
	var n uint16
	if err := binary.Read(r, binary.LittleEndian, &n); err != nil {
		return nil, err
	}
	if n == 0 || n > maxTreeNodes {
		return nil, fmt.Errorf("%d nodes", n)
	}
	t := make(Tree, n)
	if err := binary.Read(r, binary.LittleEndian, []Node(t)); err != nil {
		return nil, err
	}
	for i, node := range t {
		if node.Feature == Leaf {
			continue
		}
		// Both branches lead onward, so no walk can turn in a circle.
		if node.Feature >= features || int(node.Right) <= i || node.Right >= n || i+1 >= int(n) {
			return nil, fmt.Errorf("node %d leads nowhere", i)
		}
	}
	return t, nil
}
