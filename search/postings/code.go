package postings

import (
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"oped/indexer/schema"
)

// codeOf is the code of a posting of the engine's, read with its locations.
func codeOf(p segment.Posting) uint64 {
	norm := uint64(0)
	if n, ok := p.(interface{ NormUint64() uint64 }); ok {
		norm = n.NormUint64()
	}
	return schema.Code(p.Frequency(), norm, len(p.Locations()) > 0)
}

// fileCode is the next code in a list of frequencies and norms, and whether the posting has a location.
func fileCode(r *bytesReader) (code uint64, located bool) {
	n := r.number()
	frequency, located := n>>1, n&1 != 0
	if frequency != 0 {
		code = schema.Code(frequency, r.number(), located)
	}
	return code, located
}
