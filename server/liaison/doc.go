// Package liaison is how operations, security and whoever else stand to each team: embedded, as its liaison, or invited;
// who, who stands in, for what share of a week, under which contract and until when that is looked at again. It is the
// one way to make somebody a liaison. It says which team has nobody of operations or security, and which pattern fits,
// with every line of the arithmetic.
//
// It promises that a recommendation is a function of what it prints, and never assigns anybody.
package liaison
