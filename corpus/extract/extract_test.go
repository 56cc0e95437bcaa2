package extract

import (
	"testing"
	"time"

	"oped/corpus"
)

func newTestExtractor(t testing.TB) *Extractor {
	t.Helper()
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestExtractRefusesOtherMedia(t *testing.T) {
	_, err := newTestExtractor(t).Extract(&corpus.Page{MediaType: "image/png", Body: []byte("x"), Fetched: time.Unix(1, 0)})
	if err == nil || err.Error() != `extract: media type "image/png" is neither HTML nor plain text` {
		t.Errorf("Extract(image) error = %v", err)
	}
}
