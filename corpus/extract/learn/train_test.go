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
	cases, err := evaluate.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	models, err := learn.CrossValidate(cases, learn.Params{})
	if err != nil {
		t.Fatal(err)
	}
	predictions := map[string]evaluate.Prediction{}
	for k, m := range models {
		e, err := extract.New(extract.WithModels(m))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			if learn.Fold(c.Site, learn.Folds) != k {
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

// TestTrainModels makes the models that ship with corpus/extract from all pages of OPED_EXTRACTION_DIR, and writes it
// to OPED_MODEL.
func TestTrainModels(t *testing.T) {
	dir, out := os.Getenv("OPED_EXTRACTION_DIR"), os.Getenv("OPED_MODEL")
	if dir == "" || out == "" {
		t.Skip("OPED_EXTRACTION_DIR and OPED_MODEL are not set")
	}
	cases, err := evaluate.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	models, err := learn.TrainModels(cases, learn.Params{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := models.Encode(&b); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Clean(out), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Logf("models of %d bytes", b.Len())
}
