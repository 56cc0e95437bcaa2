package extract

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"oped/corpus"
)

// kindWords reads a label, section or path segment as a type. The order matters: a narrow kind goes before "opinion".
var kindWords = []struct {
	kind corpus.Type
	is   *regexp.Regexp
}{
	{corpus.TypeLetter, regexp.MustCompile(`(?i)^(?:letters?|reader'?s?'? letters?|letters? (?:to|from) (?:the |our )?(?:editors?|readers)|your letters|readers write|lettres?|courrier(?: des lecteurs)?|cartas?(?: al director)?|leserbriefe?|lettere?|letters[- ]to[- ]the[- ]editor|письма(?: читателей| в редакцию)?|письмо(?: в редакцию)?|pisma|courrier des lecteurs|lettres)$`)},
	{corpus.TypeEditorial, regexp.MustCompile(`(?i)^(?:editorials?|our view|our opinion|leading articles?|leaders?|editorial board|the editorial board|éditoriaux|éditorial|édito|editoriales|editoriale|leitartikel|(?:the )?[\p{L}]+ view|от редакции|ot redakcii|ot redaktsii|редакционная статья|редакционное|from the editors?|editorial[- ]board)$`)},
	{corpus.TypeInterview, regexp.MustCompile(`(?i)^(?:interviews?|q\s?&\s?a|q and a|entretiens?|entrevistas?|intervista|interviste|интервью)$`)},
	{corpus.TypeAnalysis, regexp.MustCompile(`(?i)^(?:(?:news )?analys[ie]s|análisis|analisi|analysen?|аналитика|анализ|explainers?)$`)},
	{corpus.TypeReview, regexp.MustCompile(`(?i)^(?:(?:book|film|movie|music|theatre|theater|art|tv|album|restaurant|game)?[ -]?reviews?|critiques?|reseñas?|rezension(?:en)?|рецензия|рецензии|recensioni?)$`)},
	{corpus.TypeColumn, regexp.MustCompile(`(?i)^(?:columns?|columnists?|opinion columnists?|chroniques?|columnas?|kolumnen?|colunas?|rubrica|колонка|колонки|колумнисты|kolonki|kolonka|staff columnists?)$`)},
	{corpus.TypeOpEd, regexp.MustCompile(`(?i)^(?:op[- ]?eds?|opinions?|opinion (?:&|and) .*|comment(?:ary|aries)?|commentisfree|guest (?:essays?|columns?|posts?|opinions?|commentar(?:y|ies)|writers?)|viewpoints?|views?|perspectives?|essays?|ideas|tribunes?|point de vue|points de vue|débats?|idées|opinión|tribuna|meinung|gastbeitr(?:ag|äge)|gastkommentare?|kommentare?|debatte|opinie|opinião|commenti|commento|opinioni|мнени[ея]|mneni[aey]+|voices|op-ed contributors?|contributors?|dissent|forum|guest voices)$`)},
	{corpus.TypeReport, regexp.MustCompile(`(?i)^(?:news reports?|report(?:age|ing)?|hard news)$`)},
}

var editorialByline = regexp.MustCompile(`(?i)\b(?:the )?editorial board\b`)

// kindOf reads one label; "" if it names no kind.
func kindOf(label string) corpus.Type {
	label = strings.Trim(squeeze(label), " .:|–—-•·")
	if label == "" || len(label) > 60 {
		return ""
	}
	for _, k := range kindWords {
		if k.is.MatchString(label) {
			return k.kind
		}
	}
	return ""
}

// sign is one reason for a type.
type sign struct {
	kind   corpus.Type
	reason string
}

// readType gives the kind of the piece and why. Signs are tried in order of how directly they speak of this very
// piece; "opinion" alone yields to any narrower sign that follows, since an opinion section holds letters, columns
// and editorials too.
func (r *reader) readType(label string) (corpus.Type, string) {
	general := sign{}
	for _, s := range r.signs(label) {
		if s.kind == "" {
			continue
		}
		if s.kind != corpus.TypeOpEd {
			if general.kind != "" && (s.kind == corpus.TypeReport) {
				continue
			}
			return s.kind, s.reason
		}
		if general.kind == "" {
			general = s
		}
	}
	return general.kind, general.reason
}

func (r *reader) signs(label string) []sign {
	a := r.article
	out := []sign{
		{kindOf(label), fmt.Sprintf("the headline is labelled %q", label)},
		{kindOf(a.Kicker), fmt.Sprintf("the kicker is %q", a.Kicker)},
	}
	if isEditorialBoard(r.bylineText) {
		out = append(out, sign{corpus.TypeEditorial, "the byline is the editorial board"})
	}
	if isColumnist(r.bylineText) {
		out = append(out, sign{corpus.TypeColumn, "the byline says columnist"})
	}
	for _, t := range r.doc.article.types() {
		out = append(out, sign{ldKind(t), "the page's JSON-LD type is " + t})
	}
	for _, g := range list(r.doc.article["genre"]) {
		out = append(out, sign{kindOf(stringOf(g)), fmt.Sprintf("the page's JSON-LD genre is %q", stringOf(g))})
	}
	out = append(out, sign{kindOf(a.Section), fmt.Sprintf("it stands in the section %q", a.Section)})
	if strings.EqualFold(r.doc.first("article:opinion", "og:article:opinion"), "true") {
		out = append(out, sign{corpus.TypeOpEd, "the page is marked as opinion"})
	}
	for _, segment := range pathSegments(a.URL) {
		out = append(out, sign{kindOf(strings.ReplaceAll(segment, "-", " ")), fmt.Sprintf("its address holds %q", "/"+segment+"/")})
	}
	return out
}

func isEditorialBoard(byline string) bool {
	return editorialByline.MatchString(byline) && countWords(byline) < 12
}

var columnistWord = regexp.MustCompile(`(?i)\bcolumnist\b`)

func isColumnist(byline string) bool {
	return columnistWord.MatchString(byline) && countWords(byline) < 25
}

func ldKind(t string) corpus.Type {
	switch t {
	case "OpinionNewsArticle":
		return corpus.TypeOpEd
	case "AnalysisNewsArticle", "BackgroundNewsArticle":
		return corpus.TypeAnalysis
	case "ReviewNewsArticle", "Review", "CriticReview":
		return corpus.TypeReview
	case "ReportageNewsArticle":
		return corpus.TypeReport
	}
	return ""
}

// pathSegments are the folders of an address, without its last part, which is the piece's own name.
func pathSegments(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	parts := strings.Split(strings.Trim(strings.ToLower(u.Path), "/"), "/")
	if len(parts) < 2 {
		return nil
	}
	return parts[:min(len(parts)-1, 6)]
}
