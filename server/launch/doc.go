// Package launch is how something goes live: in which stages, what stops it, who watches, how it is undone, and the
// days on which nothing should launch.
//
// A launch is a checklist that has a day; its plan stands beside it and is the one truth of the stages. What the plan
// says can be put into the checklist as answers, through the checklist's own door, and is understood there.
package launch
