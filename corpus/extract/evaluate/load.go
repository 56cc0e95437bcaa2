// Package evaluate measures extraction on pages whose truth is known: how much of the body is found and how much
// else is taken for it, and how often headline, authors and date are right.
//
// A directory of such pages holds html/<id>.html or html/<id>.html.gz, and ground-truth.json, an object of id to Truth. Fields that a
// page's truth leaves out are not measured on it.
package evaluate

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"oped/corpus"
)

// Truth is what is known of a page. A nil field is not known.
type Truth struct {
	URL       string   `json:"url"`
	Body      *string  `json:"body"`
	Summary   string   `json:"summary"`
	Title     string   `json:"title"`
	Authors   *Names   `json:"authors"`
	Date      string   `json:"date"`
	Headings  []string `json:"headings"`
	With      []string `json:"with"`
	Without   []string `json:"without"`
	Comments  []string `json:"comments"`
	BodyStart string   `json:"body_start"`
	Probes    []Probe  `json:"probes"`
	Set       string   `json:"set"`
	Site      string   `json:"site"`
	// Suspect marks a page whose truth is doubtful; it is left out.
	Suspect bool `json:"gt_suspect"`
}

// Probe is a visible text of the page that is known not to be body.
type Probe struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// Names are author names; in JSON a list, or one string.
type Names []string

// UnmarshalJSON reads a list of strings, a string, or null.
func (n *Names) UnmarshalJSON(data []byte) error {
	var many []string
	if json.Unmarshal(data, &many) == nil {
		*n = many
		return nil
	}
	var one string
	if err := json.Unmarshal(data, &one); err != nil {
		return fmt.Errorf("evaluate: authors are neither a list nor a string: %w", err)
	}
	*n = Names{one}
	return nil
}

// Case is one page with its truth.
type Case struct {
	ID string
	Truth
	file string
}

// Load reads the truth of a directory, sorted by ID, without doubtful pages. The pages themselves are read by
// Case.Page.
func Load(dir string) ([]Case, error) {
	name := filepath.Join(dir, "ground-truth.json")
	data, err := os.ReadFile(filepath.Clean(name))
	if err != nil {
		return nil, fmt.Errorf("evaluate: read truth: %w", err)
	}
	var all map[string]Truth
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("evaluate: parse %q: %w", name, err)
	}
	var out []Case
	for id, t := range all {
		if !t.Suspect {
			out = append(out, Case{ID: id, Truth: t, file: filepath.Join(dir, "html", id+".html")})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out, nil
}

// maxPage bounds one unpacked page.
const maxPage = 64 << 20

// Page reads the page as a crawl would have kept it: fetched now, from its address.
func (c *Case) Page() (*corpus.Page, error) {
	body, err := os.ReadFile(filepath.Clean(c.file))
	if errors.Is(err, fs.ErrNotExist) {
		body, err = unpack(c.file + ".gz")
	}
	if err != nil {
		return nil, fmt.Errorf("evaluate: read page: %w", err)
	}
	return &corpus.Page{URL: c.URL, Status: 200, MediaType: "text/html", Body: body, Fetched: time.Now().UTC()}, nil
}

func unpack(name string) ([]byte, error) {
	f, err := os.Open(filepath.Clean(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, maxPage))
}

// Prediction is what was read of a page, in the form that scorers read.
type Prediction struct {
	Body     string   `json:"body"`
	Title    string   `json:"title"`
	Authors  []string `json:"authors"`
	Date     string   `json:"date"`
	Headings []string `json:"headings"`
}

// Predict puts an article in that form: the body one line a block.
func Predict(a *corpus.Article) Prediction {
	p := Prediction{Title: a.Headline, Authors: a.AuthorNames(), Date: a.Published.Day()}
	lines := make([]string, len(a.Body))
	for i, b := range a.Body {
		lines[i] = b.Text
		if b.Kind == corpus.Heading {
			p.Headings = append(p.Headings, b.Text)
		}
	}
	p.Body = strings.Join(lines, "\n")
	return p
}
