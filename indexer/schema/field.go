package schema

import (
	"errors"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
)

// field is a field of an index document whose terms are known already: the engine analyses nothing.
type field struct {
	name    string
	value   []byte
	options index.FieldIndexingOptions
	length  int
	terms   index.TokenFrequencies
	bytes   int
	segment Segment
	memory  *fieldMemory // that terms are made of; nil where it can not be used again
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                        { return uint64(f.bytes) }

// Size is a rough number of bytes: the engine only adds them up for its statistics.
func (f *field) Size() int { return len(f.name) + f.bytes + 96*len(f.terms) + 48*f.length }

// Bleve is the document as bleve indexes it, by IndexAdvanced. It fails for an article without ID.
func (d *Document) Bleve() (*document.Document, error) {
	if d.Article.ID == "" {
		return nil, errors.New("schema: make document: article has no ID")
	}
	doc := document.NewDocument(string(d.Article.ID))
	an := borrow()
	defer an.giveBack()
	for s := range numSegments {
		if tokens := d.Tokens[s]; len(tokens) > 0 {
			doc.AddField(an.freq.positional(s, d.Language, tokens))
		}
	}
	for i := 0; i < len(d.Keywords); {
		n := i + 1
		for n < len(d.Keywords) && d.Keywords[n].Field == d.Keywords[i].Field {
			n++
		}
		doc.AddField(keywordField(d.Keywords[i:n]))
		i = n
	}
	doc.AddField(d.Stored().countsField())
	return doc, nil
}

// uncounted is the frequency of all terms of keyword fields, which the engine only reads.
var uncounted = &index.TokenFreq{}

// keywordField holds the values of one keyword field.
func keywordField(values []Keyword) *field {
	f := &field{name: values[0].Field, options: index.IndexField | index.SkipFreqNorm, terms: make(index.TokenFrequencies, len(values))}
	for _, v := range values {
		f.terms[v.Value] = uncounted
		f.bytes += len(v.Value)
	}
	if f.name == FieldVersion {
		f.options |= index.StoreField
		f.value = []byte(values[0].Value)
	}
	return f
}

// Mapping is the mapping of an index of this schema. It is static: bleve itself analyses nothing and indexes nothing that
// Bleve did not put there. What it says is that a term in a query is to be taken as it is.
func Mapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	static := bleve.NewDocumentStaticMapping()
	m.DefaultMapping = static
	m.DefaultAnalyzer = keyword.Name
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	for _, s := range Segments() {
		static.AddFieldMappingsAt(s.String(), asIs(s.String()))
	}
	for _, name := range KeywordFields() {
		static.AddFieldMappingsAt(name, asIs(name))
	}
	return m
}

func asIs(name string) *mapping.FieldMapping {
	f := bleve.NewKeywordFieldMapping()
	f.Name = name
	f.Store, f.DocValues, f.IncludeInAll, f.IncludeTermVectors = false, false, false, false
	return f
}
