package diff

import "slices"

// maxIsland is how many equal words between two changes are made part of them.
const maxIsland = 2

// tidy makes a list of edits fit to be read: of each stretch of changes first what was taken out, then what was put in, and
// no island of a word or two between changes that are longer than it, unless a block ends there.
func tidy(list []edit, newer []word) []edit {
	var out []edit
	for i := 0; i < len(list); {
		if list[i].op == Equal {
			out = append(out, list[i])
			i++
			continue
		}
		first, deleted, inserted := list[i], 0, 0
		for ; i < len(list); i++ {
			e := list[i]
			if e.op == Equal {
				if e.n > maxIsland || min(deleted+inserted, changesFrom(list[i+1:])) <= 2*e.n || slices.ContainsFunc(newer[e.new:e.new+e.n], word.ends) {
					break
				}
				deleted += e.n
				inserted += e.n
			} else if e.op == Delete {
				deleted += e.n
			} else {
				inserted += e.n
			}
		}
		if deleted > 0 {
			out = append(out, edit{Delete, first.old, first.new, deleted})
		}
		if inserted > 0 {
			out = append(out, edit{Insert, first.old + deleted, first.new, inserted})
		}
	}
	return out
}

// changesFrom counts what is taken out and put in before the next equal run.
func changesFrom(list []edit) int {
	n := 0
	for _, e := range list {
		if e.op == Equal {
			break
		}
		n += e.n
	}
	return n
}
