// Package account is people and how they come in: set-up, sign-in, sessions, invitations, tokens, and the
// screens on walls that only look.
//
// It promises that a credential is judged against the database at every request, so that what is revoked is
// dead at once on every node; that nothing which opens a door can be read from the database (passwords are
// argon2id, tokens are digests, links are signed and only their row is kept); that a wrong e-mail and a wrong
// password cannot be told apart; and that the last administrator stays.
//
// Words: a session is a sign-in. A token is for programs; a personal one acts as its owner, a service token
// belongs to a team. A device link lets a screen look at one team. A ticket opens one socket.
package account
