package schema

import (
	"errors"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"oped/indexer/segment"
)

// Fields are the fields of an index of this schema, as its segments have them.
func Fields() []segment.FieldInfo {
	fields := []segment.FieldInfo{{Name: fieldCounts, Options: index.StoreField}}
	for _, s := range Segments() {
		fields = append(fields, segment.FieldInfo{Name: s.String(), Options: positionalOptions})
	}
	for _, name := range KeywordFields() {
		fields = append(fields, segment.FieldInfo{Name: name, Options: keywordOptions(name)})
	}
	return fields
}

// Options of the fields.
const (
	positionalOptions = index.IndexField | index.IncludeTermVectors
	plainOptions      = index.IndexField | index.SkipFreqNorm
)

func keywordOptions(name string) index.FieldIndexingOptions {
	if name == FieldVersion {
		return plainOptions | index.StoreField
	}
	return plainOptions
}

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
		doc.AddField(an.freq.keyword(d.Keywords[i:n]))
		i = n
	}
	doc.AddField(d.Stored().countsField())
	return doc, nil
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
