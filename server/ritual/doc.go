// Package ritual is the room of the rituals besides standup and retro: replenishment, demo and flow review. A series
// is what a team does again and again on a board; one sitting of it is what runs.
//
// One view is the same for everybody who may see the board. A change is announced on the topic ritual:SERIES by what
// changed, never with the whole: who follows reads the view anew.
package ritual
