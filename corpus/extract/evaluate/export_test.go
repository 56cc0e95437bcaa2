package evaluate_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"oped/corpus/extract"
	"oped/corpus/extract/evaluate"
)

// TestExport writes the predictions for a directory of pages with ground truth, in the form that scorers of
// extraction read. It runs only when OPED_EXTRACTION_DIR names such a directory and OPED_PREDICTIONS the file to write.
func TestExport(t *testing.T) {
	dir, out := os.Getenv("OPED_EXTRACTION_DIR"), os.Getenv("OPED_PREDICTIONS")
	if dir == "" || out == "" {
		t.Skip("OPED_EXTRACTION_DIR and OPED_PREDICTIONS are not set")
	}
	truth, err := evaluate.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	e, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	predictions := map[string]evaluate.Prediction{}
	for _, c := range truth {
		p, err := c.Page()
		if err != nil {
			t.Fatal(err)
		}
		a, err := e.Extract(p)
		if err != nil {
			t.Errorf("Extract(%s): %v", c.ID, err)
			continue
		}
		predictions[c.ID] = evaluate.Predict(a)
	}
	data, err := json.Marshal(predictions)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Clean(out), data, 0o600); err != nil {
		t.Fatal(err)
	}
}
