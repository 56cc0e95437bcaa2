package query

// Node is one node of a query's tree. The concrete types are Word, Pattern, Fuzzy, Gap, Phrase, Near, Within, Case, And, Or,
// Not, AtLeast, In, Compare, Dates, Has and All; a switch over them is how meaning is given to a tree.
type Node interface {
	// Where is the part of the text that the node was read from.
	Where() Span
	node()
}

// Span is a half-open range of bytes of the text that was typed. The zero Span belongs to nodes nobody typed.
type Span struct{ Start, End int }

// Where returns s itself, so that nodes get the method by embedding.
func (s Span) Where() Span { return s }

func (Span) node() {}

// Word is one word as typed ("amend", "e-mail", "U.S."). Analysis may make several terms of it; they then mean a
// phrase. Exact words (quoted ones) match their own form only, others every form with the same stem.
type Word struct {
	Span
	Text  string
	Exact bool
}

// Pattern is a word with wildcards, matched against exact forms. Text uses '*' for any run of characters, also none,
// and '?' for exactly one; the Nexis '!' has become '*'. Where a '-' parts it, its pieces stand side by side.
type Pattern struct {
	Span
	Text string
}

// Fuzzy matches every exact form within Edits (1 or 2) Levenshtein edits of Text.
type Fuzzy struct {
	Span
	Text  string
	Edits int
}

// Gap stands for one or more words inside a Phrase: the '*' of "a * b".
type Gap struct{ Span }

// Phrase matches its parts in consecutive positions. Parts are Word, Pattern, Fuzzy, Gap, or an Or of those.
type Phrase struct {
	Span
	Parts []Node
}

// Near matches Left and Right at most Distance positions apart (W/n); where Ordered, Left must come first (PRE/n).
// The distance between two operands is that of their nearest ends: adjacent words are 1 apart. Where Negated
// (A NOT W/n B), it matches the occurrences of Left that have no Right so near. Operands never overlap and never lie
// in different segments. They are words, patterns, fuzzy words, phrases, other Near and Within, Case, In of a field with
// positions, and Or of those; the same holds for Within, Case and AtLeast.
type Near struct {
	Span
	Left, Right Node
	Distance    int
	Ordered     bool
	Negated     bool
}

// Unit is a stretch of text that proximity can be bound to.
type Unit string

// The units of Within.
const (
	Sentence  Unit = "s"
	Paragr    Unit = "p"
	SegmentOf Unit = "seg"
)

// Within matches Left and Right in the same sentence (/s), paragraph (/p) or segment (/seg). Negated as in Near.
type Within struct {
	Span
	Left, Right Node
	Unit        Unit
	Negated     bool
}

// Letters is a demand on how a word is written in the original text.
type Letters string

// The demands of Case: any capital letter, all letters capital, no capital letter.
const (
	Caps    Letters = "CAPS"
	AllCaps Letters = "ALLCAPS"
	NoCaps  Letters = "NOCAPS"
)

// Case matches occurrences of X whose every word is written with Letters.
type Case struct {
	Span
	Letters Letters
	X       Node
}

// And matches articles that match every one of Parts.
type And struct {
	Span
	Parts []Node
	// Implied is true where the parts merely stood side by side; ranking then rewards their closeness.
	Implied bool
}

// Or matches articles that match any of Parts. As an operand of proximity its occurrences are those of all parts.
type Or struct {
	Span
	Parts []Node
}

// Not matches articles that do not match X.
type Not struct {
	Span
	X Node
}

// AtLeast matches articles in which X occurs N times or more, counted over all its segments together.
type AtLeast struct {
	Span
	N int
	X Node
}

// Field names a segment or a field of an article as the language knows it.
type Field string

// Segments hold words and positions; the other fields hold values.
const (
	FieldHeadline    Field = "headline"
	FieldStandfirst  Field = "standfirst"
	FieldLead        Field = "lead"
	FieldHlead       Field = "hlead" // headline, standfirst and lead
	FieldBody        Field = "body"
	FieldByline      Field = "byline"
	FieldBio         Field = "bio"
	FieldCorrection  Field = "correction"
	FieldPublication Field = "publication"
	FieldSection     Field = "section"
	FieldTag         Field = "tag"
	FieldType        Field = "type"
	FieldLanguage    Field = "lang"
	FieldAccess      Field = "access"
	FieldSite        Field = "site"  // host and its sub-hosts
	FieldURL         Field = "inurl" // words of the address or of any alias
	FieldID          Field = "id"
)

// In matches X inside one field only. For a field of values (publication, section, tag, type, lang, access), X is
// matched against each value as if the value were a text. For type, lang, access, site and id, X is a Word that holds the
// whole value, or And, Or and Not of such. In never stands within In.
type In struct {
	Span
	Field Field
	X     Node
}

// Compare demands a body length in words: LENGTH > 800. Op is one of "<", "<=", "=", ">=", ">".
type Compare struct {
	Span
	Op    string
	Value int
}

// Day is a calendar day, "2006-01-02"; the empty Day is an open end.
type Day string

// Dates demands that the publication date, as written by the publication, lies in [From, To], both days included.
type Dates struct {
	Span
	From, To Day
}

// Has demands that an article has a date, author, section, standfirst, bio, correction, tag or url.
type Has struct {
	Span
	What string
}

// All matches every article: the meaning of an empty query.
type All struct{ Span }
