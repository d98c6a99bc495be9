// Package board is the room of boards: their columns, lanes, limits, policies, points and expectations.
//
// A board belongs to a team. Its columns have a kind (queue, active, done) and one order; started and
// finished are two of them that the team declares. Every change of what flow depends on is kept as a dated
// version. One function, Layout.Admit, decides whether a card may enter a column, whichever door it uses.
package board
