package query

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// hasValues are what has: can ask for.
var hasValues = []string{"author", "bio", "correction", "date", "section", "standfirst", "tag", "url"}

// hasValue is the name of what has: asks for, or "".
func hasValue(name string) string {
	other := map[string]string{
		"byline": "author", "authors": "author", "tags": "tag", "corrections": "correction", "published": "date", "dates": "date",
		"inurl": "url", "link": "url", "dek": "standfirst", "note": "bio",
	}
	if to, ok := other[name]; ok {
		name = to
	}
	if slices.Contains(hasValues, name) {
		return name
	}
	return ""
}

// typeValues are the kinds of journalism, as articles have them.
var typeValues = []string{"op-ed", "column", "editorial", "letter", "interview", "analysis", "review", "report"}

func typeValue(text string) (value, nearest string) {
	name := strings.ToLower(strings.ReplaceAll(text, " ", "-"))
	switch name {
	case "oped", "op-eds", "opeds", "guest":
		return "op-ed", ""
	case "leader", "leaders":
		return "editorial", ""
	case "news", "reporting":
		return "report", ""
	case "analyses":
		return "analysis", ""
	case "opinion", "comment":
		return "", "(op-ed OR column OR editorial OR letter)"
	}
	return fromList(name, typeValues)
}

// fromList finds a value, or its plural, in a list, else the nearest there is.
func fromList(name string, list []string) (value, nearest string) {
	for _, v := range list {
		if name == v || name == v+"s" {
			return v, ""
		}
	}
	return "", nearestName(name, list)
}

func accessValue(text string) (value, nearest string) {
	switch name := strings.ToLower(text); name {
	case "free", "open", "whole", "complete":
		return "full", ""
	case "part", "paywall", "paywalled", "paid", "premium":
		return "partial", ""
	default:
		return fromList(name, []string{"full", "partial"})
	}
}

// languages are names of languages with their codes.
var languages = map[string]string{
	"arabic": "ar", "bulgarian": "bg", "catalan": "ca", "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da",
	"dutch": "nl", "english": "en", "estonian": "et", "finnish": "fi", "french": "fr", "german": "de", "greek": "el",
	"hebrew": "he", "hindi": "hi", "hungarian": "hu", "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko",
	"latvian": "lv", "lithuanian": "lt", "norwegian": "no", "persian": "fa", "polish": "pl", "portuguese": "pt",
	"romanian": "ro", "russian": "ru", "serbian": "sr", "slovak": "sk", "slovenian": "sl", "spanish": "es", "swedish": "sv",
	"thai": "th", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
}

var languageCode = regexp.MustCompile(`^[a-z]{2,3}$`)

func languageValue(text string) (value, nearest string) {
	name := strings.ToLower(text)
	name, _, _ = strings.Cut(strings.ReplaceAll(name, "_", "-"), "-")
	if code, ok := languages[name]; ok {
		return code, ""
	}
	if languageCode.MatchString(name) {
		return name, ""
	}
	names := make([]string, 0, len(languages))
	for known := range languages {
		names = append(names, known)
	}
	slices.Sort(names)
	return "", languages[nearestName(name, names)]
}

// languageName is the name of a language in English; the code where it has none here.
func languageName(code string) string {
	for name, c := range languages {
		if c == code {
			return strings.ToUpper(name[:1]) + name[1:]
		}
	}
	return fmt.Sprintf("the language %q", code)
}

var hostName = regexp.MustCompile(`^[\pL\pN]([\pL\pN-]*[\pL\pN])?(\.[\pL\pN]([\pL\pN-]*[\pL\pN])?)*$`)

// hostValue is the name of a host without scheme, port and path. Where there is a path it is asked for apart.
func hostValue(text string) (value, nearest string) {
	host := strings.ToLower(text)
	if _, rest, ok := strings.Cut(host, "://"); ok {
		host = rest
	}
	host, path, _ := strings.Cut(host, "/")
	host, _, _ = strings.Cut(host, ":")
	host = strings.Trim(strings.TrimPrefix(host, "*."), ".")
	if !hostName.MatchString(host) {
		return "", ""
	}
	if hasWord(path) {
		return "", host + " inurl:" + Quote(path)
	}
	return host, ""
}

func idValue(text string) (value, nearest string) {
	id := strings.ToLower(text)
	if len(id) <= 64 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789") == "" {
		return id, ""
	}
	return "", ""
}

// oneOf lists values.
func oneOf(values []string) string {
	last := len(values) - 1
	return strings.Join(values[:last], ", ") + " or " + values[last]
}

// known says what values a field takes.
func (f Field) known() string {
	switch f {
	case FieldType:
		return "it takes " + oneOf(typeValues)
	case FieldAccess:
		return "it takes full or partial"
	case FieldLanguage:
		return "it takes a language or its code, as in lang:french or lang:fr"
	case FieldSite:
		return "it takes the name of a host, as in site:example.com"
	case FieldID:
		return "it takes the 16 letters and digits that end an article's address"
	}
	return "as in " + f.example()
}

func (f Field) example() string { return f.name() + ":" + f.exampleValue() }

func (f Field) exampleValue() string {
	switch f {
	case FieldType:
		return "editorial"
	case FieldAccess:
		return "partial"
	case FieldLanguage:
		return "fr"
	case FieldSite:
		return "example.com"
	}
	return "word"
}
