package corpus

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/publicsuffix"
)

// maxURLBytes bounds an address. Browsers and servers agree on about 2,000; trackers go beyond.
const maxURLBytes = 4096

// settleRounds bounds how often the rules are applied to their own result. Two are the rule, more need an address
// that is wrapped in itself.
const settleRounds = 8

// CanonicalURL gives the one form of the addresses under which publishers and readers pass the same article around.
// Applied to its own result it changes nothing. The rules, in order:
//
//   - Only absolute http and https addresses are accepted, of at most 4,096 bytes. They are read as browsers read them
//     (WHATWG URL): lower-case ASCII host, default port off, dot segments resolved, odd bytes percent-encoded.
//   - User name, password and the fragment go; a fragment that begins with "#!" stays, as it once named the article.
//   - Copies in Google's AMP caches (google.com/amp/..., cdn.ampproject.org) become the address that they copy.
//   - A host that begins with the label amp, m, mobile, touch or wap loses it, as does one with m as its second of
//     four or more labels (en.m.wikipedia.org), unless only a public suffix would remain. A trailing dot goes.
//   - Percent-encoding is in upper case and only where it is needed.
//   - A path loses empty segments (but after "https:"), the segment "amp", the endings ".amp" and ".amp.html", a
//     ";jsessionid=", a directory index ("index.html", "default.aspx") and its trailing slash.
//   - A query loses tracking parameters (see trackers), empty ones and those that ask for AMP or print, and is sorted
//     by name; values under one name keep their order.
//
// Scheme and "www." stay as they are: not every site answers to the other form. Store.Lookup and Tx.Put ignore both.
func CanonicalURL(raw string) (string, error) {
	if len(raw) > maxURLBytes {
		return "", fmt.Errorf("corpus: canonical URL of %q...: longer than %d bytes", raw[:60], maxURLBytes)
	}
	for range settleRounds {
		next, err := canonicalOnce(raw)
		if err != nil {
			return "", fmt.Errorf("corpus: canonical URL of %q: %w", raw, err)
		}
		if next == raw {
			return next, nil
		}
		raw = next
	}
	return "", fmt.Errorf("corpus: canonical URL of %q: too deeply wrapped in itself", raw)
}

func canonicalOnce(raw string) (string, error) {
	u, err := parseURL(raw)
	if err != nil {
		return "", err
	}
	if inner, ok := ampOriginal(u); ok {
		return inner, nil
	}
	host := canonicalHost(u.Hostname())
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	out := u.Protocol() + "//" + host + canonicalPath(u.Pathname())
	if query := canonicalQuery(u.Query()); query != "" {
		out += "?" + query
	}
	if strings.HasPrefix(u.Fragment(), "!") {
		out += "#" + u.Fragment()
	}
	if len(out) > maxURLBytes {
		return "", fmt.Errorf("longer than %d bytes", maxURLBytes)
	}
	return out, nil
}

// parseURL reads an address as a browser does.
func parseURL(raw string) (*whatwg.Url, error) {
	u, err := whatwg.Parse(raw)
	if err != nil {
		return nil, errors.New("not an absolute address such as https://example.com/opinion")
	}
	if u.Scheme() != "http" && u.Scheme() != "https" {
		return nil, fmt.Errorf("scheme %q: only http and https can be archived", u.Scheme())
	}
	if u.Hostname() == "" {
		return nil, errors.New("no host")
	}
	return u, nil
}

// writtenURL is an address as it was written, but for user name, password and fragment.
func writtenURL(raw string) (string, error) {
	if len(raw) > maxURLBytes {
		return "", fmt.Errorf("longer than %d bytes", maxURLBytes)
	}
	u, err := parseURL(raw)
	if err != nil {
		return "", err
	}
	u.SetUsername("")
	u.SetPassword("")
	return u.Href(true), nil
}

// identity is what two canonical addresses of one article share: it leaves out the scheme, "www." and a last slash.
func identity(canonical string) string { return bare(canonical) }

func identityOf(raw string) (string, error) {
	canonical, err := CanonicalURL(raw)
	if err != nil {
		return "", err
	}
	return identity(canonical), nil
}

// bare leaves out of an address what makes no difference to a reader.
func bare(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	return strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
}

// home reports whether an identity is that of a home page.
func home(key string) bool { return !strings.ContainsAny(key, "/?#") }

// ampOriginal unwraps an address in one of Google's caches: a path of a letter for the kind of content (only in
// ampproject.org), "s" for https, then host and path of the original.
func ampOriginal(u *whatwg.Url) (string, bool) {
	host, path := u.Hostname(), strings.Split(strings.TrimPrefix(u.Pathname(), "/"), "/")
	google := strings.HasPrefix(strings.TrimPrefix(host, "www."), "google.") && path[0] == "amp"
	cache := host == "cdn.ampproject.org" || strings.HasSuffix(host, ".cdn.ampproject.org")
	if !google && !cache {
		return "", false
	}
	path, scheme := path[1:], "http://"
	if len(path) > 0 && path[0] == "s" {
		path, scheme = path[1:], "https://"
	}
	if len(path) == 0 || !strings.Contains(path[0], ".") {
		return "", false
	}
	inner := scheme + strings.Join(path, "/") + u.Search()
	if _, err := parseURL(inner); err != nil {
		return "", false
	}
	return inner, true
}

func canonicalHost(host string) string {
	host = strings.TrimSuffix(host, ".")
	labels := strings.Split(host, ".")
	var rest []string
	switch {
	case slices.Contains([]string{"amp", "m", "mobile", "touch", "wap"}, labels[0]):
		rest = labels[1:]
	case len(labels) >= 4 && labels[1] == "m":
		rest = slices.Concat(labels[:1], labels[2:])
	default:
		return host
	}
	shorter := strings.Join(rest, ".")
	if _, err := publicsuffix.EffectiveTLDPlusOne(shorter); err != nil {
		return host
	}
	return shorter
}

func canonicalPath(path string) string {
	var kept []string
	for segment := range strings.SplitSeq(normalizeEscapes(path), "/") {
		afterScheme := len(kept) > 0 && strings.HasSuffix(kept[len(kept)-1], ":")
		if segment != "" || afterScheme {
			kept = append(kept, segment)
		}
	}
	if len(kept) > 0 {
		kept[len(kept)-1] = canonicalName(kept[len(kept)-1])
	}
	withoutAMP := slices.DeleteFunc(slices.Clone(kept), func(s string) bool { return s == "amp" || s == "" })
	if len(withoutAMP) > 0 && slices.Contains(kept, "amp") {
		kept = withoutAMP
	}
	return "/" + strings.TrimRight(strings.Join(kept, "/"), "/")
}

// canonicalName is the last segment of a path without what says how the page is to be served.
func canonicalName(name string) string {
	lower := strings.ToLower(name)
	if i := strings.Index(lower, ";jsessionid="); i >= 0 {
		name, lower = name[:i], lower[:i]
	}
	stem, ext, _ := strings.Cut(lower, ".")
	switch {
	case (stem == "index" || stem == "default") && slices.Contains(indexExtensions, ext):
		return ""
	case strings.HasSuffix(lower, ".amp.html"):
		return name[:len(name)-len(".amp.html")] + ".html"
	case strings.HasSuffix(lower, ".amp"):
		return name[:len(name)-len(".amp")]
	}
	return name
}

var indexExtensions = []string{"html", "htm", "shtml", "php", "asp", "aspx", "jsp", "cfm"}
