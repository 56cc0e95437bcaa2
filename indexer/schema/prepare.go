package schema

import (
	"errors"

	"github.com/blevesearch/bleve/v2/document"

	"oped/corpus"
	"oped/indexer/segment"
)

// Prepare makes an article ready for an index: as bleve takes it, by IndexAdvanced, and with what the index will keep of
// it. That says the same as Analyze, but for the tokens. It is a pure function of a, may run concurrently, and fails for
// an article without ID.
func Prepare(a *corpus.Article) (*document.Document, Stored, error) {
	stored := Stored{Version: a.Version}
	if a.ID == "" {
		return nil, stored, errors.New("schema: make document: article has no ID")
	}
	d := &Document{Article: a, Language: PrimaryLanguage(a.Language)}
	doc := document.NewDocument(string(a.ID))
	an := borrow()
	for s := range numSegments {
		if s == Lead {
			continue // is a part of the body
		}
		lead := an.collect(a, s, d.Language)
		if s == Body {
			stored.Words[Lead] = lead
		}
		if stored.Words[s] = an.text.read; an.text.read > 0 {
			postings := an.freq.postings(an.text.read, lead)
			doc.AddField(segment.NewField(s.String(), positionalOptions, nil, an.freq.lexicon, postings))
		}
	}
	d.Words = stored.Words[Body]
	an.keywords(doc, keywords(d))
	an.giveBack() // not after a panic, which would leave counts behind
	doc.AddField(stored.countsField())
	return doc, stored, nil
}

// collect collects the terms of a segment. Of the body it tells how many words are the lead.
func (an *analyzer) collect(a *corpus.Article, s Segment, lang string) (lead int) {
	t, q := &an.text, &an.freq
	t.begin(an, s, lang)
	q.seen = q.seen[:0]
	var o leadEnd
	for n, block := range Texts(a, s) {
		if !t.block(block) {
			continue
		}
		if s == Body {
			o.beforeBlock(a.Body[n].Kind == corpus.Heading, t.position)
		}
		for i, f := range t.forms {
			if t.ends(block, i) {
				q.count(q.marks.sentence, t.position)
				o.beforeSentence(t.position)
			}
			t.step(i)
			if t.isPlain(block, i) {
				q.form(f, t.lang, t.position)
				continue
			}
			token := t.token(n, block, i)
			q.token(&token, t.lang)
		}
		q.count(q.marks.sentence, t.position)
		q.count(q.marks.paragraph, t.position)
	}
	if s == Body && !o.over {
		o.words = t.position
	}
	return o.words
}

// keywords adds the keyword fields, whose values come field by field.
func (an *analyzer) keywords(doc *document.Document, values []Keyword) {
	for len(values) > 0 {
		n := 1
		for n < len(values) && values[n].Field == values[0].Field {
			n++
		}
		doc.AddField(an.freq.keyword(values[:n]))
		values = values[n:]
	}
}
