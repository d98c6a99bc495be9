// Package seed tells a story: eight weeks of a small online shop, so that a new installation has something
// true to show. Everything in it happens through the same services that people call, with the clock set to
// when it happened, so no line of it can break a rule that holds for people.
//
// The cast: three service teams (Checkout, Payments, Search) and one platform team. Ana, Goro, Fay, Omar,
// Yuki, Vera and Wes develop; Bo, Chidi, Eli, Kai and Mara operate; Dara and Rui look after security; Hana and
// Lena after the product; Sam tests. Bo is the operations liaison of all three service teams. Ivo and Petra
// manage. Mara and Noor administer. Sam and Tess are guests. Every page, test and picture uses the same people.
package seed
