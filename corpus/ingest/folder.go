package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"oped/corpus"
)

// folder offers every file of a wanted format under dir.
func (j *job) folder(dir string, wanted func(Format) bool) error {
	root, err := os.OpenRoot(dir) // nothing outside can be reached, not even through links made meanwhile
	if err != nil {
		return fmt.Errorf("ingest: %w", err)
	}
	defer root.Close()
	found := 0
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return j.refuseAt(filepath.Join(dir, name), "cannot be read", err.Error())
		}
		hidden := strings.HasPrefix(d.Name(), ".") && name != "."
		if d.IsDir() {
			if hidden || partsOfPage(root, name) {
				return fs.SkipDir
			}
			return nil
		}
		f := formatOf(name)
		if hidden || !d.Type().IsRegular() {
			return nil
		}
		if f == FormatAuto {
			f = wordPressFile(root, name)
		}
		if !wanted(f) {
			return nil
		}
		found++
		return j.file(root, name, filepath.Join(dir, filepath.FromSlash(name)), f)
	})
	if err == nil && found == 0 {
		return fmt.Errorf("ingest: %q holds no file that could be imported: names must end in .html, .htm, .xhtml, .txt, .text, .jsonl, .ndjson, .csv, .tsv, .warc or .wxr, each also with .gz or .zst", dir)
	}
	return err
}

// partsOfPage reports whether a folder is the one in which a browser keeps the pictures and frames of a saved page:
// "Column_files" or "Column-Dateien" beside "Column.html".
func partsOfPage(root *os.Root, name string) bool {
	for _, ending := range []string{"_files", "-Dateien", "_fichiers", ".files"} {
		page, ok := strings.CutSuffix(name, ending)
		if !ok {
			continue
		}
		for _, ext := range []string{".html", ".htm"} {
			if _, err := root.Lstat(page + ext); err == nil {
				return true
			}
		}
	}
	return false
}

// file offers one file. What is wrong with it is its own: the job goes on.
func (j *job) file(root *os.Root, name, origin string, f Format) error {
	file, err := root.Open(name)
	if err != nil {
		return j.refuseAt(origin, "cannot be read", err.Error())
	}
	defer file.Close()
	err = j.input(file, origin, f)
	var bad *SourceError
	if errors.As(err, &bad) {
		return j.refuseAt(origin, "cannot be read", bad.Err.Error())
	}
	return err
}

// wordPressFile is the format of a file in .xml or .json that comes from WordPress, else FormatAuto: files of such
// names hold many things.
func wordPressFile(root *os.Root, name string) Format {
	plain := strings.TrimSuffix(strings.ToLower(name), ".gz")
	if !strings.HasSuffix(plain, ".xml") && !strings.HasSuffix(plain, ".json") {
		return FormatAuto
	}
	file, err := root.Open(name)
	if err != nil {
		return FormatAuto
	}
	defer file.Close()
	head, _ := io.ReadAll(io.LimitReader(file, sniffBytes))
	if f := sniff(unzipped(head)); f == FormatWXR || f == FormatWordPress {
		return f
	}
	return FormatAuto
}

// source offers all that one uncompressed source of a known format holds, unless it is a web archive.
func (j *job) source(in io.Reader, name string, f Format) error {
	switch f {
	case FormatJSONL:
		return j.jsonl(in, name)
	case FormatCSV:
		return j.table(in, name)
	case FormatWXR:
		return j.wxr(in, name)
	case FormatWordPress:
		return j.posts(in, name)
	}
	return j.page(in, name, f)
}

var errNoExtractor = errors.New("ingest: no Extractor to read pages with")

// page offers one file of HTML or text.
func (j *job) page(in io.Reader, origin string, f Format) error {
	if j.cfg.Extractor == nil {
		return errNoExtractor
	}
	body, err := readBounded(in)
	if err != nil {
		return &SourceError{Name: origin, Err: err}
	}
	p := &corpus.Page{
		Origin: origin, Publication: j.cfg.Publication, MediaType: "text/html", Body: body, Fetched: j.cfg.Now().UTC(),
	}
	if f == FormatText {
		p.MediaType = "text/plain"
	} else {
		p.URL = savedFrom(body)
	}
	return j.offer(p, j.cfg.Extractor.Extract)
}

// SourceError says that a source cannot be read to its end.
type SourceError struct {
	Name string
	Err  error
}

// Error names the source and the cause.
func (e *SourceError) Error() string { return fmt.Sprintf("ingest: read %q: %v", e.Name, e.Err) }

// Unwrap returns the cause.
func (e *SourceError) Unwrap() error { return e.Err }

// savedFromComments are what programs that save pages write at their top: browsers ("Mark of the Web"), SingleFile and
// HTTrack.
var savedFromComments = []*regexp.Regexp{
	regexp.MustCompile(`<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->`),
	regexp.MustCompile(`<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S+)`),
	regexp.MustCompile(`<!--\s*Mirrored from (\S+/\S*) by HTTrack`),
}

// savedFrom is the address that a saved page was saved from, if the program that saved it wrote it down.
func savedFrom(body []byte) string {
	head := body[:min(len(body), 4096)]
	for _, comment := range savedFromComments {
		m := comment.FindSubmatch(head)
		if m == nil {
			continue
		}
		address := string(m[1])
		if !bytes.Contains(m[1], []byte("://")) {
			address = "http://" + address
		}
		if _, err := corpus.CanonicalURL(address); err == nil {
			return address
		}
	}
	return ""
}
