package indexer

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	zap "github.com/blevesearch/zapx/v17"

	"oped/indexer/schema"
	"oped/indexer/segment"
)

// TestStockEngineOpensTheIndex opens an index as a program does that knows nothing of package segment, asks it for
// articles, takes one out and puts another document in.
func TestStockEngineOpensTheIndex(t *testing.T) {
	f := newFakeCorpus(60)
	cfg := testConfig(t, f)
	cfg.BatchBytes = 10_000
	r := mustRebuild(t, cfg)
	scorch.RegisterSegmentPlugin(&zap.ZapPlugin{}, true)
	t.Cleanup(func() { scorch.RegisterSegmentPlugin(segment.NewPlugin(schema.Fields()), true) })
	ix, err := bleve.Open(indexDir(filepath.Join(cfg.Dir, "generations", r.Name)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ix.Close() }()
	word := strings.Fields(f.articles[articleID(3)].Headline)[0]
	q := bleve.NewTermQuery(word)
	q.SetField(schema.Headline.String())
	res, err := ix.Search(bleve.NewSearchRequestOptions(q, 60, 0, false))
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, hit := range res.Hits {
		found = found || hit.ID == string(articleID(3))
	}
	if !found {
		t.Errorf("%q finds %d articles, not the one with that headline", word, res.Total)
	}
	b := ix.NewBatch()
	b.Delete(string(articleID(3)))
	if err := b.Index("another", map[string]any{"headline": "zebra"}); err != nil {
		t.Fatal(err)
	}
	if err := ix.Batch(b); err != nil {
		t.Fatal(err)
	}
	if n, err := ix.DocCount(); err != nil || n != 60 {
		t.Errorf("%d documents, %v", n, err)
	}
}
