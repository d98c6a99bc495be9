package web

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"encoding/base64"
	"html/template"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"
)

// Page serves the built page: immutable assets (compressed by the build as .br and .gz)
// and, for every other address that is not the API's, index.html with a fresh nonce.
func (s *Server) Page(dist fs.FS) error {
	raw, err := fs.ReadFile(dist, "index.html")
	if err != nil {
		return err
	}
	index, err := template.New("index").Parse(string(raw))
	if err != nil {
		return err
	}
	s.Echo.GET("/assets/*", func(c echo.Context) error { return asset(c, dist, true) })
	s.Echo.GET("/favicon.svg", func(c echo.Context) error { return asset(c, dist, false) })
	s.Echo.GET("/*", func(c echo.Context) error {
		p := c.Request().URL.Path
		if strings.HasPrefix(p, "/api/") || path.Ext(p) == ".js" || path.Ext(p) == ".map" {
			return echo.ErrNotFound
		}
		status := http.StatusOK
		if !legible(c.Request()) {
			status = http.StatusNotFound // the page says that there is nothing
		}
		var n [18]byte
		_, _ = rand.Read(n[:])
		nonce := base64.StdEncoding.EncodeToString(n[:])
		var b bytes.Buffer
		if err := index.Execute(&b, map[string]string{"Nonce": nonce}); err != nil {
			return err
		}
		h := c.Response().Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'self'; script-src 'self' 'nonce-"+nonce+"'; style-src 'self' 'nonce-"+nonce+"'; "+
			"img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
		return c.HTMLBlob(status, b.Bytes())
	})
	return nil
}

// plainAsset is for who takes neither br nor gzip: the file itself, or unzipped where the build left only that.
func plainAsset(dist fs.FS, name string) ([]byte, error) {
	if b, err := fs.ReadFile(dist, name); err == nil {
		return b, nil
	}
	zipped, err := dist.Open(name + ".gz")
	if err != nil {
		return nil, err
	}
	defer zipped.Close()
	z, err := gzip.NewReader(zipped)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

func asset(c echo.Context, dist fs.FS, immutable bool) error {
	name := strings.TrimPrefix(path.Clean(c.Request().URL.Path), "/")
	h := c.Response().Header()
	accept := c.Request().Header.Get("Accept-Encoding")
	body, encoding := []byte(nil), ""
	for _, enc := range []struct{ token, ext string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if strings.Contains(accept, enc.token) {
			if b, err := fs.ReadFile(dist, name+enc.ext); err == nil {
				body, encoding = b, enc.token
				break
			}
		}
	}
	if body == nil {
		b, err := plainAsset(dist, name)
		if err != nil {
			return echo.ErrNotFound
		}
		body = b
	}
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if immutable {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	return c.Blob(http.StatusOK, kind, body)
}
