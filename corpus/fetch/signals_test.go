package fetch

import (
	"net/http"
	"testing"
	"time"

	"oped/corpus"

	"github.com/google/go-cmp/cmp"
)

func TestReadSignals(t *testing.T) {
	now := time.Date(2024, 5, 17, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name, header, tdm, body string
		want                    Signals
	}{
		{name: "none", body: `<head><meta name="robots" content="index, follow, max-snippet:-1"><body>noindex`},
		{name: "header", header: "noindex, nofollow", want: Signals{NoIndex: "header X-Robots-Tag: noindex", NoFollow: "header X-Robots-Tag: nofollow"}},
		{name: "header for us", header: "Oped: NOARCHIVE", want: Signals{NoArchive: "header X-Robots-Tag: noarchive"}},
		{name: "header for another", header: "otherbot: noindex"},
		{name: "no longer available", header: "unavailable_after: 25 Jun 2010 15:00:00 GMT", want: Signals{NoIndex: "header X-Robots-Tag: unavailable_after 25 Jun 2010 15:00:00 GMT"}},
		{name: "still available", header: "unavailable_after: 25 Jun 2030 15:00:00 GMT"},
		{name: "meta", body: `<meta content="NoIndex,NoArchive" name="ROBOTS">`, want: Signals{NoIndex: "meta robots: noindex", NoArchive: "meta robots: noarchive"}},
		{name: "meta none", body: `<meta name="robots" content="none"/>`, want: Signals{NoIndex: "meta robots: none", NoFollow: "meta robots: none"}},
		{name: "meta for us", body: `<meta name="oped" content="noindex">`, want: Signals{NoIndex: "meta oped: noindex"}},
		{name: "meta in a script or the body", body: `<script>'<meta name="robots" content="noindex">'</script><body><meta name="robots" content="noindex">`},
		{name: "reserved by header", tdm: "1", want: Signals{TDM: "header tdm-reservation: 1"}},
		{name: "reserved by meta", body: `<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://a.example/p">`, want: Signals{TDM: "meta tdm-reservation: 1"}},
		{name: "not reserved", tdm: "0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := &corpus.Page{MediaType: "text/html", Header: http.Header{}, Body: []byte(tt.body)}
			if tt.header != "" {
				p.Header.Set("X-Robots-Tag", tt.header)
			}
			if tt.tdm != "" {
				p.Header.Set("TDM-Reservation", tt.tdm)
			}
			got := ReadSignals(p, "oped", now)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("ReadSignals (-want +got):\n%s", diff)
			}
			refused := tt.want.NoIndex + tt.want.NoArchive + tt.want.TDM
			if (got.Refusal() == "") != (refused == "") {
				t.Errorf("Refusal = %q", got.Refusal())
			}
		})
	}
}

// FuzzReadSignals holds that no page and no header makes ReadSignals panic.
func FuzzReadSignals(f *testing.F) {
	f.Add("oped: noindex, unavailable_after: 1", `<meta name=robots content="none">`)
	f.Fuzz(func(t *testing.T, header, body string) {
		ReadSignals(&corpus.Page{MediaType: "text/html", Header: http.Header{"X-Robots-Tag": {header}}, Body: []byte(body)}, "oped", time.Time{})
	})
}
