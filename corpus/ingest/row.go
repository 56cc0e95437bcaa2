package ingest

import "strings"

// rowParser reads one row from one or more lines. A quote counts only at the beginning of a value; within quotes two of
// them stand for one, and one that is followed by neither a delimiter nor the end stands for itself, as hasty
// exports write it.
type rowParser struct {
	comma  rune
	curly  bool
	row    []string
	value  strings.Builder
	quoted bool // within quotes
}

// feed reads a line and reports whether the row goes on in the next.
func (p *rowParser) feed(line string) bool {
	if p.quoted {
		p.value.WriteByte('\n')
	}
	for {
		if p.quoted {
			rest, closed := p.inQuotes(line)
			if !closed {
				return true
			}
			line = rest
		} else if open := p.quoteAt(line); open > 0 {
			p.quoted = true
			line = line[open:]
			continue
		}
		i := strings.IndexRune(line, p.comma)
		if i < 0 {
			p.value.WriteString(line)
			return false
		}
		p.value.WriteString(line[:i])
		p.finish()
		line = line[i+1:]
	}
}

// inQuotes reads up to the closing quote and returns what follows it.
func (p *rowParser) inQuotes(line string) (rest string, closed bool) {
	for {
		i, n := p.nextQuote(line)
		if i < 0 {
			p.value.WriteString(line)
			return "", false
		}
		p.value.WriteString(line[:i])
		quote, after := line[i:i+n], line[i+n:]
		switch {
		case after == "" || strings.HasPrefix(after, string(p.comma)):
			p.quoted = false
			return after, true
		case quote == `"` && after[0] == '"':
			p.value.WriteByte('"')
			line = after[1:]
		default:
			p.value.WriteString(quote)
			line = after
		}
	}
}

// quoteAt is the length of the quote that a value begins with, 0 if none.
func (p *rowParser) quoteAt(line string) int {
	if p.value.Len() > 0 {
		return 0
	}
	if i, n := p.nextQuote(line); i == 0 {
		return n
	}
	return 0
}

// nextQuote finds a quote and its length.
func (p *rowParser) nextQuote(line string) (at, length int) {
	quotes := `"`
	if p.curly {
		quotes = `"“”„`
	}
	at = strings.IndexAny(line, quotes)
	switch {
	case at < 0:
		return -1, 0
	case line[at] == '"':
		return at, 1
	}
	return at, len("“")
}

func (p *rowParser) finish() {
	p.row = append(p.row, p.value.String())
	p.value.Reset()
}

// end returns the row after its last line.
func (p *rowParser) end() []string {
	p.finish()
	return p.row
}
