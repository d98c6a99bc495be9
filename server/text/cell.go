package text

import "strings"

// Cell makes what people wrote safe for spreadsheets: what would be a formula gets a quote in front.
func Cell(s string) string {
	if strings.IndexAny(s, "=+-@\t\r\n＝＋－＠") == 0 { // the wide ones too, which some spreadsheets fold
		return "'" + s
	}
	return s
}
