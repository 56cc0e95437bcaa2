package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"oped/corpus"
)

// maxHeadlineWords is the longest first line of a text that is taken for its headline.
const maxHeadlineWords = 30

// boilerplateStart matches a line with which a page's own furniture begins below an article that was saved as text.
var boilerplateStart = regexp.MustCompile(`(?i)^\W*(?:leave a (?:reply|comment)(?: cancel reply)?|post a comment|add (?:a )?comment|join the (?:conversation|discussion)|comments?(?: \(\d+\))?|\d+ comments?|be the first to comment|view (?:all )?comments|your email address will not be published.*|` +
	`share this(?: article| post| story)?:?|like this:?|related(?: posts| articles| stories)?:?|you may also like:?|read next:?|more from .{2,40}|subscribe to (?:our|the) newsletter.*|sign up for (?:our|the) .*newsletter.*|` +
	`laisser un commentaire|laissez un commentaire|votre adresse e-mail ne sera pas publiée.*|articles (?:liés|similaires)|schreibe einen kommentar|kommentar hinterlassen|deine e-mail-adresse wird nicht veröffentlicht.*|` +
	`deja (?:una respuesta|un comentario)|tu dirección de correo electrónico no será publicada.*|lascia un commento|il tuo indirizzo email non sarà pubblicato.*|deixe (?:um comentário|uma resposta)|o seu endereço de e?-?mail não será publicado.*|` +
	`geef een reactie|het e-mailadres wordt niet gepubliceerd.*|dodaj komentarz|twój adres e-?mail nie zostanie opublikowany.*|lämna ett svar|добавить комментарий|ваш (?:адрес )?e-?mail не будет опубликован.*|оставить комментарий|залишити відповідь|ваша e-mail адреса не оприлюднюватиметься.*|コメントを残す|发表回复)\W*$`)

var (
	emptyByline = regexp.MustCompile(`(?i)^(?:by|par|von|por|di|автор)\s*:?$`)
	byLine      = regexp.MustCompile(`(?i)^(?:by|par|von|por|di|автор:?|author:|written by)\s+\S`)
	dateLine    = regexp.MustCompile(`(?i)^(?:published|posted|updated|date)?\W*(?:on\W+)?.{0,40}\d{4}.{0,30}$`)
)

// plainArticle reads an article that a reader saved as text: no markup, paragraphs parted by blank lines.
func plainArticle(p *corpus.Page, text string) *corpus.Article {
	a := &corpus.Article{Publication: squeeze(p.Publication)}
	if p.Location() != "" {
		d := &document{page: p, here: p.Location()}
		a.URL, a.Aliases = d.plainAddress()
	}
	lines := cutBoilerplate(paragraphs(text))
	r := &plainReader{page: p, article: a, lines: lines}
	r.front()
	r.back()
	a.Body = r.body()
	a.Language = readLanguage(a.Body)
	a.Quality = plainQuality(countBody(a.Body))
	if isBinary(text) {
		a.Quality = corpus.Quality{Flags: []string{FlagBinary}, Rejected: true, Reason: "this is no text: too much of it cannot be printed"}
	}
	return a
}

// isBinary reports whether what came as a text is something else: more than one character in twenty cannot be printed.
func isBinary(text string) bool {
	odd, all := 0, 0
	for _, r := range text {
		all++
		if r == utf8.RuneError || !unicode.IsPrint(r) && !unicode.IsSpace(r) {
			odd++
		}
	}
	return odd*20 > all
}

func (d *document) plainAddress() (string, []string) {
	address := canonicalURL(d.here)
	var aliases []string
	if u := canonicalURL(d.page.URL); u != "" && u != address {
		aliases = append(aliases, u)
	}
	return address, aliases
}

// line is one paragraph of a text.
type line struct {
	text  string
	words int
	// alone is true where blank lines stand on both sides.
	alone bool
}

// maxLines bounds one text.
const maxLines = 50_000

// paragraphs cuts a text into its lines. A text that is wrapped at a fixed width has its lines joined up to the next
// blank one.
func paragraphs(text string) []line {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	raw := strings.Split(text, "\n")
	if isWrapped(raw) {
		raw = unwrap(raw)
	}
	var out []line
	blank := true
	for _, s := range raw {
		s = squeeze(s)
		if s == "" {
			blank = true
			continue
		}
		if len(out) >= maxLines {
			break
		}
		if !blank && len(out) > 0 {
			out[len(out)-1].alone = false
		}
		out = append(out, line{text: s, words: countWords(s), alone: blank})
		blank = false
	}
	return out
}

// wrapWidth is the longest line of a text that may have been wrapped by a program.
const wrapWidth = 100

// isWrapped tells text with line breaks inside its paragraphs: no line is long, and most that are followed by
// another line are nearly full.
func isWrapped(lines []string) bool {
	full, followed := 0, 0
	for i, s := range lines {
		n := len([]rune(strings.TrimSpace(s)))
		if n > wrapWidth {
			return false
		}
		if n == 0 || i+1 == len(lines) || strings.TrimSpace(lines[i+1]) == "" {
			continue
		}
		followed++
		if n > 50 {
			full++
		}
	}
	return followed >= 4 && full*10 >= followed*7
}

func unwrap(lines []string) []string {
	var out []string
	open := false
	for _, s := range lines {
		s = strings.TrimSpace(s)
		switch {
		case s == "":
			open = false
			out = append(out, "")
		case open:
			out[len(out)-1] += " " + s
		default:
			out = append(out, s)
			open = true
		}
	}
	return out
}

