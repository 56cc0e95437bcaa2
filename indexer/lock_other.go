//go:build !unix

package indexer

import (
	"errors"
	"os"
)

// tryLock fails: without a lock that ends with its process, two writers could ruin an index.
func tryLock(*os.File) (bool, error) { return false, errors.ErrUnsupported }

// freeBytes does not know.
func freeBytes(string) (int64, error) { return 0, errors.ErrUnsupported }
