package extract

import "oped/corpus"

// TextBlock is one text block of a page as a model sees it.
type TextBlock struct {
	Text     string
	Words    int
	Features []float32
}

// Blocks gives the text blocks of an HTML page with their features, for training: without a model those that
// Models.First reads, else those that Models.Second reads behind that first model.
func (e *Extractor) Blocks(p *corpus.Page, first *Model) ([]TextBlock, error) {
	r, err := e.open(p)
	if err != nil {
		return nil, err
	}
	profile := r.profile()
	features := profile.features()
	if first != nil {
		o := profile.outlook(first.probabilities(features))
		for i := range features {
			features[i] = o.vector(features[i], i)
		}
	}
	out := make([]TextBlock, len(features))
	for i := range features {
		b := &r.layout.blocks[i]
		out[i] = TextBlock{Text: b.text, Words: b.words, Features: features[i]}
	}
	return out, nil
}
