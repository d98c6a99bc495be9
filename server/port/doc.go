// Package port is the room of coming and going: boards from other tools come in, boards go out.
//
// An import reads a whole file, says in a report what is kept, changed and dropped and why, and writes
// either all of it or nothing: cards are staged on a board that nobody sees, and one short transaction
// makes them visible with one board.imported event. What a crash leaves staged is removed by Sweep, at the
// next start or within the hour. External ids are kept per team, so a second import of the same board adds only what is new
// and leaves what is known as it is.
//
// An export is the whole board in the documented format trestle.board/1 (see format.go), which imports back
// equal apart from ids, keys and the dates of import, or its cards or transitions as CSV.
package port
