package spelling

// maxDistanceRunes bounds the words that Distance compares: no word is longer, and its table grows with their product.
const maxDistanceRunes = 64

// Distance is how many slips make one word the other: a letter too many, one too few, a wrong one, or two neighbours the
// wrong way round. Words of more than 64 letters are compared by their first 64.
func Distance(a, b string) int {
	x, y := clip(a), clip(b)
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		before, last, row = last, row, before
		row[0] = i
		for j := 1; j <= len(y); j++ {
			wrong := 1
			if x[i-1] == y[j-1] {
				wrong = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+wrong)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(y)]
}

func clip(s string) []rune {
	runes := []rune(s)
	return runes[:min(len(runes), maxDistanceRunes)]
}
