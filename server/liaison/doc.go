// Package liaison is how operations and security stand to each team: embedded, as its liaison, or invited; who, who
// stands in, for what share of a week, under which contract and until when that is looked at again. It says which team
// has nobody, and which pattern fits, with every line of the arithmetic.
//
// It promises that a recommendation is a function of what it prints, and never assigns anybody.
package liaison
