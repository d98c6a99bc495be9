// Package rank makes order keys between neighbours: strings that sort bytewise, so that putting a card
// between two others changes one row. The algorithm is the published one of "fractional indexing"
// (David Greenspan, Observable 2020; as in Figma); the npm package of that name is the tests' oracle.
package rank

import (
	"errors"
	"strings"
)

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

const smallestInteger = "A00000000000000000000000000"

// MaxLen is the length past which a column gets fresh keys.
const MaxLen = 128

// ErrOrder is a pair of keys that are not in order, or a string that is no key.
var ErrOrder = errors.New("rank: keys are not in order")

// Between gives a key after a and before b. Empty a is the beginning, empty b the end. Two equal keys,
// which two writers at one gap can leave behind, are treated as the gap after them.
func Between(a, b string) (string, error) {
	if a != "" {
		if err := validate(a); err != nil {
			return "", err
		}
	}
	if b != "" {
		if err := validate(b); err != nil {
			return "", err
		}
	}
	if a != "" && b != "" && a == b {
		b = ""
	}
	if a != "" && b != "" && a > b {
		return "", ErrOrder
	}
	if a == "" {
		if b == "" {
			return "a0", nil
		}
		ib := integerPart(b)
		fb := b[len(ib):]
		if ib == smallestInteger {
			m, err := midpoint("", fb)
			return ib + m, err
		}
		if ib < b {
			return ib, nil
		}
		dec := decrement(ib)
		if dec == "" {
			return "", ErrOrder
		}
		return dec, nil
	}
	ia := integerPart(a)
	fa := a[len(ia):]
	if b == "" {
		if inc := increment(ia); inc != "" {
			return inc, nil
		}
		m, err := midpoint(fa, "")
		return ia + m, err
	}
	ib := integerPart(b)
	fb := b[len(ib):]
	if ia == ib {
		m, err := midpoint(fa, fb)
		return ia + m, err
	}
	inc := increment(ia)
	if inc == "" {
		return "", ErrOrder
	}
	if inc < b {
		return inc, nil
	}
	m, err := midpoint(fa, "")
	return ia + m, err
}

// Spread gives n fresh short keys in order.
func Spread(n int) []string {
	out := make([]string, 0, n)
	last := ""
	for range n {
		k, err := Between(last, "")
		if err != nil { // cannot happen: the end of a fresh sequence is always open
			panic(err)
		}
		out = append(out, k)
		last = k
	}
	return out
}

// midpoint is a fraction strictly between a and b; b "" means 1.
func midpoint(a, b string) (string, error) {
	if b != "" && a >= b {
		return "", ErrOrder
	}
	if strings.HasSuffix(a, "0") || strings.HasSuffix(b, "0") {
		return "", ErrOrder
	}
	if b != "" {
		// take the common prefix, reading a as padded with zeros
		n := 0
		for n < len(b) && at(a, n) == b[n] {
			n++
		}
		if n > 0 {
			m, err := midpoint(a[min(n, len(a)):], b[n:])
			return b[:n] + m, err
		}
	}
	da := 0
	if a != "" {
		da = strings.IndexByte(digits, a[0])
	}
	db := len(digits)
	if b != "" {
		db = strings.IndexByte(digits, b[0])
	}
	if db-da > 1 {
		return string(digits[(da+db+1)/2]), nil // rounds half up, as the oracle does
	}
	if len(b) > 1 {
		return b[:1], nil
	}
	rest := ""
	if a != "" {
		rest = a[1:]
	}
	m, err := midpoint(rest, "")
	return string(digits[da]) + m, err
}

func at(s string, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return '0'
}

func integerLength(head byte) int {
	switch {
	case head >= 'a' && head <= 'z':
		return int(head-'a') + 2
	case head >= 'A' && head <= 'Z':
		return int('Z'-head) + 2
	}
	return 0
}

func integerPart(key string) string { return key[:integerLength(key[0])] }

func validate(key string) error {
	if key == "" || key == smallestInteger {
		return ErrOrder
	}
	n := integerLength(key[0])
	if n == 0 || n > len(key) || (n < len(key) && strings.HasSuffix(key, "0")) {
		return ErrOrder
	}
	for i := 1; i < len(key); i++ {
		if strings.IndexByte(digits, key[i]) < 0 {
			return ErrOrder
		}
	}
	return nil
}

func increment(x string) string {
	head, d := x[0], []byte(x[1:])
	for i := len(d) - 1; i >= 0; i-- {
		v := strings.IndexByte(digits, d[i]) + 1
		if v < len(digits) {
			d[i] = digits[v]
			return string(head) + string(d)
		}
		d[i] = '0'
	}
	switch head {
	case 'Z':
		return "a0"
	case 'z':
		return ""
	}
	h := head + 1
	if h > 'a' {
		d = append(d, '0')
	} else {
		d = d[:len(d)-1]
	}
	return string(h) + string(d)
}

func decrement(x string) string {
	head, d := x[0], []byte(x[1:])
	for i := len(d) - 1; i >= 0; i-- {
		v := strings.IndexByte(digits, d[i]) - 1
		if v >= 0 {
			d[i] = digits[v]
			return string(head) + string(d)
		}
		d[i] = 'z'
	}
	switch head {
	case 'a':
		return "Zz"
	case 'A':
		return ""
	}
	h := head - 1
	if h < 'Z' {
		d = append(d, 'z')
	} else {
		d = d[:len(d)-1]
	}
	return string(h) + string(d)
}
