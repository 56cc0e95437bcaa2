package segment

import (
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// Plugin makes the segments of indexes with certain fields, and leaves everything else to the stock engine, which it is
// to be registered instead of (scorch.RegisterSegmentPlugin). It is safe for concurrent use.
type Plugin struct {
	zap.ZapPlugin
	fields []FieldInfo // by name, after the ID
	number map[string]int
}

// FieldInfo says what a field of an index is like.
type FieldInfo struct {
	Name    string
	Options index.FieldIndexingOptions
}

// idField is the field that the engine keeps the ID in. It is always the first.
var idField = FieldInfo{"_id", index.IndexField | index.StoreField}

// NewPlugin returns the Plugin for indexes with these fields, in any order. All segments have all of them, since only
// segments with the same fields are merged without being read word by word.
func NewPlugin(fields []FieldInfo) *Plugin {
	p := &Plugin{fields: append([]FieldInfo{idField}, fields...), number: map[string]int{}}
	slices.SortFunc(p.fields[1:], func(a, b FieldInfo) int { return strings.Compare(a.Name, b.Name) })
	for i, f := range p.fields {
		p.number[f.Name] = i
	}
	return p
}

// New makes a segment of documents.
func (p *Plugin) New(docs []index.Document) (segment.Segment, uint64, error) {
	return p.NewUsing(docs, nil)
}

// NewUsing makes a segment of documents, numbered in the order of their IDs. Documents of which one is not made of Fields, or
// has others than the Plugin's, make a segment of the stock engine, in which Fields have their terms alone.
func (p *Plugin) NewUsing(docs []index.Document, config map[string]any) (segment.Segment, uint64, error) {
	own, ok := p.own(docs)
	if !ok {
		return p.ZapPlugin.NewUsing(docs, config)
	}
	inv := inverters.Get().(*inverter)
	defer inverters.Put(inv)
	f, err := inv.write(p.fields, own)
	if err != nil {
		return nil, 0, err
	}
	stats, _ := config[segment.StatsKey].(*segment.Stats)
	if stats == nil {
		stats = &segment.Stats{}
	}
	base, err := zap.InitSegmentBase(f.bytes, f.sum(), zap.DefaultChunkMode, uint64(len(own)), f.storedIndex, f.fieldsIndex, config, stats)
	if err != nil {
		return nil, 0, err
	}
	return base, uint64(len(f.bytes)), nil
}

// doc is a document with its fields by their number; nil where it has none. The first is always nil.
type doc struct {
	id     string
	fields []*Field
}

// own reads the fields of documents; it fails where it meets one that it does not know.
func (p *Plugin) own(docs []index.Document) ([]doc, bool) {
	own := make([]doc, len(docs))
	room := make([]*Field, len(docs)*len(p.fields))
	ok := len(docs) > 0
	for i, d := range docs {
		own[i] = doc{d.ID(), room[i*len(p.fields):][:len(p.fields)]}
		_, nested := d.(index.NestedDocument)
		ok = ok && !d.HasComposite() && (!nested || !hasNested(d))
		d.VisitFields(func(each index.Field) {
			f, isOurs := each.(*Field)
			if n, known := p.number[each.Name()]; isOurs && known && own[i].fields[n] == nil && p.fields[n].Options == f.options {
				own[i].fields[n] = f
			} else if each.Name() != idField.Name {
				ok = false
			}
		})
	}
	slices.SortFunc(own, func(a, b doc) int { return strings.Compare(a.id, b.id) })
	return own, ok
}

// hasNested reports whether a document has others in it.
func hasNested(d index.Document) bool {
	found := false
	d.(index.NestedDocument).VisitNestedDocuments(func(index.Document) { found = true })
	return found
}
