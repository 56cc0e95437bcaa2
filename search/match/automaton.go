package match

import (
	"encoding/binary"
	"unicode/utf8"
)

// maxPatternRunes bounds wildcard and fuzzy words: a state of a pattern is one machine word, and no word worth
// searching is longer.
const maxPatternRunes = 62

// deadState is the state of every Automaton from which no match can be reached.
const deadState = 0

// Automaton tells byte by byte whether a term meets a wildcard pattern or lies within some edits of a word. It has the methods
// that bleve's dictionaries ask of an automaton, so that one definition serves the walk over a dictionary and the test of a
// single token. States are made as they are met; an Automaton is for one goroutine.
type Automaton struct {
	rules  rules
	ids    map[string]int
	states []state
	next   []*[256]int32 // 0 where not computed yet, else the state + 1
}

// state is what is known after some bytes: the rules' row and the bytes of a rune that is not complete.
type state struct {
	row     string
	partial string
}

// rules steps a row over one whole rune; the row "" is dead.
type rules interface {
	start() string
	step(row string, r rune) string
	match(row string) bool
	// first is the rune that everything that matches begins with; ok is false where there is more than one.
	first() (r rune, ok bool)
	// least is how many runes whatever matches has at least.
	least() int
}

func newAutomaton(r rules) *Automaton {
	a := &Automaton{rules: r, ids: map[string]int{}}
	a.intern(state{})
	a.intern(state{row: r.start()})
	return a
}

// Start returns the state before the first byte.
func (a *Automaton) Start() int { return 1 }

// IsMatch reports whether the bytes that led to s are a match.
func (a *Automaton) IsMatch(s int) bool {
	return s != deadState && a.states[s].partial == "" && a.rules.match(a.states[s].row)
}

// CanMatch reports whether more bytes may make s a match.
func (a *Automaton) CanMatch(s int) bool { return s != deadState }

// WillAlwaysMatch is always false: a term must be read to its end.
func (a *Automaton) WillAlwaysMatch(int) bool { return false }

// Accept returns the state after s and b.
func (a *Automaton) Accept(s int, b byte) int {
	if s == deadState {
		return deadState
	}
	row := a.next[s]
	if row == nil {
		row = new([256]int32)
		a.next[s] = row
	}
	if row[b] == 0 {
		row[b] = int32(a.compute(s, b)) + 1
	}
	return int(row[b]) - 1
}

// Matches reports whether the whole of term matches.
func (a *Automaton) Matches(term string) bool {
	s := a.Start()
	for i := 0; i < len(term) && s != deadState; i++ {
		s = a.Accept(s, term[i])
	}
	return a.IsMatch(s)
}

func (a *Automaton) compute(s int, b byte) int {
	at := a.states[s]
	if b < utf8.RuneSelf && at.partial == "" {
		return a.intern(state{row: a.step(at.row, rune(b))})
	}
	bytes := at.partial + string([]byte{b})
	if !utf8.FullRuneInString(bytes) {
		return a.intern(state{row: at.row, partial: bytes})
	}
	r, size := utf8.DecodeRuneInString(bytes)
	if r == utf8.RuneError || size != len(bytes) {
		return deadState
	}
	return a.intern(state{row: a.step(at.row, r)})
}

// step keeps the marks that schema writes beside words, all of which begin with a control character, from
// matching anything.
func (a *Automaton) step(row string, r rune) string {
	if r < ' ' {
		return ""
	}
	return a.rules.step(row, r)
}

func (a *Automaton) intern(s state) int {
	key := s.row + "\x00\x00" + s.partial
	if s.row == "" {
		key = ""
	}
	if id, ok := a.ids[key]; ok {
		return id
	}
	id := len(a.states)
	a.ids[key] = id
	a.states = append(a.states, s)
	a.next = append(a.next, nil)
	return id
}

// wildcard holds the runes of a pattern; bit i of a row says that the first i of them can have been met.
type wildcard []rune

func (w wildcard) start() string { return encodeRow(w.close(1)) }

func (w wildcard) step(row string, r rune) string {
	bits := decodeRow(row)
	var out uint64
	for i, p := range w {
		if bits&(1<<i) == 0 {
			continue
		}
		switch p {
		case '*':
			out |= 1 << i
		case '?', r:
			out |= 1 << (i + 1)
		}
	}
	return encodeRow(w.close(out))
}

func (w wildcard) match(row string) bool { return decodeRow(row)&(1<<len(w)) != 0 }

func (w wildcard) first() (rune, bool) {
	if len(w) == 0 || w[0] == '*' || w[0] == '?' {
		return 0, false
	}
	return w[0], true
}

func (w wildcard) least() int {
	n := 0
	for _, r := range w {
		if r != '*' {
			n++
		}
	}
	return n
}

// close adds what can be met without a rune: every '*' may stand for none.
func (w wildcard) close(bits uint64) uint64 {
	for i, p := range w {
		if p == '*' && bits&(1<<i) != 0 {
			bits |= 1 << (i + 1)
		}
	}
	return bits
}

// encodeRow makes a row of bits that is "" where there are none.
func encodeRow(bits uint64) string {
	if bits == 0 {
		return ""
	}
	return string(binary.LittleEndian.AppendUint64(nil, bits))
}

func decodeRow(row string) uint64 { return binary.LittleEndian.Uint64([]byte(row)) }

// edits is Levenshtein's table row by row: byte i of a row is the number of edits between what was read and the first i
// runes of the word, never more than max+1.
type edits struct {
	word []rune
	max  int
}

func (e edits) start() string {
	row := make([]byte, len(e.word)+1)
	for i := range row {
		row[i] = byte(min(i, e.max+1))
	}
	return string(row)
}

func (e edits) step(row string, r rune) string {
	out := make([]byte, len(row))
	out[0] = byte(min(int(row[0])+1, e.max+1))
	alive := int(out[0]) <= e.max
	for i, w := range e.word {
		cost := int(row[i])
		if w != r {
			cost++
		}
		cost = min(cost, int(row[i+1])+1, int(out[i])+1, e.max+1)
		out[i+1] = byte(cost)
		alive = alive || cost <= e.max
	}
	if !alive {
		return ""
	}
	return string(out)
}

func (e edits) match(row string) bool { return int(row[len(row)-1]) <= e.max }

func (e edits) first() (rune, bool) { return 0, false }

func (e edits) least() int { return len(e.word) - e.max }