// cutBoilerplate ends the text where the page's furniture begins: at the first such line in its second half, since
// an article may hold the word "Comment" as a line of its own.
func cutBoilerplate(lines []line) []line {
	total := 0
	for _, l := range lines {
		total += l.words
	}
	seen := 0
	for i, l := range lines {
		if seen*2 >= total && boilerplateStart.MatchString(l.text) {
			return lines[:i]
		}
		seen += l.words
	}
	return lines
}

// plainReader takes the facts off both ends of a text; lines is what is left.
type plainReader struct {
	page    *corpus.Page
	article *corpus.Article
	lines   []line
}

// front reads headline, label, byline and date off the first lines.
func (r *plainReader) front() {
	a := r.article
	if len(r.lines) > 1 && r.lines[0].words <= maxHeadlineWords && (r.lines[0].alone || r.lines[1].words > 2*r.lines[0].words || emptyByline.MatchString(r.lines[1].text) || byLine.MatchString(r.lines[1].text)) {
		var label string
		a.Headline, label = splitLabel(r.lines[0].text)
		a.Kicker = label
		if a.Type = kindOf(label); a.Type != "" {
			a.TypeReason = "the headline is labelled \"" + label + "\""
		}
		r.lines = r.lines[1:]
	}
	for range 4 {
		if len(r.lines) < 2 || !r.frontLine(r.lines[0]) {
			return
		}
		r.lines = r.lines[1:]
	}
}

// frontLine reads one line before the body; false if it is part of the body.
func (r *plainReader) frontLine(l line) bool {
	a := r.article
	if emptyByline.MatchString(l.text) {
		return true
	}
	if l.words > 14 || endsSentence(l.text) && l.words > 6 {
		return false
	}
	if byLine.MatchString(l.text) && len(a.Authors) == 0 {
		a.Authors = parseByline(l.text)
		return len(a.Authors) > 0
	}
	if dateLine.MatchString(l.text) && a.Published.IsZero() {
		d, ok := parseWritten(l.text)
		if ok && (r.page.Fetched.IsZero() || !d.Time.After(r.page.Fetched)) {
			d.Source = "text"
			a.Published = d
			return true
		}
	}
	return false
}

// back reads the author's name and note, and corrections, off the last lines.
func (r *plainReader) back() {
	a := r.article
	var notes []string
	for len(r.lines) > 2 {
		last := r.lines[len(r.lines)-1]
		switch {
		case isCorrection(last.text):
			a.Corrections = append([]string{last.text}, a.Corrections...)
		case r.isNote(last):
			notes = append([]string{last.text}, notes...)
		case len(notes) > 0 && r.isSignature(last, notes[0]), aboutAuthor.MatchString(last.text):
		default:
			a.AuthorNote = strings.Join(notes, " ")
			return
		}
		r.lines = r.lines[:len(r.lines)-1]
	}
	a.AuthorNote = strings.Join(notes, " ")
}

// isNote tells the author's note: it speaks of an author already named, or of the name on the line before it.
func (r *plainReader) isNote(l line) bool {
	if isAuthorNote(l.text, r.article.Authors) {
		return true
	}
	before := r.lines[len(r.lines)-2]
	if before.words > 6 || len(r.article.Authors) > 0 {
		return false
	}
	author, ok := parseName(dropLead(before.text), 2)
	if !ok || !isAuthorNote(l.text, []corpus.Author{author}) {
		return false
	}
	r.article.Authors = []corpus.Author{author}
	return true
}

// isSignature tells a line that only names the author above their note.
func (r *plainReader) isSignature(l line, note string) bool {
	author, ok := parseName(dropLead(l.text), 2)
	if !ok || l.words > 8 {
		return false
	}
	for _, a := range r.article.Authors {
		if key(a.Name) == key(author.Name) {
			return true
		}
	}
	return len(r.article.Authors) == 0 && strings.Contains(note, author.Name)
}

// body types what is left: a short line that stands alone between paragraphs and does not end as a sentence heads
// what follows.
func (r *plainReader) body() []corpus.Block {
	var out []corpus.Block
	for i, l := range r.lines {
		b := corpus.Block{Kind: corpus.Paragraph, Text: l.text}
		switch {
		case l.alone && l.words <= maxHeadingWords && isTitleLine(l.text) && i+1 < len(r.lines) && r.lines[i+1].words > l.words*2 && beginsHigh(l.text):
			b.Kind, b.Level = corpus.Heading, 2
		case strings.HasPrefix(l.text, "• ") || strings.HasPrefix(l.text, "- ") || strings.HasPrefix(l.text, "* "):
			_, b.Text, _ = strings.Cut(l.text, " ")
			b.Kind = corpus.ListItem
		}
		out = append(out, b)
	}
	return out
}

// beginsHigh reports whether a text does not begin with a small letter.
func beginsHigh(s string) bool {
	r, ok := firstRune(s)
	return ok && strings.ToUpper(string(r)) == string(r)
}

func plainQuality(words int) corpus.Quality {
	switch {
	case words < emptyWords:
		return corpus.Quality{Flags: []string{FlagEmpty}, Rejected: true, Reason: "the text holds no paragraphs"}
	case words < shortWords:
		return corpus.Quality{Flags: []string{FlagShort}, Reason: "the text is shorter than any article"}
	}
	return corpus.Quality{}
}
