package web

import "oped/search/doctor"

// apiDiagnosis is the member "doctor" of the answer to a search that finds little.
type apiDiagnosis struct {
	Suggestions []apiOffer `json:"suggestions"`
	Relaxations []apiOffer `json:"relaxations"`
	Parts       []apiPart  `json:"parts"`
	Incomplete  bool       `json:"incomplete"`
}

// apiOffer is another search with its exact total.
type apiOffer struct {
	Text  string `json:"text"`
	Query string `json:"query"`
	Total int    `json:"total"`
	Link  string `json:"link"`
}

type apiPart struct {
	Kind    doctor.Kind `json:"kind"`
	Text    string      `json:"text"`
	Alone   int         `json:"alone"`
	Without *int        `json:"without,omitempty"`
	Culprit bool        `json:"culprit"`
	Link    string      `json:"link"`
	Parts   []apiPart   `json:"parts,omitempty"`
}

func apiDiagnosisOf(base string, d *doctor.Diagnosis) *apiDiagnosis {
	if d == nil {
		return nil
	}
	return &apiDiagnosis{Suggestions: apiOffersOf(base, d.Suggestions), Relaxations: apiOffersOf(base, d.Relaxations),
		Parts: apiPartsOf(base, d.Parts), Incomplete: d.Incomplete}
}

func apiOffersOf(base string, offers []doctor.Offer) []apiOffer {
	out := []apiOffer{}
	for _, o := range offers {
		out = append(out, apiOffer{utf8Only(o.Text), utf8Only(o.Request.Query), o.Count, base + address("/api/v1/search", o.Request)})
	}
	return out
}

func apiPartsOf(base string, parts []doctor.Part) []apiPart {
	out := []apiPart{}
	for _, p := range parts {
		part := apiPart{Kind: p.Kind, Text: utf8Only(p.Text), Alone: p.Alone, Culprit: p.Culprit,
			Link: base + address("/api/v1/search", p.Request)}
		if p.Without >= 0 {
			part.Without = &p.Without
		}
		if len(p.Parts) > 0 {
			part.Parts = apiPartsOf(base, p.Parts)
		}
		out = append(out, part)
	}
	return out
}
