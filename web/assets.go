package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed static
var staticFiles embed.FS

// assets are the style, script and icon under addresses that hold the hash of their content, so that they can be cached
// for ever.
type assets struct {
	urls   map[string]string // "style.css" -> "/static/style.0123456789ab.css"
	byName map[string][]byte // "style.0123456789ab.css" -> content
}

func loadAssets() (assets, error) {
	a := assets{urls: map[string]string{}, byName: map[string][]byte{}}
	entries, err := fs.ReadDir(staticFiles, "static")
	if err != nil {
		return assets{}, fmt.Errorf("web: list static files: %w", err)
	}
	for _, e := range entries {
		content, err := staticFiles.ReadFile(path.Join("static", e.Name()))
		if err != nil {
			return assets{}, fmt.Errorf("web: read static file %q: %w", e.Name(), err)
		}
		sum := sha256.Sum256(content)
		ext := path.Ext(e.Name())
		name := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:6]) + ext
		a.urls[e.Name()] = "/static/" + name
		a.byName[name] = content
	}
	return a, nil
}

// url is the address of a static file, for templates. An unknown name is a fault in a template.
func (a assets) url(name string) (string, error) {
	if u, ok := a.urls[name]; ok {
		return u, nil
	}
	return "", fmt.Errorf("web: no static file %q", name)
}

func (s *server) static(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	content, ok := s.assets.byName[name]
	if !ok {
		return errNoPage
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
	return nil
}

// robots keeps crawlers out: the archive shows what belongs to others, and its links are without number.
func (s *server) robots(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = fmt.Fprint(w, "User-agent: *\nDisallow: /\n")
	return nil
}
