package corpus

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// ID names one article for ever: permalinks, exports and citations carry it. It is 16 characters of lower-case
// base32 (80 bits), made from the canonical URL, or from the content where there is no URL. An ID, once given to an
// article, is kept over re-extraction, reindexing and moves.
type ID string

// IDLength is the length of every ID in bytes.
const IDLength = 16

// IDFromURL derives the ID of the article at a canonical URL. It is the same with http and https, with and without "www.".
func IDFromURL(canonical string) ID { return newID("url", identity(canonical)) }

// IDFromContent derives the ID of an article that has no URL from what it says.
func IDFromContent(headline, text string) ID { return newID("content", headline, text) }

// Valid reports whether id has the shape of an ID; it says nothing of whether the article exists.
func (id ID) Valid() bool {
	return len(id) == IDLength && strings.Trim(string(id), "abcdefghijklmnopqrstuvwxyz234567") == ""
}

func newID(parts ...string) ID {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return ID(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:IDLength]))
}
