package extract

import (
	"regexp"
	"strings"
	"unicode"

	"oped/corpus"
)

// maxAuthors bounds one byline; longer lists belong to papers of science, and their first names are enough.
const maxAuthors = 20

var (
	bylineLead  = regexp.MustCompile(`(?i)^\s*(?:(?:(?:story|text|words|written|posted|published|reported|reviewed|report|column|opinion|analysis|review|commentary|essay|guest (?:post|essay|column)|article)\s+|(?:photos?|pictures|story|text|words)\s+(?:and|&)\s+(?:photos?|pictures|photography|story|text|words)\s+)?by|por|par|von|door|di|af|av|автор|автор:|текст|autor(?:in)?|author|authors|auteur|propos recueillis par|publié par|escrito por|redacción)(?:\s*:\s*|\s+)`)
	bylineCut   = regexp.MustCompile(`(?i)\s*(?:\||•|·|●|\s[–—-]{1,2}\s|\n|\(|\[|>|»|\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:published|updated|posted|last updated|modified|first published|follow|contact|email|special (?:to|correspondent)|for the|of the|in (?:new york|washington|london|paris)|is an?|min(?:ute)?s? read|min\.? read|via|©|photo|photography|illustration)\b).*$`)
	bylineAnd   = regexp.MustCompile(`\s*[;&/]\s*|(?:^|,?\s+)(?:(?i:and|und|et|with|avec|mit|con)|y|e|en|и|і)\s+`)
	shoutedAnd  = regexp.MustCompile(`\s(?:Y|И|І)\s`)
	kindLead    = regexp.MustCompile(`^(?:Analysis|Opinion|Commentary|Perspective|ANALYSIS|OPINION|COMMENTARY|PERSPECTIVE)\s+`)
	handle      = regexp.MustCompile(`\S*@\S+|https?://\S+|www\.\S+`)
	toldTo      = regexp.MustCompile(`(?i)^.{0,80}\b(?:as told to|in conversation with)\s+`)
	agencyTail  = regexp.MustCompile(`(?i)[\s,]+(?:the\s+)?(?:associated press|canadian press|press association|agence france-presse|reuters|bloomberg(?: news)?)\b.*$`)
	monthTail   = regexp.MustCompile(`[\s,]+(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?\s*$`)
	rolePart    = regexp.MustCompile(`(?i)^\W*(?:contributions? from|edited by|reviewed by|fact[- ]checked by|updated by|photograph(?:s|y|ed)? by|photos? by|illustrat(?:ions?|ed) by|styled by)\b`)
	topicsPart  = regexp.MustCompile(`(?i)^\W*(?:follow the topics|topics|tags|tagged|filed under|related|more (?:on|about|from))\b`)
	honorific   = regexp.MustCompile(`(?i)^(?:dr|prof|professor|mr|mrs|ms|miss|mx|sir|dame|lord|lady|baroness|rev|reverend|fr|father|sister|rabbi|imam|sen|senator|rep|gov|governor|gen|general|lt|col|colonel|maj|major|capt|captain|sgt|cmdr|adm|admiral|hon|judge|justice|amb|ambassador|congressman|congresswoman|president|dipl|ing|mag|mme|mlle|don|doña|sheikh|pastor|bishop|archbishop|cardinal)\.?$`)
	postnominal = regexp.MustCompile(`(?i)^(?:phd|md|jd|esq|mba|msc?|bsc?|ba|ma|rn|do|cpa|cfa|mph|dphil|llb|llm|obe|mbe|cbe|mp|qc|kc|sj|frs|rd|edd|psyd|dds|dvm|cfp|pe|dr ?ph|rdn|msw|lcsw|facp)$`)
	generation  = regexp.MustCompile(`^(?:Jr|Sr|JR|SR|II|III|IV|V)\.?$`)
)

