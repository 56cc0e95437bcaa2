package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestLocalHosts(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	h := localHosts(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), l, "https://clips.example.org")
	for host, want := range map[string]int{
		"127.0.0.1:8080": http.StatusOK, "localhost": http.StatusOK, "LOCALHOST.:80": http.StatusOK, "[::1]:8080": http.StatusOK,
		"oped.localhost": http.StatusOK, "clips.example.org": http.StatusOK,
		"evil.example": http.StatusMisdirectedRequest, "localhost.evil.example": http.StatusMisdirectedRequest, "10.0.0.1": http.StatusMisdirectedRequest,
		"": http.StatusMisdirectedRequest,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("host %q: status %d, want %d", host, w.Code, want)
		}
	}
}
