// Package doctor examines searches that find little or nothing: what each part of them finds alone, which part keeps the
// rest from finding anything, what a slightly wider search would find, and which words may have been spelt wrongly.
//
// Everything it offers has been tried: a count is the exact total of the request that goes with it. It asks the
// archive for counts only, a bounded number of them and for a bounded time, and says so where that was not enough.
// The page, the API and the command line show the same diagnosis.
package doctor
