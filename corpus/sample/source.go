package sample

import (
	"errors"
	"fmt"
	"hash/crc32"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"oped/corpus"
)

// piece is one source file. Its fields are those of the source format (package comment).
type piece struct {
	paper       *newspaper
	slug        string
	headline    string
	standfirst  string
	kicker      string
	authors     []string
	note        string
	section     string
	typ         string
	tags        []string
	corrections []string
	pull        string
	photo       string
	comments    []comment
	published   stamp
	modified    stamp
	free        bool
	copyOf      string
	cut         int
	blocks      []block
	wall        int // number of blocks before the paywall's edge, 0 if the source sets none
}

// stamp is a time of which perhaps only the day is known.
type stamp struct {
	time.Time
	clock bool
}

// HasClock reports whether the time of day is known.
func (s stamp) HasClock() bool { return s.clock }

type comment struct{ Name, Text string }

// block is one block of a body with its inline marks still in it.
type block struct {
	kind   corpus.BlockKind
	level  int
	source string
}

var slugPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// parsePiece reads one source file.
func parsePiece(n *newspaper, slug, text string) (*piece, error) {
	if !slugPattern.MatchString(slug) {
		return nil, fmt.Errorf("sample: slug %q: want lower-case letters, digits and single hyphens", slug)
	}
	p := &piece{paper: n, slug: slug}
	head, body, _ := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	for i, line := range strings.Split(strings.TrimSpace(head), "\n") {
		key, value, found := strings.Cut(line, ":")
		if !found {
			return nil, fmt.Errorf("sample: %s/%s.txt:%d: want \"key: value\", found %q", n.Slug, slug, i+1, line)
		}
		if err := p.set(strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
			return nil, fmt.Errorf("sample: %s/%s.txt:%d: %w", n.Slug, slug, i+1, err)
		}
	}
	p.parseBody(body)
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("sample: %s/%s.txt: %w", n.Slug, slug, err)
	}
	return p, nil
}

// set stores one line of front matter.
func (p *piece) set(key, value string) (err error) {
	if value == "" {
		return fmt.Errorf("key %q has no value", key)
	}
	single := map[string]*string{
		"headline": &p.headline, "standfirst": &p.standfirst, "kicker": &p.kicker, "note": &p.note, "section": &p.section,
		"type": &p.typ, "pull": &p.pull, "photo": &p.photo, "copy": &p.copyOf,
	}
	if field, ok := single[key]; ok {
		if *field != "" {
			return fmt.Errorf("key %q stands twice", key)
		}
		*field = value
		return nil
	}
	switch key {
	case "author":
		p.authors = append(p.authors, value)
	case "correction":
		p.corrections = append(p.corrections, value)
	case "comment":
		name, text, _ := strings.Cut(value, ": ")
		p.comments = append(p.comments, comment{name, text})
	case "tags":
		for tag := range strings.SplitSeq(value, ",") {
			p.tags = append(p.tags, strings.TrimSpace(tag))
		}
	case "date":
		p.published, err = parseStamp(value, p.paper.zone)
	case "modified":
		p.modified, err = parseStamp(value, p.paper.zone)
	case "cut":
		p.cut, err = strconv.Atoi(value)
	case "access":
		p.free = value == "free"
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return err
}

func parseStamp(value string, zone *time.Location) (stamp, error) {
	if t, err := time.ParseInLocation("2006-01-02 15:04", value, zone); err == nil {
		return stamp{t, true}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, value, zone)
	return stamp{t, false}, err
}

// parseBody splits the text after the front matter into blocks.
func (p *piece) parseBody(text string) {
	for chunk := range strings.SplitSeq(text, "\n\n") {
		chunk = strings.Join(strings.Fields(chunk), " ")
		switch {
		case chunk == "":
		case chunk == "%%%":
			p.wall = len(p.blocks)
		case strings.HasPrefix(chunk, "### "):
			p.blocks = append(p.blocks, block{corpus.Heading, 3, chunk[4:]})
		case strings.HasPrefix(chunk, "## "):
			p.blocks = append(p.blocks, block{corpus.Heading, 2, chunk[3:]})
		case strings.HasPrefix(chunk, "> "):
			p.blocks = append(p.blocks, block{corpus.Quote, 0, chunk[2:]})
		case strings.HasPrefix(chunk, "- "):
			p.blocks = append(p.blocks, block{corpus.ListItem, 0, chunk[2:]})
		default:
			p.blocks = append(p.blocks, block{corpus.Paragraph, 0, chunk})
		}
	}
}

var types = []corpus.Type{
	corpus.TypeOpEd, corpus.TypeColumn, corpus.TypeEditorial, corpus.TypeLetter, corpus.TypeInterview, corpus.TypeAnalysis, corpus.TypeReview,
}

// check finds what a source lacks or has too much of.
func (p *piece) check() error {
	switch {
	case p.headline == "":
		return errors.New("no headline")
	case p.published.IsZero():
		return errors.New("no date")
	case p.sectionSlug() == "":
		return fmt.Errorf("%s has no section %q", p.paper.Name, p.section)
	case !slices.Contains(types, corpus.Type(p.typ)):
		return fmt.Errorf("unknown type %q", p.typ)
	case (p.typ == "editorial") != (len(p.authors) == 0):
		return errors.New("an editorial has no author and everything else has one")
	case (p.copyOf != "") == (len(p.blocks) > 0):
		return errors.New("want either a body or a copy, and not both")
	}
	return nil
}

func (p *piece) sectionSlug() string { return p.paper.sectionSlug(p.section) }

// number is a stable number for addresses: it looks like a database key and depends on nothing but the slug.
func (p *piece) number() int { return 100000 + int(crc32.ChecksumIEEE([]byte(p.slug))%900000) }

func (p *piece) path() string { return p.paper.path(p) }

// shown are the blocks that the page holds: all, or those before the paywall's edge.
func (p *piece) shown() []block {
	if p.walled() && p.wall < len(p.blocks) {
		return p.blocks[:p.wall]
	}
	return p.blocks
}

func (p *piece) walled() bool { return p.paper.paywall && !p.free && p.wall > 0 }

// changed is when the page last changed.
func (p *piece) changed() time.Time {
	if p.modified.After(p.published.Time) {
		return p.modified.Time
	}
	return p.published.Time
}
