package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// table is what is printed at the end.
type table struct{ lines [][]string }

// add notes a line: what, measured, the raw limit beside it, the target, and whether it is met (nil: no target).
func (t *table) add(what string, n int, measured, raw, target string, met *bool) {
	verdict := ""
	if met != nil {
		verdict = "not met"
		if *met {
			verdict = "met"
		}
	}
	t.lines = append(t.lines, []string{what, fmt.Sprint(n), measured, raw, target, verdict})
}

func (t *table) print(w io.Writer) {
	head := []string{"what", "n", "measured", "raw limit, same run", "target", ""}
	width := make([]int, len(head))
	for _, line := range append([][]string{head}, t.lines...) {
		for i, cell := range line {
			width[i] = max(width[i], len([]rune(cell)))
		}
	}
	row := func(line []string) {
		fmt.Fprint(w, "|")
		for i, cell := range line {
			fmt.Fprint(w, " ", cell, strings.Repeat(" ", width[i]-len([]rune(cell))), " |")
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
	row(head)
	rule := make([]string, len(head))
	for i := range rule {
		rule[i] = strings.Repeat("-", width[i])
	}
	row(rule)
	met, of := 0, 0
	for _, line := range t.lines {
		row(line)
		switch line[5] {
		case "met":
			met++
			of++
		case "not met":
			of++
		}
	}
	fmt.Fprintf(w, "\n%d of %d targets met.\n", met, of)
}

func is(ok bool) *bool { return &ok }

func ms(d time.Duration) string {
	switch v := float64(d) / 1e6; {
	case v < 1:
		return fmt.Sprintf("%.2f ms", v)
	case v < 100:
		return fmt.Sprintf("%.1f ms", v)
	default:
		return fmt.Sprintf("%.0f ms", v)
	}
}

func us(d time.Duration) string { return fmt.Sprintf("%.0f µs", float64(d)/1e3) }

func mb(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

func kb(n int) string { return fmt.Sprintf("%.0f KB", float64(n)/1024) }
