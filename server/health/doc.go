// Package health is a team's health checks: every six to eight weeks each of the team says of some sides of their
// work whether it is well, so-so or bad, and whether it gets better. All is shown at once, and compared with the
// team's own past, never with other teams.
//
// While a check is open nobody, whatever they may, can read anybody's answers, and who answered is kept only by codes
// (package ballot). Revealing a check adds the answers up and takes away the answers, the codes and the key: what is
// left are counts, and none of a question that fewer than four have answered.
package health
