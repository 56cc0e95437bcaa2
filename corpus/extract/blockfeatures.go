package extract

import "oped/corpus"

// TextBlock is one text block of a page as the model sees it.
type TextBlock struct {
	Text     string
	Words    int
	Features []float32
}

// Blocks gives the text blocks of an HTML page with their features, for training a model.
func (e *Extractor) Blocks(p *corpus.Page) ([]TextBlock, error) {
	r, err := e.open(p)
	if err != nil {
		return nil, err
	}
	features := r.features()
	out := make([]TextBlock, len(features))
	for i := range features {
		b := &r.layout.blocks[i]
		out[i] = TextBlock{Text: b.text, Words: b.words, Features: features[i]}
	}
	return out, nil
}
