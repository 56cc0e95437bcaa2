package ingest

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// elementReader gives those elements of an XML document that are wanted, each as its text. It reads no more of XML than
// it takes to find their ends: entities are not declared, nothing is nested, and no more than one element of
// maxRecordBytes is held. So no document can make it grow, and one that is broken in places can be read.
type elementReader struct {
	in     *bufio.Reader
	wanted []string // the first of them begins anew wherever it stands
	line   int      // lines read
	start  int      // line on which the element given last begins, from 1

	name    string // the element that was begun, "" if none
	tag     []byte // the beginning of the markup read last, without "<"
	tail    [3]byte
	keep    bool
	tooLong bool
	buf     []byte
}

// element is one of the elements wanted, or what is wrong with it.
type element struct {
	name    string
	text    []byte // valid until the next is read
	problem string
}

// maxTagBytes are kept of a tag: enough for its name.
const maxTagBytes = 200

// next returns the next element. io.EOF comes after the last.
func (r *elementReader) next() (element, error) {
	for r.name == "" {
		if err := r.begin(); err != nil {
			return element{}, err
		}
	}
	name := r.name
	r.name, r.start = "", r.line+1
	r.buf = append(append(append(r.buf[:0], '<'), name...), '>')
	r.keep, r.tooLong = true, false
	problem, err := r.end(name)
	r.keep = false
	if errors.Is(err, io.EOF) {
		problem, err = cutOffProblem, nil
	}
	if r.tooLong {
		problem = tooLongProblem
	}
	return element{name, r.buf, problem}, err
}

// begin reads up to the next tag and past it, and sets name if that begins a wanted element.
func (r *elementReader) begin() error {
	if err := r.until("<"); err != nil {
		return err
	}
	name, err := r.markup()
	if err == nil && slices.Contains(r.wanted, name) && !r.closed() {
		r.name = name
	}
	return err
}

// end reads up to the tag that ends the element, or to the beginning of another of the first kind, which is how one
// that is not closed shows.
func (r *elementReader) end(name string) (problem string, err error) {
	for {
		if err := r.until("<"); err != nil {
			return "", err
		}
		tag, err := r.markup()
		switch {
		case err != nil:
			return "", err
		case tag == "/"+name:
			return "", nil
		case tag == r.wanted[0] && !r.closed():
			r.name = tag
			return "the element is not closed", nil
		}
	}
}

// markup reads a tag, a comment, a CDATA section or an instruction up to its end, and returns the name of a tag.
func (r *elementReader) markup() (name string, err error) {
	r.tag = r.tag[:0]
	head, _ := r.in.Peek(len("![CDATA["))
	for _, special := range []struct{ begin, end string }{{"![CDATA[", "]]>"}, {"!--", "-->"}, {"?", "?>"}} {
		if bytes.HasPrefix(head, []byte(special.begin)) {
			r.take(head[:len(special.begin)])
			_, _ = r.in.Discard(len(special.begin)) // it was just seen
			return "", r.until(special.end)
		}
	}
	if err := r.until(">"); err != nil {
		return "", err
	}
	if i := bytes.IndexAny(r.tag, " \t\r\n>"); i >= 0 {
		return strings.TrimSuffix(string(r.tag[:i]), "/"), nil
	}
	return "", nil
}

// closed reports whether the tag read last is an element of its own: <a/>.
func (r *elementReader) closed() bool { return string(r.tail[1:]) == "/>" }

// until reads up to an end of at most three bytes and past it.
func (r *elementReader) until(end string) error {
	r.tail = [3]byte{}
	for {
		part, err := r.in.ReadSlice(end[len(end)-1])
		r.take(part)
		for _, c := range part[max(0, len(part)-len(r.tail)):] {
			r.tail = [3]byte{r.tail[1], r.tail[2], c}
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil || string(r.tail[len(r.tail)-len(end):]) == end {
			return err
		}
	}
}

// take counts and keeps what was read.
func (r *elementReader) take(part []byte) {
	r.line += bytes.Count(part, []byte("\n"))
	r.tag = append(r.tag, part[:min(len(part), maxTagBytes-len(r.tag))]...)
	if !r.keep || r.tooLong {
		return
	}
	if r.tooLong = len(r.buf)+len(part) > maxRecordBytes; !r.tooLong {
		r.buf = append(r.buf, part...)
	}
}

// node is an element within a wanted one.
type node struct {
	name  string // with its prefix: "dc:creator"
	attr  map[string]string
	text  string
	inner map[string]string // the texts of the elements directly within
}

// Bounds of what stands in one element.
const (
	maxDepth = 32
	maxNodes = 10_000
)

// parseElement reads an element's own text and the elements directly within it. Entities other than those of HTML stay
// as they are written.
func parseElement(data []byte) (text string, nodes []node, err error) {
	d := xml.NewDecoder(bytes.NewReader(xmlText(data)))
	d.Strict, d.Entity = false, xml.HTMLEntity
	p := elementParser{}
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return strings.TrimSpace(p.texts[1].String()), p.nodes, nil
		}
		if err == nil {
			err = p.token(t)
		}
		if err != nil {
			return "", nil, err
		}
	}
}

// elementParser collects texts by how deep they stand: 1 for the element itself, 2 for those within.
type elementParser struct {
	depth int
	texts [4]strings.Builder
	inner string
	nodes []node
}

func (p *elementParser) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		p.depth++
		if p.depth > maxDepth || len(p.nodes) > maxNodes {
			return fmt.Errorf("more than %d elements, or nested more than %d deep", maxNodes, maxDepth)
		}
		p.begin(t)
	case xml.EndElement:
		p.end()
		p.depth--
	case xml.CharData:
		if p.depth > 0 && p.depth < len(p.texts) {
			p.texts[p.depth].Write(t)
		}
	}
	return nil
}

func (p *elementParser) begin(t xml.StartElement) {
	switch p.depth {
	case 2:
		n := node{name: rawName(t.Name), attr: make(map[string]string)}
		for _, a := range t.Attr {
			n.attr[rawName(a.Name)] = a.Value
		}
		p.nodes = append(p.nodes, n)
		p.texts[2].Reset()
	case 3:
		p.inner = rawName(t.Name)
		p.texts[3].Reset()
	}
}

func (p *elementParser) end() {
	if len(p.nodes) == 0 {
		return
	}
	last := &p.nodes[len(p.nodes)-1]
	switch p.depth {
	case 2:
		last.text = strings.TrimSpace(p.texts[2].String())
	case 3:
		if last.inner == nil {
			last.inner = make(map[string]string)
		}
		if len(last.inner) < maxDepth {
			last.inner[p.inner] = strings.TrimSpace(p.texts[3].String())
		}
	}
}

// rawName is a name as it is written.
func rawName(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// xmlText leaves out the characters that XML does not allow but exports hold: the articles around them are fine.
func xmlText(data []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r // what is no UTF-8 becomes U+FFFD
	}, data)
}
