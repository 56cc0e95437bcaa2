package learn_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"

	"oped/corpus/extract"
	"oped/corpus/extract/learn"
)

func TestLabel(t *testing.T) {
	body := "The harbour board will vote on Thursday on whether to let the night ferry die.\nWhat it costs\nThe boat loses nine crowns on every crossing, and the morning boats lose six."
	texts := []string{
		"Home",
		"The night ferry must stay",
		"The harbour board will vote on Thursday on whether to let the night ferry die.",
		"the morning boats lose six", // a pull quote: part of the paragraph below
		"What it costs",
		"The boat loses nine crowns on every crossing, and the morning boats lose six.",
		"What it costs", // a link of the same words in the footer
		"Subscribe to our newsletter and get the Review in your inbox.",
	}
	want := []bool{false, false, true, false, true, true, false, false}
	if got := learn.Label(texts, body); !reflect.DeepEqual(got, want) {
		t.Errorf("Label = %v, want %v", got, want)
	}
}

func TestLabelTakesTheHeadingNotItsLink(t *testing.T) {
	body := "Nobody on the board has asked the night nurses what the boat is worth to them.\nWhat the ferry costs the town\nThe boat loses nine crowns on every crossing, and the morning boats lose six.\nWho pays\nThe fares pay half, and the town pays the rest out of the harbour fund."
	texts := []string{
		"In this piece",
		"What the ferry costs the town", // links at the top
		"Who pays",
		"Nobody on the board has asked the night nurses what the boat is worth to them.",
		"nine crowns on every crossing, and the morning boats lose six", // a pull quote
		"What the ferry costs the town",
		"The boat loses nine crowns on every crossing, and the morning boats lose six.",
		"Who pays",
		"The fares pay half, and the town pays the rest out of the harbour fund.",
	}
	want := []bool{false, false, false, true, false, true, true, true, true}
	if got := learn.Label(texts, body); !reflect.DeepEqual(got, want) {
		t.Errorf("Label = %v, want %v", got, want)
	}
}

// xor makes examples that no single question tells apart: the first two features decide only together.
func xor(n int) []learn.Example {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]learn.Example, n)
	for i := range out {
		a, b := r.Float32(), r.Float32()
		out[i] = learn.Example{Vector: []float32{a, b, r.Float32(), 1}, Body: (a > 0.3) != (b > 0.6), Weight: 1}
	}
	return out
}

func TestTrainLearns(t *testing.T) {
	examples := xor(3000)
	m := learn.Train(examples[:2000], learn.Params{Trees: 60, Features: 1, Seed: 7})
	right := 0
	for _, e := range examples[2000:] {
		if (m.Probability(e.Vector) > 0.5) == e.Body {
			right++
		}
	}
	if right < 950 {
		t.Errorf("%d of 1000 answers are right, want at least 950", right)
	}
}

func TestTrainRepeats(t *testing.T) {
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		m := learn.Train(xor(500), learn.Params{Trees: 10, Seed: 3})
		if err := (&extract.Models{First: m, Second: m}).Encode(b); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same examples give two models")
	}
}

func TestFoldsPartSites(t *testing.T) {
	seen := map[int]bool{}
	for _, site := range []string{"a.example", "b.example", "c.example", "d.example", "e.example", "f.example"} {
		k := learn.Fold(site, 3)
		if k < 0 || k > 2 || k != learn.Fold(site, 3) {
			t.Errorf("Fold(%q) = %d", site, k)
		}
		seen[k] = true
	}
	if len(seen) < 2 {
		t.Error("all sites are in one fold")
	}
}
