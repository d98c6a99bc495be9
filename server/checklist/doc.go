// Package checklist is the liaison checklists: what operations and security have to understand of a feature, a service
// or a launch before it goes live, as items of a versioned template.
//
// An answer names who explained it and who understood it: two people of different disciplines, whoever typed. A running
// checklist keeps its template's version. What services answer once is inherited by their features, which only say of
// each that it is still true. What blocks is computed (state.go), never stored, because it depends on the day.
package checklist
