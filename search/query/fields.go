package query

import (
	"slices"
	"strings"
)

// fieldNames maps every name under which a field is known, in lower case, to the field.
var fieldNames = map[string]Field{
	"headline": FieldHeadline, "title": FieldHeadline, "intitle": FieldHeadline, "allintitle": FieldHeadline, "hd": FieldHeadline,
	"standfirst": FieldStandfirst, "dek": FieldStandfirst, "subtitle": FieldStandfirst, "highlight": FieldStandfirst,
	"lead": FieldLead, "lp": FieldLead,
	"hlead": FieldHlead, "hlp": FieldHlead,
	"body": FieldBody, "text": FieldBody, "intext": FieldBody, "allintext": FieldBody,
	"byline": FieldByline, "author": FieldByline, "by": FieldByline,
	"bio":        FieldBio,
	"correction": FieldCorrection, "corrections": FieldCorrection,
	"publication": FieldPublication, "pub": FieldPublication, "source": FieldPublication, "paper": FieldPublication, "sn": FieldPublication,
	"section": FieldSection,
	"tag":     FieldTag, "tags": FieldTag, "keyword": FieldTag,
	"type": FieldType,
	"lang": FieldLanguage, "language": FieldLanguage, "la": FieldLanguage,
	"access": FieldAccess,
	"site":   FieldSite, "host": FieldSite,
	"inurl": FieldURL, "url": FieldURL, "allinurl": FieldURL,
	"id": FieldID,
}

// factivaCodes are the names of fields that, before an =, nobody but Factiva has.
var factivaCodes = map[string]bool{"hd": true, "hlp": true, "lp": true, "by": true, "la": true, "sn": true}

// Further names that may stand before a colon.
var (
	dateNames   = []string{"date", "published", "after", "since", "before", "until"}
	lengthNames = []string{"length", "wc", "words"}
	hasNames    = []string{"has"}
)

// functions are the names before a bracket that are no fields.
var functions = []string{"caps", "allcaps", "nocaps", phraseName}

// phraseName is the function that makes a phrase of bare words, for the few queries that cannot be written otherwise.
const phraseName = "phrase"

// foreignSegments are the commonest segments that Nexis has and oped has not.
var foreignSegments = map[string]bool{
	"cite": true, "terms": true, "subject": true, "company": true, "geographic": true, "graphic": true, "dateline": true,
	"series": true, "load-date": true, "person": true, "organization": true, "industry": true, "abstract": true, "country": true,
	"state": true, "ticker": true, "atleast": true,
}

// Names lists the names that may stand before a colon, sorted; pages suggest them.
func Names() []string { return knownNames() }

// Aliases lists the names of a field, the usual one first.
func (f Field) Aliases() []string {
	var out []string
	for name, field := range fieldNames {
		if field == f && name != f.name() {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return append([]string{f.name()}, out...)
}

// name is the name that a field has in canonical queries.
func (f Field) name() string {
	if f == FieldByline {
		return "author"
	}
	return string(f)
}

// segmentName is the name of a field before a bracket in canonical queries.
func (f Field) segmentName() string { return strings.ToUpper(string(f)) }

// Positional reports whether a field holds running text, so that its words can be near one another.
func (f Field) Positional() bool {
	switch f {
	case FieldHeadline, FieldStandfirst, FieldLead, FieldHlead, FieldBody, FieldByline, FieldBio, FieldCorrection, FieldURL:
		return true
	}
	return false
}

func knownName(name string) bool {
	if _, ok := fieldNames[name]; ok {
		return true
	}
	return slices.Contains(dateNames, name) || slices.Contains(lengthNames, name) || slices.Contains(hasNames, name)
}

// ordinal reports whether the values behind a name can be compared by < and >.
func ordinal(name string) bool {
	return slices.Contains(lengthNames, name) || name == "date" || name == "published"
}

func callable(name string) bool {
	_, field := fieldNames[name]
	return field || slices.Contains(functions, name) || ordinal(name)
}

func knownNames() []string {
	names := slices.Concat(dateNames, lengthNames, hasNames)
	for name := range fieldNames {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func callNames() []string {
	return append(slices.DeleteFunc(knownNames(), func(name string) bool { return !callable(name) }), "caps", "allcaps", "nocaps")
}

// meantNames are names that others have for fields.
var meantNames = map[string]string{
	"writer": "author", "au": "author", "ti": "headline", "so": "publication", "ab": "standfirst", "kw": "tag", "tx": "body", "columnist": "author", "journalist": "author", "by-line": "author", "name": "author", "newspaper": "publication",
	"outlet": "publication", "journal": "publication", "topic": "tag", "subject": "tag", "keywords": "tag", "category": "section", "desk": "section",
	"year": "date", "month": "date", "day": "date", "on": "date", "in": "date", "during": "date", "dt": "date", "py": "date", "from": "after", "to": "until", "till": "until", "kind": "type", "genre": "type", "domain": "site",
	"headings": "headline", "subhead": "standfirst", "summary": "standfirst", "abstract": "standfirst", "link": "inurl", "address": "inurl",
}

// nearestName is the known name that was probably meant: one that means the same, one that begins so, or the closest.
// It is "" if none is near.
func nearestName(name string, known []string) string {
	name = strings.ToLower(name)
	if meant := meantNames[name]; slices.Contains(known, meant) {
		return meant
	}
	if i := slices.IndexFunc(known, func(k string) bool { return len(name) > 2 && strings.HasPrefix(k, name) }); i >= 0 {
		return known[i]
	}
	return closestName(name, known)
}

// minGuessed is how many letters a name must have for its spelling to be mended: a shorter one is near too many others.
const minGuessed = 4

// closestName is the known name that takes the fewest edits to become, "" if that are many.
func closestName(name string, known []string) string {
	if len(name) < minGuessed || len(name) > 32 {
		return ""
	}
	best, least := "", min(2, (len(name)+1)/3)+1
	for _, k := range known {
		if d := distance(name, k); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance is the number of edits between two short words, an exchange of neighbours counting as one (Damerau's
// optimal string alignment).
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	rows := make([][]int, len(s)+1)
	for i := range rows {
		rows[i] = make([]int, len(t)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(s); i++ {
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(s)][len(t)]
}
