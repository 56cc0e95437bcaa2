package schema

import (
	"fmt"
	"strconv"
	"strings"

	index "github.com/blevesearch/bleve_index_api"

	"oped/indexer/segment"
)

// fieldCounts is the stored field that holds the words of each segment, so that an index document can be taken out of
// Totals again when it is replaced or removed.
const fieldCounts = "counts"

// Stored is what an index keeps of a document beside its terms.
type Stored struct {
	// Version is that of the article.
	Version int
	// Words is the number of words of each segment.
	Words [NumSegments]int
}

// ReadStored reads it back from a document of an index.
func ReadStored(doc index.Document) (Stored, error) {
	var s Stored
	var err error
	found := 0
	doc.VisitFields(func(f index.Field) {
		switch f.Name() {
		case FieldVersion:
			found++
			if n, bad := strconv.Atoi(string(f.Value())); bad != nil {
				err = bad
			} else {
				s.Version = n
			}
		case fieldCounts:
			found++
			if bad := s.parseWords(string(f.Value())); bad != nil {
				err = bad
			}
		}
	})
	if err == nil && found != 2 {
		err = fmt.Errorf("%d of 2 stored fields", found)
	}
	if err != nil {
		return Stored{}, fmt.Errorf("schema: read stored fields of %q: %w", doc.ID(), err)
	}
	return s, nil
}

// countsField is the stored-only field of the words of each segment.
func (s Stored) countsField() *segment.Field {
	numbers := make([]string, len(s.Words))
	for i, n := range s.Words {
		numbers[i] = strconv.Itoa(n)
	}
	return segment.NewField(fieldCounts, index.StoreField, []byte(strings.Join(numbers, " ")), nil, nil)
}

func (s *Stored) parseWords(text string) error {
	numbers := strings.Fields(text)
	if len(numbers) != len(s.Words) {
		return fmt.Errorf("%d word counts, want %d", len(numbers), len(s.Words))
	}
	for i, number := range numbers {
		n, err := strconv.Atoi(number)
		if err != nil {
			return err
		}
		s.Words[i] = n
	}
	return nil
}

// Add counts a document in.
func (t *Totals) Add(s Stored) { t.count(s, 1) }

// Remove counts a document out that was counted in.
func (t *Totals) Remove(s Stored) { t.count(s, -1) }

func (t *Totals) count(s Stored, sign int) {
	if t.Words == nil {
		t.Words = make(map[string]int, NumSegments)
	}
	t.Documents += sign
	for i, n := range s.Words {
		t.Words[Segment(i).String()] += sign * n
	}
}
