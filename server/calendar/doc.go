// Package calendar is the room where the rituals of all teams stand beside each other: when they are, which of them
// operations and security agreed to come to, to which somebody was invited, and who came. It reads the rituals from the
// rooms that hold them, keeps agreements, invitations and the addresses of feeds, and says from the record how it goes.
//
// Coming is judged against agreed days only, and never per person.
package calendar
