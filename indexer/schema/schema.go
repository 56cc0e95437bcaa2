package schema

// Version numbers the meaning of an index: its fields and its text analysis together. An index of another version is
// never written to; it answers until a new generation replaces it.
const Version = 5

// Segment is a stretch of an article's text with positions of its own: words in different segments are never near each
// other.
type Segment uint8

// The segments, in the order of Segments. Lead repeats the first paragraphs of Body, with the same positions, and is read
// out of its field.
const (
	Headline Segment = iota
	Standfirst
	Lead
	Body
	Byline
	Bio
	Correction
	URL
	numSegments
)

// NumSegments is the number of segments.
const NumSegments = int(numSegments)

var segmentNames = [numSegments]string{"headline", "standfirst", "lead", "body", "byline", "bio", "correction", "url"}

// String is the name of the segment, which is that of its field in the index too. Lead has none there.
func (s Segment) String() string {
	if s >= numSegments {
		return "unknown"
	}
	return segmentNames[s]
}

// Stemmed reports whether words of the segment have stems. Names and addresses have none.
func (s Segment) Stemmed() bool { return s != Byline && s != URL }

// Segments lists all segments. The slice is the caller's.
func Segments() []Segment {
	all := make([]Segment, 0, numSegments)
	for s := range numSegments {
		all = append(all, s)
	}
	return all
}

// Terms of a positional field that are not exact forms begin with a control character, which no exact form holds.
const (
	// SentenceEnd stands at the position of the last word of each sentence.
	SentenceEnd = "\x02s"
	// ParagraphEnd stands at the position of the last word of each paragraph.
	ParagraphEnd = "\x02p"
	// CapitalMark stands at each word with a capital letter anywhere in it.
	CapitalMark = "\x03c"
	// AllCapsMark stands, beside CapitalMark, at each word whose letters are all capitals.
	AllCapsMark = "\x03a"
	// LengthMark stands once in each field, at the position whose number is that of the field's words.
	LengthMark = "\x02w"
	// LeadMark stands once in each body, at the last word of the lead. That word ends a paragraph of the lead, whether it
	// ends one of the body or not.
	LeadMark = "\x02l"

	stemPrefix = "\x01"
)

// StemTerm is the index term of a stem of a language. It is present only where the stem differs from the exact form.
func StemTerm(lang, stem string) string { return stemPrefix + lang + ":" + stem }

// MarkPrefixEnd is the first string after every term that is not an exact form: a walk over the exact forms of a
// positional field's dictionary begins here.
const MarkPrefixEnd = "\x04"

// The keyword fields: one term per value, no positions, no frequencies. An article without a value has no term.
const (
	FieldPublication = "k.publication"
	FieldAuthor      = "k.author"
	FieldType        = "k.type"
	FieldSection     = "k.section"
	FieldLang        = "k.lang"    // primary tag in lower case
	FieldYear        = "k.year"    // "2018"
	FieldLength      = "k.length"  // LengthBucket of the body
	FieldAccess      = "k.access"  // as the article has it
	FieldTag         = "k.tag"     //
	FieldHas         = "k.has"     // date, author, section, standfirst, bio, correction, tag, url
	FieldHost        = "k.host"    // the host of the URL and each domain above it: www.a.org, a.org, org
	FieldDay         = "k.day"     // "20180501"
	FieldWords       = "k.words"   // words of the body, WordsWidth digits
	FieldVersion     = "k.version" // corpus.Article.Version in decimal; stored too
	FieldGroup       = "k.group"   // corpus.Article.Group in decimal, where it has one
)

// KeywordFields lists the keyword fields. The slice is the caller's.
func KeywordFields() []string {
	return []string{FieldPublication, FieldAuthor, FieldType, FieldSection, FieldLang, FieldYear, FieldLength, FieldAccess,
		FieldTag, FieldHas, FieldHost, FieldDay, FieldWords, FieldVersion, FieldGroup}
}

// Keys of the values that every batch of an index sets beside its documents.
const (
	// InternalSequence holds the last number of the corpus sequence that the index holds, in decimal.
	InternalSequence = "seq"
	// InternalTotals holds Totals as JSON.
	InternalTotals = "totals"
	// InternalVersion holds the schema Version that the documents were made with, in decimal.
	InternalVersion = "version"
)

// Totals are the statistics that ranking needs and the index does not keep by itself.
type Totals struct {
	// Documents is the number of documents.
	Documents int `json:"documents"`
	// Words is, per segment name, the number of words of all documents together.
	Words map[string]int `json:"words"`
}
