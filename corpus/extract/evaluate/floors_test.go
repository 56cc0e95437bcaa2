package evaluate_test

import (
	"flag"
	"path/filepath"
	"strings"
	"testing"

	"oped/corpus/extract"
	"oped/corpus/extract/evaluate"
)

var update = flag.Bool("update", false, "raise the floors to what is reached now")

// gateDir holds fictional pages of the templates that publications use, with what a reader of them would say they hold.
var gateDir = filepath.Join("..", "testdata", "gate")

// TestGate holds that pages are read at least as well as ever before.
func TestGate(t *testing.T) {
	cases, err := evaluate.Load(gateDir)
	if err != nil {
		t.Fatal(err)
	}
	e, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	scores, err := evaluate.Run(e, cases)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(gateDir, "floors.json")
	floors, err := evaluate.ReadFloors(file)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if floors, err = floors.Raise(scores); err != nil {
			t.Fatalf("a floor never falls:\n%v", err)
		}
		if err := floors.Write(file); err != nil {
			t.Fatal(err)
		}
	}
	if floors == (evaluate.Floors{}) {
		t.Fatalf("%s has no floors", file)
	}
	if err := floors.Check(scores); err != nil {
		t.Errorf("%v\n%v", err, scores)
	}
	t.Logf("\n%v", scores)
}

func TestFloorsOnlyRise(t *testing.T) {
	low := evaluate.Floors{F1: 0.9}
	raised, err := low.Raise(evaluate.Scores{F1: 0.95678, Date: 1})
	if err != nil {
		t.Fatal(err)
	}
	if want := (evaluate.Floors{F1: 0.956, Date: 1}); raised != want {
		t.Errorf("Raise = %+v, want %+v", raised, want)
	}
	if _, err := raised.Raise(evaluate.Scores{F1: 0.94, Date: 1}); err == nil || !strings.Contains(err.Error(), "body F1") {
		t.Errorf("Raise to a lower score gives %v", err)
	}
	if err := raised.Check(evaluate.Scores{F1: 0.96, Date: 1}); err != nil {
		t.Errorf("Check = %v", err)
	}
}

func TestFloorsAreKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "floors.json")
	if f, err := evaluate.ReadFloors(file); err != nil || f != (evaluate.Floors{}) {
		t.Errorf("ReadFloors of no file = %v, %v", f, err)
	}
	want := evaluate.Floors{F1: 0.956, Author: 0.5}
	if err := want.Write(file); err != nil {
		t.Fatal(err)
	}
	if got, err := evaluate.ReadFloors(file); err != nil || got != want {
		t.Errorf("ReadFloors = %+v, %v, want %+v", got, err, want)
	}
}
