package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"

	"oped/corpus"
	"oped/indexer/schema"
)

// digest is a checksum over a set of documents that does not depend on their order: the sum of their hashes.
type digest [4]uint64

func (d *digest) add(id corpus.ID, version int) {
	sum := sha256.Sum256([]byte(string(id) + " " + strconv.Itoa(version)))
	for i := range d {
		d[i] += binary.BigEndian.Uint64(sum[8*i:])
	}
}

func (d *digest) String() string {
	var b [32]byte
	for i, n := range d {
		binary.BigEndian.PutUint64(b[8*i:], n)
	}
	return hex.EncodeToString(b[:])
}

// contents reads which versions of which articles an index holds.
func contents(ctx context.Context, ix bleve.Index) (map[corpus.ID]int, error) {
	r, err := newReader(ix)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	count, err := r.DocCount()
	if err != nil {
		return nil, err
	}
	held := make(map[corpus.ID]int, count)
	versions, err := fieldTerms(r, schema.FieldVersion)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		version, err := strconv.Atoi(v)
		if err != nil {
			return nil, err
		}
		if err := eachDocument(ctx, r, schema.FieldVersion, v, func(id corpus.ID) { held[id] = version }); err != nil {
			return nil, err
		}
	}
	if uint64(len(held)) != count {
		return nil, fmt.Errorf("indexer: read %q: %d documents, %d of them with a version", ix.Name(), count, len(held))
	}
	return held, nil
}

func fieldTerms(r index.IndexReader, field string) ([]string, error) {
	dict, err := r.FieldDict(field)
	if err != nil {
		return nil, err
	}
	defer func() { _ = dict.Close() }()
	var terms []string
	for {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			return terms, err
		}
		terms = append(terms, entry.Term)
	}
}

// eachDocument calls f with the ID of every document that has a term.
func eachDocument(ctx context.Context, r index.IndexReader, field, term string, f func(corpus.ID)) error {
	list, err := r.TermFieldReader(ctx, []byte(term), field, false, false, false)
	if err != nil {
		return err
	}
	defer func() { _ = list.Close() }()
	var doc index.TermFieldDoc
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		d, err := list.Next(doc.Reset())
		if err != nil || d == nil {
			return err
		}
		id, err := r.ExternalID(d.ID)
		if err != nil {
			return err
		}
		f(corpus.ID(id))
	}
}

// digestOf is the digest of what an index holds.
func digestOf(held map[corpus.ID]int) string {
	var d digest
	for id, version := range held {
		d.add(id, version)
	}
	return d.String()
}
