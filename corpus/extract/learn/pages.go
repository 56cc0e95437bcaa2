package learn

import (
	"fmt"
	"hash/fnv"
	"math"

	"oped/corpus/extract"
	"oped/corpus/extract/evaluate"
)

// LabelledPage is the blocks of one page as examples.
type LabelledPage struct {
	ID, Site string
	Examples []Example
}

// ReadPages makes the examples of every page whose body is known.
func ReadPages(e *extract.Extractor, cases []evaluate.Case) ([]LabelledPage, error) {
	var out []LabelledPage
	for _, c := range cases {
		if c.Body == nil {
			continue
		}
		p, err := c.Page()
		if err != nil {
			return nil, err
		}
		blocks, err := e.Blocks(p)
		if err != nil {
			return nil, fmt.Errorf("learn: page %q: %w", c.ID, err)
		}
		out = append(out, LabelledPage{ID: c.ID, Site: c.Site, Examples: examples(blocks, *c.Body)})
	}
	return out, nil
}

// examples weighs the blocks of one page: long ones more, since the score counts words, but short ones enough to
// be learnt, since a single wrong line spoils an article; and all pages about alike, whatever their length.
func examples(blocks []extract.TextBlock, body string) []Example {
	texts := make([]string, len(blocks))
	for i, b := range blocks {
		texts[i] = b.Text
	}
	marks := Label(texts, body)
	out := make([]Example, len(blocks))
	total := 0.0
	for i, b := range blocks {
		out[i] = Example{Vector: b.Features, Body: marks[i], Weight: 1 + math.Min(float64(b.Words), 80)/8}
		total += out[i].Weight
	}
	scale := math.Sqrt(600 / (total + 100))
	for i := range out {
		out[i].Weight *= scale
	}
	return out
}

// Fold is which of n parts of a cross-validation a site belongs to.
func Fold(site string, n int) int {
	h := fnv.New32a()
	h.Write([]byte(site))
	return int(h.Sum32() % uint32(n))
}

// CrossValidate trains n models, each on the pages of all folds but one; model k has never seen a site of fold k.
func CrossValidate(pages []LabelledPage, n int, p Params) []*extract.Model {
	models := make([]*extract.Model, n)
	for k := range n {
		var train []Example
		for _, page := range pages {
			if Fold(page.Site, n) != k {
				train = append(train, page.Examples...)
			}
		}
		models[k] = Train(train, p)
	}
	return models
}
