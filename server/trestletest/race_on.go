//go:build race

package trestletest

const raceOn = true
