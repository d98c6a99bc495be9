package blob

import (
	"bytes"
	"encoding/binary"
	"mime"
	"net/http"
)

// Sniffed is what bytes are by their own witness; a name or a browser's word for them counts for nothing.
type Sniffed struct {
	Type   string
	Inline bool // a picture that may be shown inside a page; everything else is only ever downloaded
	// of a picture, in pixels; 0 when it does not say
	Width, Height int
}

// Peek is how many of the first bytes Sniff wants.
const Peek = 256 << 10

// Sniff looks at the first bytes of a file. Only formats that can hold no script are pictures here: SVG, like HTML
// and XML, is text to be downloaded, and so is whatever begins like a picture and is none.
func Sniff(head []byte) Sniffed {
	w, h, kind := picture(head)
	if kind != "" && w > 0 && h > 0 && w*h <= maxPixels {
		return Sniffed{kind, true, w, h}
	}
	kind, _, err := mime.ParseMediaType(http.DetectContentType(head))
	switch {
	case err != nil:
		kind = "application/octet-stream"
	case kind == "image/gif" || kind == "image/jpeg" || kind == "image/png" || kind == "image/webp":
		kind = "application/octet-stream" // begins like one
	}
	return Sniffed{Type: kind}
}

// maxPixels is what a browser is asked to unpack for a picture that somebody attached.
const maxPixels = 120_000_000

func picture(b []byte) (w, h int, kind string) {
	be, le := binary.BigEndian, binary.LittleEndian
	switch {
	case len(b) >= 24 && bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")) && string(b[12:16]) == "IHDR":
		return int(be.Uint32(b[16:])), int(be.Uint32(b[20:])), "image/png"
	case len(b) >= 13 && (bytes.HasPrefix(b, []byte("GIF87a")) || bytes.HasPrefix(b, []byte("GIF89a"))):
		return int(le.Uint16(b[6:])), int(le.Uint16(b[8:])), "image/gif"
	case len(b) >= 4 && bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		w, h = jpegSize(b)
		return w, h, "image/jpeg"
	case len(b) >= 30 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		w, h = webpSize(b)
		return w, h, "image/webp"
	case len(b) >= 16 && string(b[4:8]) == "ftyp" && (string(b[8:12]) == "avif" || string(b[8:12]) == "avis"):
		w, h = avifSize(b)
		return w, h, "image/avif"
	}
	return 0, 0, ""
}

// jpegSize walks the segments up to the frame's header.
func jpegSize(b []byte) (w, h int) {
	for at := 2; at+9 < len(b) && b[at] == 0xff; {
		marker := b[at+1]
		if marker == 0xff { // padding
			at++
			continue
		}
		if marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc {
			return int(binary.BigEndian.Uint16(b[at+7:])), int(binary.BigEndian.Uint16(b[at+5:]))
		}
		at += 2 + int(binary.BigEndian.Uint16(b[at+2:]))
	}
	return 0, 0
}

func webpSize(b []byte) (w, h int) {
	le := binary.LittleEndian
	switch string(b[12:16]) {
	case "VP8X":
		return int(le.Uint32(b[24:])&0xffffff) + 1, int(le.Uint32(append([]byte(nil), b[27], b[28], b[29], 0))) + 1
	case "VP8L":
		bits := le.Uint32(b[21:])
		return int(bits&0x3fff) + 1, int(bits>>14&0x3fff) + 1
	case "VP8 ":
		return int(le.Uint16(b[26:]) & 0x3fff), int(le.Uint16(b[28:]) & 0x3fff)
	}
	return 0, 0
}

// avifSize reads the first image's extent.
func avifSize(b []byte) (w, h int) {
	if at := bytes.Index(b, []byte("ispe")); at >= 0 && at+16 <= len(b) {
		return int(binary.BigEndian.Uint32(b[at+8:])), int(binary.BigEndian.Uint32(b[at+12:]))
	}
	return 0, 0
}
