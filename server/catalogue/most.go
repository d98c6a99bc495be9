package catalogue

import "trestle/server/store"

// Most is how critical the most critical service of each team is: 1 experimental, 2 standard, 3 critical. A team
// without services is not in it.
func Most(q *store.Query) (map[string]int, error) {
	out := map[string]int{}
	err := q.Each(func(scan func(...any) error) error {
		var id string
		var most int
		err := scan(&id, &most)
		out[id] = most
		return err
	}, `SELECT team_id, MAX(CASE criticality WHEN 'critical' THEN 3 WHEN 'standard' THEN 2 ELSE 1 END) FROM services WHERE archived_at IS NULL GROUP BY team_id`)
	return out, err
}
