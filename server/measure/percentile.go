package measure

import "slices"

// FewItems: below so many finished items a percentile says too little, and only the items are shown (flow.md 3.5).
const FewItems = 10

// Sample is sorted whole numbers of days.
type Sample []int

// Sorted makes a sample of values, in place.
func Sorted(values []int) Sample {
	slices.Sort(values)
	return values
}

// Percentile by nearest rank: the smallest value such that at least p percent of the items are not above it. It is a
// value that was observed, and "p % finished in x days or less" is literally true. 0 for an empty sample.
func (s Sample) Percentile(p int) int {
	if len(s) == 0 {
		return 0
	}
	return s[max(0, (p*len(s)+99)/100-1)]
}

// Within counts the items that are not above a value.
func (s Sample) Within(value int) int {
	n, _ := slices.BinarySearch(s, value+1)
	return n
}

// Mean of the sample; 0 when it is empty.
func (s Sample) Mean() float64 {
	sum := 0
	for _, v := range s {
		sum += v
	}
	return ratio(sum, len(s))
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
