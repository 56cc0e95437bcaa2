package sample

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"oped/corpus"
)

//go:embed papers
var sources embed.FS

// library is every piece of every paper. It is never changed once loaded.
type library struct {
	pieces map[string]*piece   // by paper/slug
	papers map[string][]*piece // by paper, newest first
}

// loaded reads the embedded sources once. They are part of the program, so a fault in them is a fault in the
// program; the package's tests hold them to the format.
var loaded = sync.OnceValue(func() *library {
	lib, err := load()
	if err != nil {
		panic(err)
	}
	return lib
})

func load() (*library, error) {
	lib := &library{pieces: map[string]*piece{}, papers: map[string][]*piece{}}
	for _, n := range newspapers {
		if err := lib.read(n); err != nil {
			return nil, err
		}
	}
	for key, p := range lib.pieces {
		if err := lib.link(p); err != nil {
			return nil, fmt.Errorf("sample: %s: %w", key, err)
		}
	}
	return lib, nil
}

// read takes in all pieces of one paper.
func (lib *library) read(n *newspaper) error {
	dir := path.Join("papers", n.Slug)
	files, err := sources.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("sample: read paper %q: %w", n.Slug, err)
	}
	for _, f := range files {
		text, err := sources.ReadFile(path.Join(dir, f.Name()))
		if err != nil {
			return fmt.Errorf("sample: read paper %q: %w", n.Slug, err)
		}
		slug, isText := strings.CutSuffix(f.Name(), ".txt")
		if !isText {
			return fmt.Errorf("sample: %s/%s: want a .txt file", dir, f.Name())
		}
		p, err := parsePiece(n, slug, string(text))
		if err != nil {
			return err
		}
		lib.pieces[n.Slug+"/"+slug] = p
		lib.papers[n.Slug] = append(lib.papers[n.Slug], p)
	}
	slices.SortFunc(lib.papers[n.Slug], newestFirst)
	return nil
}

func newestFirst(a, b *piece) int {
	if c := b.published.Compare(a.published.Time); c != 0 {
		return c
	}
	return strings.Compare(a.slug, b.slug)
}

// link gives a copy its body and checks that every link leads to a piece.
func (lib *library) link(p *piece) error {
	if p.copyOf != "" {
		original := lib.pieces[p.copyOf]
		if original == nil || original.copyOf != "" {
			return fmt.Errorf("copy %q: no such original", p.copyOf)
		}
		p.blocks, p.wall = original.blocks, original.wall
		if p.cut > 0 {
			p.blocks = p.blocks[:min(p.cut, len(p.blocks))]
		}
		if !p.paper.Shows.Structure {
			p.blocks = withoutHeadings(p.blocks)
		}
	}
	for _, b := range p.blocks {
		if !p.paper.Shows.Structure && (b.kind == corpus.Heading || b.kind == corpus.ListItem) {
			return fmt.Errorf("%s knows no headings or lists", p.paper.Name)
		}
		for _, target := range b.targets() {
			if lib.pieces[target] == nil {
				return fmt.Errorf("link to %q: no such piece", target)
			}
		}
	}
	return nil
}

// withoutHeadings is what a paper that knows no headings reprints.
func withoutHeadings(blocks []block) []block {
	return slices.DeleteFunc(slices.Clone(blocks), func(b block) bool { return b.kind == corpus.Heading })
}
