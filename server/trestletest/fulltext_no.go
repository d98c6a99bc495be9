//go:build !sqlite_fts5

package trestletest

const fullText = false
