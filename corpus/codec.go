package corpus

import (
	"encoding/json"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// maxPageBytes bounds one page. Whoever makes a Page bounds it far lower; this keeps a mistake there from filling
// the archive.
const maxPageBytes = 64 << 20

// codec packs pages and articles. It is safe for concurrent use.
type codec struct {
	enc     *zstd.Encoder
	dec     *zstd.Decoder
	buffers sync.Pool // of *[]byte: unpacked articles, until they are read or packed
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
	return &codec{enc: enc, dec: dec, buffers: sync.Pool{New: func() any { return new([]byte) }}}, nil
}

func (c *codec) close() {
	c.enc.Close()
	c.dec.Close()
}

func (c *codec) pack(data []byte) []byte { return c.enc.EncodeAll(data, nil) }

func (c *codec) unpack(data []byte) ([]byte, error) { return c.dec.DecodeAll(data, nil) }

// plainArticle is the first byte of an article in the form of plain.go, packed. An article as JSON, packed, as it was
// written before, begins with the first byte of every zstd frame, which is another.
const plainArticle = 1

func (c *codec) packArticle(a *Article) []byte {
	buf := c.buffers.Get().(*[]byte)
	defer c.buffers.Put(buf)
	plain := appendArticle((*buf)[:0], a)
	if cap(plain) <= maxKeptBuffer {
		*buf = plain
	}
	packed := make([]byte, 1, len(plain)/2+packedHead)
	packed[0] = plainArticle
	return c.enc.EncodeAll(plain, packed)
}

// packedHead is room for what a short article takes beside half of its length.
const packedHead = 256

// unpackArticle reads what packArticle wrote. The texts of an article share one string.
func (c *codec) unpackArticle(data []byte) (*Article, error) {
	plain := len(data) > 0 && data[0] == plainArticle
	if plain {
		data = data[1:]
	}
	buf := c.buffers.Get().(*[]byte)
	defer c.buffers.Put(buf)
	raw, err := c.dec.DecodeAll(data, (*buf)[:0])
	if err != nil {
		return nil, fmt.Errorf("stored article is damaged: %w", err)
	}
	if cap(raw) <= maxKeptBuffer {
		*buf = raw
	}
	a := new(Article)
	if plain {
		err = readArticle(string(raw), a)
	} else {
		err = json.Unmarshal(raw, a)
	}
	if err != nil {
		return nil, fmt.Errorf("stored article is damaged: %w", err)
	}
	return a, nil
}

// maxKeptBuffer is the largest buffer that is used again: nearly every article fits.
const maxKeptBuffer = 1 << 20
