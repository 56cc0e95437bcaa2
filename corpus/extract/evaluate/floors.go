package evaluate

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
)

// Floors are the least scores that a set of pages must reach, 0 to 1. They only rise: what was once read right stays so.
type Floors struct {
	F1        float64 `json:"body_f1"`
	Precision float64 `json:"body_precision"`
	Recall    float64 `json:"body_recall"`
	Exact     float64 `json:"body_exact"`
	Headings  float64 `json:"headings"`
	Title     float64 `json:"headline"`
	Author    float64 `json:"author"`
	Date      float64 `json:"date"`
}

// floorSteps is how many floors there are from 0 to 1; scores are rounded down to them, so that no floor is made that was
// not reached.
const floorSteps = 1000

// ReadFloors reads floors from a file; a file that does not exist has none.
func ReadFloors(name string) (Floors, error) {
	var f Floors
	data, err := os.ReadFile(filepath.Clean(name))
	if errors.Is(err, os.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return f, fmt.Errorf("evaluate: read floors: %w", err)
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return f, fmt.Errorf("evaluate: parse floors %q: %w", name, err)
	}
	return f, nil
}

// Write stores the floors in a file.
func (f Floors) Write(name string) error {
	data, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return fmt.Errorf("evaluate: write floors: %w", err)
	}
	if err := os.WriteFile(filepath.Clean(name), append(data, '\n'), 0o600); err != nil {
		return fmt.Errorf("evaluate: write floors: %w", err)
	}
	return nil
}

// floor pairs a floor with the score that it is of.
type floor struct {
	name  string
	least *float64
	score float64
}

func (f *Floors) pairs(s Scores) []floor {
	return []floor{
		{"body F1", &f.F1, s.F1}, {"body precision", &f.Precision, s.Precision}, {"body recall", &f.Recall, s.Recall},
		{"exact bodies", &f.Exact, s.Exact}, {"headings", &f.Headings, s.Headings}, {"headline", &f.Title, s.Title},
		{"author", &f.Author, s.Author}, {"date", &f.Date, s.Date},
	}
}

// Check tells which scores lie below their floors; nil if none does.
func (f Floors) Check(s Scores) error {
	var errs []error
	for _, p := range f.pairs(s) {
		if p.score < *p.least {
			errs = append(errs, fmt.Errorf("evaluate: %s is %.4f, below its floor of %.3f", p.name, p.score, *p.least))
		}
	}
	return errors.Join(errs...)
}

// Raise gives the floors that the scores allow. It refuses, as Check does, to lower any: who means to lower a floor
// edits the file by hand and says why.
func (f Floors) Raise(s Scores) (Floors, error) {
	if err := f.Check(s); err != nil {
		return f, err
	}
	for _, p := range f.pairs(s) {
		*p.least = max(*p.least, math.Floor(p.score*floorSteps+1e-6)/floorSteps)
	}
	return f, nil
}