// notNames are words that no person's name holds, lower case: roles, agencies, things a byline says beside names.
var notNames = wordSet(`staff editor editors editorial board reporter reporters correspondent correspondents news newsroom newsdesk press
 agency agencies team desk writer writers columnist columnists contributor contributors contributing bureau wire services service
 deputy cto cfo coo cio vice head lead manager engineer consultant coordinator event events technologies kitchens family api search engine
 assistant follow twitter live watch video premium registered nutritionist dietitian specialist strategist host hosts presenter
 copy link copied text size sign out graphic graphics journalist manufacturer program programme enterprise
 creative shopping gear commerce deals advisor adviser scholar researcher lecturer teacher student attorney lawyer doctor partner
 media magazine times post tribune herald gazette journal daily weekly network online digital radio tv television guest opinion
 opinions oped special report reports archive archives admin administrator webmaster unknown anonymous author authors photographer
 photographers photo photos video producer producers intern fellow professor director chief senior junior associate assistant
 publié publicado veröffentlicht pubblicato gepubliceerd опубликовано modifié actualizado aktualisiert aggiornato bijgewerkt обновлено
 executive managing political politics sports business technology science health education entertainment culture world national local
 international editor-in-chief co-founder founder ceo president officer analyst published updated posted last by and the of for
 with from in at to is on read minutes minute mins ago hours hour follow subscribe share comments comment contact email
 institute university foundation association corporation company inc llc ltd department ministry office center centre group society
 committee council union federation college school hospital library museum project initiative blog website site com org net www
 january february march july september october november december monday tuesday wednesday thursday friday
 saturday sunday est edt pst pdt gmt utc pm am reuters afp ap bloomberg upi xinhua tass ansa dpa efe null undefined
 redaktion rédaction redacción redazione redação редакция redactie more view all posts full bio profile about latest stories story
 article articles newsletter interview review analysis commentary column letters letter readers reader various multiple
 tags topics popular wires enforcement usa city team équipe rédacteur redakteur université universität universidad università hochschule institut
 instituto istituto ministère ministerium ministerio ministero fondation stiftung fundación fondazione verein verband gmbh feuerwehr
 abteilung agence agentur agencia agenzia noticias notizie nachrichten universitet institutet stiftelsen редактор агентство новости
 университет институт фонд министерство університет інститут міністерство редакція
 sponsored advertisement content partner partners guardian telegraph bbc cnn cbs nbc abc npr cnbc user default test home`)

// particles are lower-case words inside names.
var particles = wordSet(`de da do dos das del della di du des la le les van von der den ter ten te el al bin ibn bint af av zu zum y e
 i st san mac mc abu ben o' d' l' 't op 'd of`)

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// parseByline reads the names out of a printed byline: "By Jane Doe and John Roe, Opinion Columnist - 3 hours ago"
// gives two. What does not look like a name is left out; single words are no names here.
func parseByline(s string) []corpus.Author {
	s = dropLead(squeeze(s))
	s = handle.ReplaceAllString(s, " ")
	s = toldTo.ReplaceAllString(s, "")
	s = splitMonth(s)
	if i := strings.IndexAny(s, "0123456789"); i > 0 {
		s = monthTail.ReplaceAllString(s[:i], "") // a date or clock; what stood before it is checked word by word
	}
	s = agencyTail.ReplaceAllString(s, "")
	s = squeeze(bylineCut.ReplaceAllString(s, ""))
	if isShout(s) {
		s = shoutedAnd.ReplaceAllStringFunc(s, strings.ToLower)
	}
	var out []corpus.Author
	for _, clause := range bylineAnd.Split(s, -1) {
		out = append(out, clauseNames(dropLead(clause))...)
	}
	return uniqueAuthors(out)
}

// clauseNames reads the names of "Jane Doe, John Roe, Opinion Columnist": what follows the first part that is no
// name tells of the writer before it.
func clauseNames(s string) []corpus.Author {
	var out []corpus.Author
	for part := range strings.SplitSeq(s, ",") {
		part = kindLead.ReplaceAllString(strings.TrimSpace(part), "")
		a, ok := parseName(part, 2)
		switch {
		case ok:
			out = append(out, a)
		case len(out) > 0 && generation.MatchString(part):
			out[len(out)-1].Name += ", " + part
		case len(out) > 0 && !isPostnominal(part):
			return out
		}
	}
	return out
}

