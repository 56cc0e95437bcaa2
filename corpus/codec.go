package corpus

import (
	"encoding/json"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// maxPageBytes bounds one page. Whoever makes a Page bounds it far lower; this keeps a mistake there from filling
// the archive.
const maxPageBytes = 64 << 20

// codec packs pages and articles. It is safe for concurrent use.
type codec struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

func newCodec() (*codec, error) {
	// A window of 1 MB holds nearly every page whole, at an eighth of the default memory.
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(2), zstd.WithWindowSize(1<<20))
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxPageBytes+1<<20))
	if err != nil {
		return nil, err
	}
	return &codec{enc: enc, dec: dec}, nil
}

func (c *codec) close() {
	c.enc.Close()
	c.dec.Close()
}

func (c *codec) pack(data []byte) []byte { return c.enc.EncodeAll(data, nil) }

func (c *codec) unpack(data []byte) ([]byte, error) { return c.dec.DecodeAll(data, nil) }

func (c *codec) packArticle(a *Article) ([]byte, error) {
	kept := *a
	kept.Aliases = nil // they belong to the article, not to one version, and have their own table
	data, err := json.Marshal(&kept)
	if err != nil {
		return nil, err
	}
	return c.pack(data), nil
}

func (c *codec) unpackArticle(data []byte) (*Article, error) {
	raw, err := c.unpack(data)
	if err != nil {
		return nil, fmt.Errorf("stored article is damaged: %w", err)
	}
	a := new(Article)
	if err := json.Unmarshal(raw, a); err != nil {
		return nil, fmt.Errorf("stored article is damaged: %w", err)
	}
	return a, nil
}
