// Package retro is a team's retrospective over one of its boards, held by the server phase by phase.
//
// Until the reveal nobody receives what others have written, by whatever way: only where a note stands and how many
// lines it has. Who wrote a note, voted, turned a thumb or rated the meeting is kept as a code that the retro's own
// key makes of the person; closing the retro takes the key, the codes and the votes away. Such writes carry no name:
// their events say only that something has changed, and their retries are known by codes too. What the team commits
// to are cards on its board, let in like every other card, and the next retro begins with those that are open.
package retro
