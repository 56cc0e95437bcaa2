package corpus

import (
	"net/url"
	"slices"
	"strings"
)

// trackers are query parameters that tell the publisher where a reader came from and never which article is meant.
// Names are compared in lower case. A name that some site uses for its articles must not stand here.
var trackers = map[string]bool{
	// advertising and social networks
	"fbclid": true, "gclid": true, "gclsrc": true, "dclid": true, "gbraid": true, "wbraid": true, "msclkid": true,
	"yclid": true, "ymclid": true, "twclid": true, "ttclid": true, "igshid": true, "igsh": true, "li_fat_id": true,
	"epik": true, "rdt_cid": true, "srsltid": true, "__twitter_impression": true, "_openstat": true,
	"fb_action_ids": true, "fb_action_types": true, "fb_source": true, "fb_ref": true,
	// newsletters
	"mkt_tok": true, "vero_id": true, "vero_conv": true, "oly_enc_id": true, "oly_anon_id": true, "_hsenc": true,
	"_hsmi": true, "__hssc": true, "__hstc": true, "__hsfp": true, "hsctatracking": true, "nltr": true,
	"_ke": true, "_kx": true, "ck_subscriber_id": true, "emci": true, "emdi": true, "ceid": true,
	// publishers' own
	"cmp": true, "cmpid": true, "icid": true, "ncid": true, "s_cid": true, "ocid": true, "smid": true, "smtyp": true,
	"smprod": true, "xtor": true, "wt.mc_id": true, "ns_mchannel": true, "ns_source": true, "ns_campaign": true,
	"ns_linkname": true, "ns_fee": true, "guccounter": true, "guce_referrer": true, "guce_referrer_sig": true,
	"sr_share": true, "ftag": true, "ito": true, "intcmp": true, "int_cmp": true, "referringsource": true,
	"campaign_id": true, "instance_id": true, "segment_id": true, "regi_id": true, "unlocked_article_code": true,
	"reflink": true, "taid": true, "traffic_source": true, "src_trk": true, "share_id": true,
	// the referring page, the visitor and the visit
	"ref": true, "ref_src": true, "ref_url": true, "referrer": true, "referer": true, "_ga": true, "_gl": true,
	"phpsessid": true, "jsessionid": true, "aspsessionid": true, "replytocom": true,
	// AMP
	"amp": true, "usqp": true, "amp_js_v": true, "amp_gsa": true, "amp_ct": true, "amp_tf": true, "aoh": true,
	"csi": true, "amp_lite": true,
}

// trackerPrefixes begin whole families of such names.
var trackerPrefixes = []string{"utm_", "mc_", "pk_", "mtm_", "matomo_", "piwik_", "hsa_", "at_", "stm_", "trk_"}

// trackerValues are tracking only with certain values: elsewhere these names choose the article or its list.
var trackerValues = map[string][]string{
	"source":     channels,
	"src":        channels,
	"from":       channels,
	"via":        channels,
	"partner":    channels,
	"feature":    channels,
	"output":     {"amp", "print"},
	"outputtype": {"amp", "print"},
	"print":      {"", "1", "true", "y", "yes"},
	"share":      {"", "1", "true", "twitter", "facebook", "linkedin", "email", "reddit", "whatsapp", "telegram", "tumblr"},
	"mobile":     {"", "1", "true"},
	"m":          {"1"},
}

var channels = []string{"rss", "feed", "feeds", "rssfeed", "twitter", "tw", "x", "facebook", "fb", "linkedin", "reddit", "email",
	"mail", "newsletter", "whatsapp", "telegram", "instagram", "youtube", "google", "googlenews", "flipboard",
	"applenews", "pocket", "share", "social", "homepage", "hp"}

// canonicalQuery drops parameters that do not choose the article and sorts the others by name.
func canonicalQuery(query string) string {
	var kept []string
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if name == "" || tracking(decoded(name), decoded(value)) {
			continue
		}
		kept = append(kept, normalizeEscapes(pair))
	}
	slices.SortStableFunc(kept, func(a, b string) int {
		nameA, _, _ := strings.Cut(a, "=")
		nameB, _, _ := strings.Cut(b, "=")
		return strings.Compare(nameA, nameB)
	})
	return strings.Join(kept, "&")
}

func tracking(name, value string) bool {
	if trackers[name] || slices.Contains(trackerValues[name], value) {
		return true
	}
	return slices.ContainsFunc(trackerPrefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// decoded is a name or value as it is compared.
func decoded(s string) string {
	if text, err := url.QueryUnescape(s); err == nil {
		s = text
	}
	return strings.ToLower(s)
}

// normalizeEscapes decodes what needs no percent-encoding and writes the rest of it in upper case.
func normalizeEscapes(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	const upper = "0123456789ABCDEF"
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+2 >= len(s) || hexDigit(s[i+1]) < 0 || hexDigit(s[i+2]) < 0 {
			out = append(out, s[i])
			continue
		}
		c := byte(hexDigit(s[i+1])<<4 | hexDigit(s[i+2]))
		if unreserved(c) {
			out = append(out, c)
		} else {
			out = append(out, '%', upper[c>>4], upper[c&15])
		}
		i += 2
	}
	return string(out)
}

// unreserved are the bytes that mean the same with and without percent-encoding (RFC 3986, 2.3).
func unreserved(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("-._~", c) >= 0
}

// hexDigit is the value of a hexadecimal digit, or -1.
func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
