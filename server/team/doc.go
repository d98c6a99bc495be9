// Package team is teams that last for years: their key, members, liaisons and screens, and the rights that
// follow from them.
//
// It promises that a viewer's rights in a team are read from the database at the moment they matter; that a
// change of membership reaches every node before the next thing is told there; that a team which a viewer may
// not see cannot be told from one that does not exist.
//
// Words: a team's key begins the keys of its cards (PAY-12). A lead sets the rules and the members, a worker
// works, a commenter talks, a viewer looks. A liaison is somebody of another discipline or team who works here
// by assignment. A device link lets a screen on the wall look at one team.
package team
