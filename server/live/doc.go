// Package live brings the record to those who watch: one websocket per browser tab or program, topics
// multiplexed over it, every topic's events in order, without a gap and without a repeat.
//
// # Connecting
//
// GET /api/v1/live, authenticated by one of three, never by anything in the address:
//
//   - the session cookie: then an Origin header must name one of our own addresses exactly;
//   - Authorization: Bearer …: for programs; a missing Origin is accepted, a foreign one is not;
//   - nothing: then the first frame, within five seconds, is {"op":"ticket","ticket":"…"} with a single-use
//     ticket from POST /api/v1/live/ticket; the same rule for Origin.
//
// # Frames
//
// Text frames, one JSON object each, at most 64 KiB from the client.
//
//	→ {"op":"subscribe","topic":"board:B","since":480}   since absent: from now on
//	← {"op":"subscribed","topic":"board:B","seq":482}    then the events 481, 482, …
//	← {"op":"event","topic":"board:B","seq":481,"type":"card.moved","at":"…","actorId":"…","commandId":"…","data":{…}}
//	← {"op":"reset","topic":"board:B","seq":9000}        more than 5,000 behind, or since is from another past: the
//	                                                     subscription has ended; fetch anew, subscribe from there
//	→ {"op":"unsubscribe","topic":"board:B"}
//	→ {"op":"presence","topic":"board:B","at":{"cardId":"…","editing":true}}
//	← {"op":"presence","topic":"board:B","people":[{personId,name,hue,discipline,connections,at?}],"total":3}
//	→ {"op":"ping"}                                      ← {"op":"pong"}
//	← {"op":"error","topic":"board:B","code":"not_found"}
//
// Subscribing again to a topic moves the cursor: what follows the new "subscribed" begins after its since.
// "me" is the topic of the person who is connected. Error codes: bad_request, unknown_op, not_found,
// not_subscribed, too_many_topics, access_revoked, unavailable.
//
// Close codes: 1001 the server stops, come back and resume; 1008 policy; 1009 frame too big; 1013 try again
// later; 4401 the session has ended; 4403 access to the only topic was revoked; 4408 too slow, come back and
// resume; 4429 too many messages or too many sockets.
//
// # How
//
// A topic with listeners has one tailer per node. It is fed by the bus; when news carries no events or is not
// contiguous it reads the record, and a poll finds what the bus lost. Each event is encoded once, into a ring
// of the last 256. A socket holds no queue of events of its own: its writer follows the ring with a cursor per
// topic, so a slow reader costs nothing and can never make a gap. One that is blocked in the kernel while the
// ring runs away from it is closed with 4408 and resumes later from the record.
//
// # Revocation
//
// Events carry their topic's acl_epoch into the ring. A socket whose subscription was checked at an older epoch
// is given nothing until Access has been asked again; news on a person's own topic stops all of that person's
// sockets until their session has been found valid. So nothing that was committed after a revocation is
// delivered, whether the bus is up or down.
//
// Presence lives in memory only, per node, and is never part of the record.
package live