// dropLead takes "By" and the like off the front, also where markup glued it to the name ("ByJane Doe").
func dropLead(s string) string {
	s = strings.TrimSpace(bylineLead.ReplaceAllString(s+" ", ""))
	if len(s) > 4 && (strings.HasPrefix(s, "By") || strings.HasPrefix(s, "BY")) && s[2] >= 'A' && s[2] <= 'Z' && (s[1] == 'y' || s[3] >= 'a') {
		return s[2:]
	}
	return s
}

// parseName reads one name of at least minWords words, honorifics apart.
func parseName(s string, minWords int) (corpus.Author, bool) {
	s = strings.Trim(squeeze(s), " ,;:|-–—*•\"“”")
	if words := strings.Fields(s); len(words) > 0 && len(strings.Trim(words[len(words)-1], ".")) > 3 {
		s = strings.TrimRight(s, ".")
	}
	words := strings.Fields(s)
	var a corpus.Author
	var titles []string
	for len(words) > 1 && honorific.MatchString(words[0]) && !(len(words) == 2 && words[0] == "Don") { // a given name there
		titles = append(titles, words[0])
		words = words[1:]
	}
	for len(words) > 1 && isPostnominal(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	if len(words) < minWords || len(words) > 6 || !plausibleName(words) {
		return a, false
	}
	if len(words) == 1 && len(titles) == 1 {
		words, titles = append(titles, words...), nil // "Sir Toby" is how one is called
	}
	a.Name = strings.Trim(properCase(words), " ,;")
	a.Title = strings.Join(titles, " ")
	return a, true
}

// isPostnominal reports whether a word is letters behind a name ("PhD", "M.D.").
func isPostnominal(w string) bool {
	return postnominal.MatchString(strings.ReplaceAll(strings.Trim(w, ","), ".", "")) && !isPlainName(w)
}

// isPlainName reports whether a word is written like a name rather than like letters behind one ("Ma" is a name,
// "MA" and "M.A." are not).
func isPlainName(w string) bool {
	r := []rune(w)
	return len(r) > 1 && unicode.IsUpper(r[0]) && unicode.IsLower(r[1]) && !strings.Contains(w, ".")
}

// plausibleName reports whether the words can be a person's name.
func plausibleName(words []string) bool {
	capitals := 0
	for i, w := range words {
		lower := strings.ToLower(strings.Trim(w, ".,'’"))
		if notNames[lower] {
			return false
		}
		if dot := strings.IndexByte(w, '.'); dot > 3 && dot < len(w)-2 {
			return false // "gazette.example"
		}
		letters := 0
		for _, r := range w {
			switch {
			case unicode.IsLetter(r) || unicode.IsMark(r):
				letters++
			case strings.ContainsRune(".'’‘-‐·`", r):
			default:
				return false
			}
		}
		first, _ := firstRune(w)
		switch {
		case letters == 0:
			return false
		case unicode.IsUpper(first) || !unicode.IsLower(first):
			capitals++
		case particles[lower] && i > 0 || strings.ContainsAny(w, "'’-"):
		default:
			if i == 0 && particles[lower] && len(words) > 1 {
				continue
			}
			return false
		}
	}
	return capitals > 0 && (capitals > 1 || len(words) < 3)
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return r, true
		}
	}
	return 0, false
}

// properCase joins the words of a name; one that shouts throughout is put in small letters with capitals.
func properCase(words []string) string {
	s := strings.Join(words, " ")
	if len(words) < 2 || strings.ToUpper(s) != s || strings.ToLower(s) == s {
		return s
	}
	for i, w := range words {
		if len([]rune(strings.Trim(w, "."))) < 2 || strings.Count(w, ".") > 1 || generation.MatchString(w) {
			continue
		}
		words[i] = capitalize(w)
	}
	return strings.Join(words, " ")
}

func capitalize(w string) string {
	var b strings.Builder
	up := true
	for _, r := range w {
		if up {
			b.WriteRune(unicode.ToUpper(r))
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		up = !unicode.IsLetter(r)
	}
	return b.String()
}

// uniqueAuthors drops repeated names and bounds the list.
func uniqueAuthors(in []corpus.Author) []corpus.Author {
	seen := map[string]bool{}
	var out []corpus.Author
	for _, a := range in {
		k := key(a.Name)
		if k == "" || seen[k] || len(out) >= maxAuthors {
			continue
		}
		seen[k] = true
		out = append(out, a)
	}
	return out
}
