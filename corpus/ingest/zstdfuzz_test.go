package ingest

import (
	"bufio"
	"bytes"
	"io"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// FuzzZstandard holds that no file makes reading panic or swell.
func FuzzZstandard(f *testing.F) {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		f.Fatal(err)
	}
	frame := z.EncodeAll([]byte(fuzzRecord), nil)
	f.Add(frame)
	f.Add(append([]byte("\x5d\x2a\x4d\x18\x04\x00\x00\x00abcd"), frame...))
	f.Add(append([]byte("\x5d\x2a\x4d\x18\xff\xff\xff\xff"), frame...))
	f.Fuzz(func(t *testing.T, data []byte) {
		in := bufio.NewReaderSize(bytes.NewReader(data), sniffBytes)
		if head, _ := in.Peek(4); !zstdBegins(head) {
			return
		}
		r, err := unzstd(in)
		if err != nil {
			return
		}
		defer r.Close()
		_, _ = io.Copy(io.Discard, io.LimitReader(r, 1<<20))
	})
}
