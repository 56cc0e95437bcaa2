package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"

	"oped/corpus"
)

// fieldsHeader keeps the FieldMap that a record was imported with beside the record, so that the article can be made
// from it again.
const fieldsHeader = "Oped-Fields"

// RecordError says why a record of data is no article.
type RecordError struct {
	Origin  string // file and line
	Problem string // the same words for every record that fails in this way
	Detail  string // what differs, may be empty
}

// Error names the place, the problem and the detail.
func (e *RecordError) Error() string {
	text := "ingest: " + e.Origin + ": " + e.Problem
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// dataPage makes the page that a record is kept as. record is one JSON object.
func (j *job) dataPage(origin string, record []byte) *corpus.Page {
	p := &corpus.Page{
		Origin: origin, Publication: j.cfg.Publication, MediaType: "application/json", Charset: "utf-8",
		Body: bytes.Clone(record), Fetched: j.cfg.Now().UTC(),
	}
	if len(j.cfg.Fields) > 0 {
		p.Header = http.Header{fieldsHeader: {j.cfg.Fields.String()}}
	}
	return p
}

// WithData returns an Extractor that reads pages of data itself and gives all others to e: what is needed to make
// every article of a Store anew. e may be nil where there are no others.
func WithData(e Extractor) Extractor { return withData{e} }

type withData struct{ next Extractor }

// Extract reads data itself, and says of the others where a web archive holds only a part.
func (w withData) Extract(p *corpus.Page) (*corpus.Article, error) {
	if p.MediaType == "application/json" {
		return Data(p)
	}
	if w.next == nil {
		return nil, fmt.Errorf("ingest: extract %q: no extractor for %q", p.Origin, p.MediaType)
	}
	a, err := w.next.Extract(p)
	if err == nil {
		truncated(a, p)
	}
	return a, err
}

// Data makes an article of a page that holds one record: a JSON object as JSONL, CSV and what comes from WordPress keep
// it. A date that cannot be
// (before 1600, or after the record was received) or that can be read in two ways is left out, and so is a type that is
// no kind of journalism. A record without text gives an article with Quality.Rejected; one that is no object, or has
// neither text nor headline under a name that is known, a *RecordError.
func Data(p *corpus.Page) (*corpus.Article, error) {
	record, err := decodeRecord(p.Body)
	if err != nil {
		return nil, &RecordError{Origin: p.Origin, Problem: "not one JSON object", Detail: err.Error()}
	}
	record = plainRecord(p.Header.Get(sourceHeader), record)
	fields, err := ParseFieldMap(p.Header.Get(fieldsHeader))
	if err != nil {
		return nil, err
	}
	columns := fields.columns(slices.Collect(maps.Keys(record)))
	get := func(f Field) any { return lookUp(record, columns[f]) }
	a := &corpus.Article{
		Publication: oneLine(get(FieldPublication)),
		Headline:    oneLine(get(FieldHeadline)),
		Kicker:      oneLine(get(FieldKicker)),
		Standfirst:  oneLine(get(FieldStandfirst)),
		Authors:     authors(get(FieldAuthors)),
		AuthorNote:  oneLine(get(FieldAuthorNote)),
		Published:   date(get(FieldPublished), p.Fetched),
		Modified:    date(get(FieldModified), p.Fetched),
		Section:     oneLine(get(FieldSection)),
		Tags:        tags(get(FieldTags)),
		Body:        blocks(get(FieldBody)),
		Captured:    p.Fetched.UTC(),
		PageHash:    p.Hash(),
	}
	a.Type, a.TypeReason = kind(oneLine(get(FieldType)))
	a.Language = languageOf(oneLine(get(FieldLanguage)), a.Body)
	if a.Publication == "" {
		a.Publication = p.Publication
	}
	if a.URL, err = corpus.CanonicalURL(oneLine(get(FieldURL))); err != nil {
		a.URL = "" // an article without an address is better than none
	}
	return a, assess(a, p.Origin, record)
}

// assess refuses what is no article.
func assess(a *corpus.Article, origin string, record map[string]any) error {
	if len(a.Body) > 0 {
		return nil
	}
	if a.Headline == "" {
		names := slices.Sorted(maps.Keys(record))
		return &RecordError{Origin: origin, Problem: "neither text nor headline", Detail: fmt.Sprintf("its fields are %.300q; a field map can say which is which", names)}
	}
	a.Quality = corpus.Quality{Flags: []string{"empty"}, Rejected: true, Reason: "The record has a headline but no text."}
	return nil
}

// decodeRecord reads one JSON object. Numbers keep their digits.
func decodeRecord(data []byte) (map[string]any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var record map[string]any
	if err := d.Decode(&record); err != nil {
		return nil, err
	}
	if record == nil {
		return nil, errors.New("null")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more follows the object on the same line")
	}
	return record, nil
}

// lookUp finds a value by its name, or by a path of names through nested objects.
func lookUp(record map[string]any, name string) any {
	if name == "" {
		return nil
	}
	if v, ok := record[name]; ok {
		return v
	}
	first, rest, nested := strings.Cut(name, ".")
	if inner, ok := record[first].(map[string]any); ok && nested {
		return lookUp(inner, rest)
	}
	for key, v := range record { // as typed in another case
		if strings.EqualFold(key, name) {
			return v
		}
	}
	return nil
}
