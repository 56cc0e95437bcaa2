package web

import (
	"net/http"
	"strconv"
)

// problem is an error of the API after RFC 9457. The members after "detail" are ours.
type problem struct {
	Type       string         `json:"type"`
	Title      string         `json:"title"`
	Status     int            `json:"status"`
	Detail     string         `json:"detail"`
	Param      string         `json:"param,omitempty"`
	Syntax     *problemSyntax `json:"syntax,omitempty"`
	RetryAfter int            `json:"retry_after,omitempty"`
}

// problemSyntax says where a query can not be read. Offset and End count the bytes of Input.
type problemSyntax struct {
	Input    string `json:"input"`
	Offset   int    `json:"offset"`
	End      int    `json:"end"`
	Expected string `json:"expected,omitempty"`
	Nearest  string `json:"nearest,omitempty"`
}

// writeProblem never leaves the body empty.
func writeProblem(w http.ResponseWriter, f fault) {
	p := problem{
		Type: "about:blank", Title: f.Title, Status: f.Status, Detail: f.Detail, Param: f.Param, RetryAfter: f.RetryAfter,
	}
	if f.Syntax != nil {
		p.Syntax = &problemSyntax{
			Input: utf8Only(f.Syntax.Input), Offset: f.Syntax.Offset, End: f.Syntax.End,
			Expected: f.Syntax.Expected, Nearest: f.Syntax.Nearest,
		}
	}
	body, err := encodeJSON(p)
	if err != nil {
		body = []byte(`{"type":"about:blank","title":"Internal Server Error","status":500}` + "\n")
	}
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(f.Status)
	_, _ = w.Write(body)
}
