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

// ReadPages makes the examples of every page whose body is known: for the first model, or, where first gives the first
// model to be used for a site, for the second.
func ReadPages(cases []evaluate.Case, first func(site string) *extract.Model) ([]LabelledPage, error) {
	e, err := extract.New(extract.WithModels(nil))
	if err != nil {
		return nil, err
	}
	var out []LabelledPage
	for _, c := range cases {
		if c.Body == nil {
			continue
		}
		p, err := c.Page()
		if err != nil {
			return nil, err
		}
		var m *extract.Model
		if first != nil {
			m = first(c.Site)
		}
		blocks, err := e.Blocks(p, m)
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

// Folds is how many parts sites are sorted into.
const Folds = 4

// TrainModels makes both models from the pages whose body is known. The second learns from answers that the first gives
// for sites that it has not seen: what it says of pages that it knows by heart is surer than it will ever be again.
func TrainModels(cases []evaluate.Case, p Params) (*extract.Models, error) {
	pages, err := ReadPages(cases, nil)
	if err != nil {
		return nil, err
	}
	unseen := crossTrain(pages, p)
	second, err := ReadPages(cases, func(site string) *extract.Model { return unseen[Fold(site, Folds)] })
	if err != nil {
		return nil, err
	}
	return &extract.Models{First: Train(allExamples(pages, -1), p), Second: Train(allExamples(second, -1), p)}, nil
}

// crossTrain trains a model for each fold on the pages of all others.
func crossTrain(pages []LabelledPage, p Params) []*extract.Model {
	models := make([]*extract.Model, Folds)
	for k := range models {
		models[k] = Train(allExamples(pages, k), p)
	}
	return models
}

// allExamples are the examples of all pages but those of one fold.
func allExamples(pages []LabelledPage, without int) []Example {
	var out []Example
	for _, page := range pages {
		if Fold(page.Site, Folds) != without {
			out = append(out, page.Examples...)
		}
	}
	return out
}

// CrossValidate trains models for each fold on the cases of all others; models k have never seen a site of fold k.
func CrossValidate(cases []evaluate.Case, p Params) ([]*extract.Models, error) {
	models := make([]*extract.Models, Folds)
	for k := range models {
		var others []evaluate.Case
		for _, c := range cases {
			if Fold(c.Site, Folds) != k {
				others = append(others, c)
			}
		}
		var err error
		if models[k], err = TrainModels(others, p); err != nil {
			return nil, err
		}
	}
	return models, nil
}
