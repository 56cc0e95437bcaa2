package extract

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

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

// modelMagic begins every stored model; the digit is the version of the format.
const modelMagic = "opedgbt1"

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

// Encode writes the model in the form that ParseModel reads.
func (m *Model) Encode(w io.Writer) error {
	var b bytes.Buffer
	b.WriteString(modelMagic)
	put := func(x any) { _ = binary.Write(&b, binary.LittleEndian, x) } // a Buffer takes everything
	put(uint16(m.Features))
	put(m.Bias)
	put(uint16(len(m.Trees)))
	for _, t := range m.Trees {
		put(uint16(len(t)))
		put([]Node(t))
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("extract: write model: %w", err)
	}
	return nil
}

// ParseModel reads a stored model and checks that every walk through it ends.
func ParseModel(data []byte) (*Model, error) {
	r := bytes.NewReader(data)
	head := make([]byte, len(modelMagic))
	if _, err := io.ReadFull(r, head); err != nil || string(head) != modelMagic {
		return nil, errors.New("extract: parse model: no model of this version")
	}
	var features, trees uint16
	m := &Model{}
	for _, x := range []any{&features, &m.Bias, &trees} {
		if err := binary.Read(r, binary.LittleEndian, x); err != nil {
			return nil, fmt.Errorf("extract: parse model: %w", err)
		}
	}
	if trees > maxTrees {
		return nil, fmt.Errorf("extract: parse model: %d trees are more than %d", trees, maxTrees)
	}
	m.Features = int(features)
	for i := range int(trees) {
		t, err := parseTree(r, features)
		if err != nil {
			return nil, fmt.Errorf("extract: parse model: tree %d: %w", i, err)
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
