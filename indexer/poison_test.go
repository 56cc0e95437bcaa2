package indexer

import (
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// poison is a field over which the engine panics.
type poison struct{ document.Field }

func (poison) AnalyzedTokenFrequencies() index.TokenFrequencies { panic("no terms") }
