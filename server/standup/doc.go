// Package standup is the room where a team walks its board together: a series per board, its meetings with an agenda
// made from the board, who drives it, what is parked, who helps, and who can be called.
//
// One view is the same for everybody who may see the board; every change answers it and announces it on the topic
// standup:SERIES, so a screen, a remote and those who follow show the same step.
package standup
