// Package search finds what a person may see: cards by everything that is written on them, boards, teams and people
// by name. The words of the cards are kept by the database in the transaction of each change (migration 0011);
// rights are part of the question, never a sieve behind its limit. ADR 0010.
package search
