package learn_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"oped/corpus/extract"
	"oped/corpus/extract/evaluate"
	"oped/corpus/extract/learn"
)

// TestCrossValidate writes the predictions for every page by models that have not seen its site. It runs only when
// OPED_EXTRACTION_DIR names a directory of pages with their truth and OPED_PREDICTIONS the file to write.
func TestCrossValidate(t *testing.T) {
	dir, out := os.Getenv("OPED_EXTRACTION_DIR"), os.Getenv("OPED_PREDICTIONS")
	if dir == "" || out == "" {
		t.Skip("OPED_EXTRACTION_DIR and OPED_PREDICTIONS are not set")
	}
	const folds = 4
	cases, err := evaluate.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := extract.New(extract.WithModel(nil))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := learn.ReadPages(plain, cases)
	if err != nil {
		t.Fatal(err)
	}
	models := learn.CrossValidate(pages, folds, learn.Params{})
	predictions := map[string]evaluate.Prediction{}
	for k, m := range models {
		e, err := extract.New(extract.WithModel(m))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			if learn.Fold(c.Site, folds) != k {
				continue
			}
			p, err := c.Page()
			if err != nil {
				t.Fatal(err)
			}
			a, err := e.Extract(p)
			if err != nil {
				t.Fatalf("Extract(%s): %v", c.ID, err)
			}
			predictions[c.ID] = evaluate.Predict(a)
		}
	}
	data, err := json.Marshal(predictions)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Clean(out), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestTrainModel makes the model that ships with corpus/extract from all pages of OPED_EXTRACTION_DIR, and writes it
// to OPED_MODEL.
func TestTrainModel(t *testing.T) {
	dir, out := os.Getenv("OPED_EXTRACTION_DIR"), os.Getenv("OPED_MODEL")
	if dir == "" || out == "" {
		t.Skip("OPED_EXTRACTION_DIR and OPED_MODEL are not set")
	}
	cases, err := evaluate.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	e, err := extract.New(extract.WithModel(nil))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := learn.ReadPages(e, cases)
	if err != nil {
		t.Fatal(err)
	}
	var examples []learn.Example
	for _, p := range pages {
		examples = append(examples, p.Examples...)
	}
	var b bytes.Buffer
	if err := learn.Train(examples, learn.Params{}).Encode(&b); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Clean(out), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d examples of %d pages, model of %d bytes", len(examples), len(pages), b.Len())
}
