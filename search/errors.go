package search

import (
	"errors"
	"fmt"
)

// ErrNoIndex is returned by searches before any index has been published.
var ErrNoIndex = errors.New("search: no index has been published yet")

// ErrBusy is returned by a dear search where others like it keep the processors busy. Later it may be answered.
var ErrBusy = errors.New("search: too many demanding searches at this moment: try again in a few seconds, or be more specific")

// RequestError tells which part of a Request cannot be used and why.
type RequestError struct {
	// Field names the part as Request does ("Limit"), Value is what it held.
	Field, Value string
	// Problem says what was wrong and what would be right, in words for a reader.
	Problem string
}

func (e *RequestError) Error() string {
	return fmt.Sprintf("search: %s %q: %s", e.Field, e.Value, e.Problem)
}

// BudgetError tells that a query asks for more work than one search may do. It was refused as a whole: nothing was cut.
type BudgetError struct {
	// What was counted, for example `spellings of "con*"`.
	What string
	// Count is how many there are, Limit how many there may be.
	Count, Limit int
}

func (e *BudgetError) Error() string {
	return fmt.Sprintf("search: %d %s, more than the limit of %d: be more specific", e.Count, e.What, e.Limit)
}
