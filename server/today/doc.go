// Package today is the room where everybody lands: what starts next, what waits for one, one's own cards in
// progress, and what is out of order on one's teams' boards.
//
// Rooms add rows through Source; those that this room knows have theirs here, later ones bring their own. A
// source that fails says so in a row of its own and takes nothing else with it.
package today
