package ingest

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// Zstandard (RFC 8878) files are rows of frames. In web archives (.warc.zst) each record is a frame of its own, and all may
// rest on a dictionary that stands in a frame of a kind that other readers skip, before the first one.
const (
	zstdFrame      = 0xFD2FB528
	zstdSkipped    = 0x184D2A50 // to 0x184D2A5F
	zstdDictionary = 0x184D2A5D
)

const (
	// maxZstdWindow is the memory that a frame may ask for; level 19, the highest without "ultra", asks for 8 MB.
	maxZstdWindow = 32 << 20
	// maxDictionary bounds a dictionary, unpacked too. Those in use have about a megabyte.
	maxDictionary = 8 << 20
)

// zstdBegins reports whether data begins as Zstandard does.
func zstdBegins(head []byte) bool {
	if len(head) < 4 {
		return false
	}
	magic := binary.LittleEndian.Uint32(head)
	return magic == zstdFrame || magic&^0xF == zstdSkipped
}

// unzstd begins to read what Zstandard frames hold, one after the other. The caller closes it.
func unzstd(in *bufio.Reader) (io.ReadCloser, error) {
	options := []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxZstdWindow)}
	head, _ := in.Peek(8)
	if len(head) == 8 && binary.LittleEndian.Uint32(head) == zstdDictionary {
		_, _ = in.Discard(len(head)) // it was just seen
		dictionary, err := readDictionary(in, binary.LittleEndian.Uint32(head[4:]))
		if err != nil {
			return nil, err
		}
		options = append(options, zstd.WithDecoderDicts(dictionary))
	}
	d, err := zstd.NewReader(in, options...)
	if err != nil {
		return nil, err
	}
	return d.IOReadCloser(), nil
}

// readDictionary reads the content of a dictionary's frame, which may be compressed itself.
func readDictionary(in io.Reader, size uint32) ([]byte, error) {
	if size > maxDictionary {
		return nil, fmt.Errorf("dictionary of %d bytes; %d are the most", size, maxDictionary)
	}
	data, err := io.ReadAll(io.LimitReader(in, int64(size)))
	if err != nil {
		return nil, err
	}
	if len(data) < 4 || binary.LittleEndian.Uint32(data) != zstdFrame {
		return data, nil
	}
	d, err := zstd.NewReader(bytes.NewReader(data), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxZstdWindow))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	out, err := io.ReadAll(io.LimitReader(d, maxDictionary+1))
	if err == nil && len(out) > maxDictionary {
		err = fmt.Errorf("dictionary of more than %d bytes", maxDictionary)
	}
	return out, err
}
