package ingest_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"oped/corpus/ingest"
)

// frames compresses each record by itself.
func frames(t testing.TB, records []string, options ...zstd.EOption) string {
	t.Helper()
	z, err := zstd.NewWriter(nil, append(options, zstd.WithEncoderConcurrency(1))...)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var out []byte
	for _, r := range records {
		out = z.EncodeAll([]byte(r), out)
	}
	return string(out)
}

// dictionaryFrame is the frame that a web archive keeps its dictionary in.
func dictionaryFrame(dictionary string, size int) string {
	head := binary.LittleEndian.AppendUint32(nil, 0x184D2A5D)
	return string(binary.LittleEndian.AppendUint32(head, uint32(size))) + dictionary
}

func TestZstandard(t *testing.T) {
	records := newsCrawl()
	plain := strings.Join(records, "")
	var contents [][]byte
	for i := range 40 { // with words that the history does not have
		contents = append(contents, fmt.Appendf(nil, "%s%x%s", plain[i:], sha256.Sum256([]byte{byte(i)}), plain[:i]))
	}
	dictionary, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 7, Contents: contents, History: []byte(plain), Offsets: [3]int{1, 4, 8}})
	if err != nil {
		t.Fatal(err)
	}
	based := frames(t, records, zstd.WithEncoderDict(dictionary))
	packed := frames(t, []string{string(dictionary)})
	for _, tt := range []struct {
		name, archive string
		format        ingest.Format
	}{
		{"one frame a record", frames(t, records), ingest.FormatWARC},
		{"one frame", frames(t, []string{plain}), ingest.FormatWARC},
		{"found out", frames(t, records), ingest.FormatAuto},
		{"frames to skip", "\x50\x2a\x4d\x18\x03\x00\x00\x00abc" + frames(t, records), ingest.FormatAuto},
		{"a dictionary", dictionaryFrame(string(dictionary), len(dictionary)) + based, ingest.FormatAuto},
		{"a compressed dictionary", dictionaryFrame(packed, len(packed)) + based, ingest.FormatWARC},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ingest.Reader(t.Context(), config(t), strings.NewReader(tt.archive), "crawl.warc.zst", tt.format)
			if diff := cmp.Diff(newsCrawlCounts, got); err != nil || diff != "" {
				t.Fatalf("Reader: %v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestZstandardDamage(t *testing.T) {
	records := newsCrawl()
	whole := frames(t, records)
	bomb := frames(t, []string{strings.Repeat("a", 9<<20)})
	for _, tt := range []struct{ name, archive string }{
		{"cut off", whole[:len(whole)-5]},
		{"damaged", frames(t, records[:6]) + "????" + frames(t, records[6:])},
		{"a dictionary that is too long", dictionaryFrame("", 1<<31-1) + whole},
		{"a dictionary that ends early", dictionaryFrame("abc", 1000)},
		{"a dictionary that is none", dictionaryFrame("abcd", 4) + whole},
		{"a dictionary that swells", dictionaryFrame(bomb, len(bomb)) + whole},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ingest.Reader(t.Context(), config(t), strings.NewReader(tt.archive), "crawl.warc.zst", ingest.FormatWARC)
			if err == nil && got.Rejected == 0 {
				t.Errorf("Reader = %+v, want an error or a rejection", got)
			}
		})
	}
}
