package app

import (
	"io/fs"
	"strings"

	"github.com/labstack/echo/v4"

	"trestle/frontend"
	"trestle/server/web"
)

func pageOf() (fs.FS, bool) { return frontend.Dist() }

// servePage serves the page where it was built in, and one sentence where it was not.
func servePage(s *web.Server) error {
	if dist, ok := pageOf(); ok {
		return s.Page(dist)
	}
	s.Echo.GET("/*", func(c echo.Context) error {
		if strings.HasPrefix(c.Request().URL.Path, "/api/") {
			return echo.ErrNotFound
		}
		return noPage(c)
	})
	return nil
}
