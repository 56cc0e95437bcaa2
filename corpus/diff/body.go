package diff

import (
	"strings"

	"oped/corpus"
)

// blockMark stands for the end of a block, and shows where one was taken out. Of which kind a block is does not matter: that
// a line was made a heading changes nothing of what is said.
const blockMark = "¶"

// blockEnd is what kind of block ends.
type blockEnd struct {
	kind  corpus.BlockKind
	level int
}

// bodies compares two bodies: whole blocks first, then the words of what lies between blocks that are alike.
func bodies(older, newer []corpus.Block) []Block {
	oldWords, newWords := split(older), split(newer)
	var out []Block
	list := edits(keys(oldWords), keys(newWords), func(a, b string) bool { return a == b })
	for i := 0; i < len(list); {
		if e := list[i]; e.op == Equal {
			for _, b := range newer[e.new : e.new+e.n] {
				out = append(out, Block{b.Kind, b.Level, []Piece{{Equal, b.Text}}})
			}
			i++
			continue
		}
		var deleted, inserted []word
		for ; i < len(list) && list[i].op != Equal; i++ {
			if e := list[i]; e.op == Delete {
				deleted = append(deleted, flatten(oldWords[e.old:e.old+e.n])...)
			} else {
				inserted = append(inserted, flatten(newWords[e.new:e.new+e.n])...)
			}
		}
		out = append(out, blocks(deleted, inserted)...)
	}
	return out
}

// split cuts each block into words, with the end of the block as the last one.
func split(body []corpus.Block) [][]word {
	out := make([][]word, len(body))
	for i, b := range body {
		out[i] = append(words(b.Text), word{key: blockMark, end: &blockEnd{b.Kind, b.Level}})
	}
	return out
}

// keys are what whole blocks are compared by.
func keys(blocks [][]word) []string {
	out := make([]string, len(blocks))
	var b strings.Builder
	for i, words := range blocks {
		b.Reset()
		for _, w := range words {
			b.WriteString(w.key)
			b.WriteByte(' ')
		}
		out[i] = b.String()
	}
	return out
}

func flatten(blocks [][]word) []word {
	var out []word
	for _, words := range blocks {
		out = append(out, words...)
	}
	return out
}

// blocks compares words with block ends among them and makes blocks of the outcome. A block that ended only in the older
// version ends here too where all that it has was taken out; otherwise it was joined with the next.
func blocks(older, newer []word) []Block {
	var out []Block
	var current []Piece
	finish := func(end *blockEnd) {
		for _, pieces := range divide(current) {
			out = append(out, Block{end.kind, end.level, pieces})
		}
		current = nil
	}
	take := func(op Op, words []word) {
		for _, w := range words {
			switch {
			case w.end == nil:
				current = appendPiece(current, op, w.text)
			case op != Delete || onlyDeleted(current):
				if len(current) > 0 {
					finish(w.end)
				}
			default:
				current = appendPiece(current, Delete, blockMark+" ")
			}
		}
	}
	for _, e := range tidy(edits(older, newer, word.same), newer) {
		if e.op == Delete {
			take(Delete, older[e.old:e.old+e.n])
		} else {
			take(e.op, newer[e.new:e.new+e.n])
		}
	}
	if len(current) > 0 {
		finish(&blockEnd{kind: corpus.Paragraph})
	}
	return out
}

// divide makes two blocks of one in which a text took the place of another: where the two share no word, to show them in
// each other would mislead.
func divide(pieces []Piece) [][]Piece {
	var out, in []Piece
	both := map[Op]bool{}
	for _, p := range pieces {
		both[p.Op] = true
		if p.Op == Equal && countWords(p.Text) > 0 {
			return [][]Piece{pieces}
		}
		if p.Op != Insert {
			out = appendPiece(out, Delete, p.Text)
		}
		if p.Op != Delete {
			in = appendPiece(in, Insert, p.Text)
		}
	}
	if !both[Delete] || !both[Insert] {
		return [][]Piece{pieces}
	}
	return [][]Piece{out, in}
}

func onlyDeleted(pieces []Piece) bool {
	for _, p := range pieces {
		if p.Op != Delete {
			return false
		}
	}
	return true
}
