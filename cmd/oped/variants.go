package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"oped/search/spelling"
)

// variantsFile holds spellings of names that people wrote down, in the data directory.
const variantsFile = "variants.txt"

// variants reads the file of spellings, which need not be there. Its bad lines are told and passed over: a slip in it must
// not keep a server from starting.
func (a *app) variants(dir string) (*spelling.Variants, error) {
	f, err := os.Open(filepath.Join(dir, variantsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read variants: %w", err)
	}
	defer f.Close()
	v, bad, err := spelling.Read(f)
	if err != nil {
		return nil, fmt.Errorf("read variants %q: %w", f.Name(), err)
	}
	for _, b := range bad {
		a.say("%s, line %d passed over: %s", variantsFile, b.Line, b.Problem)
	}
	return v, nil
}
