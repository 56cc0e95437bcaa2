package corpus

import (
	"cmp"
	"errors"
	"slices"

	"oped/corpus/similar"
)

// join makes one group of an article, its copies and all the copies of these.
func (tx *Tx) join(row *articleRow, copies []copied) error {
	if len(copies) == 0 {
		return nil
	}
	target, most := int64(0), 0
	for _, c := range copies {
		n := 1
		if c.group != 0 && len(copies) > 1 {
			if err := tx.queryRow(sqlCountCopies, []any{c.group}, &n); err != nil {
				return err
			}
		}
		if c.group != 0 && (n > most || n == most && c.group < target) {
			target, most = c.group, n
		}
	}
	if target == 0 {
		target = int64(row.seq)
	}
	for _, c := range copies {
		if err := tx.moveGroup(c, target); err != nil {
			return err
		}
	}
	row.copies = target
	_, err := tx.exec(sqlSetCopies, row.copies, row.key)
	return err
}

// moveGroup brings an article and all its copies into a group.
func (tx *Tx) moveGroup(c copied, target int64) error {
	switch c.group {
	case target:
		return nil
	case 0:
		return tx.setGroup(c.key, target)
	}
	members, err := tx.copied(sqlMembers, c.group, -1)
	for i := 0; err == nil && i < len(members); i++ {
		err = tx.setGroup(members[i].key, target)
	}
	return err
}

// setGroup gives an article that is not being put another group, which is a change.
func (tx *Tx) setGroup(key, group int64) error {
	seq, err := tx.nextSeq()
	if err != nil {
		return err
	}
	_, err = tx.exec(sqlChangeCopies, group, seq, key)
	return err
}

// forget takes an article out of its group, and its text out of what others are compared with.
func (tx *Tx) forget(row *articleRow) error {
	var data []byte
	switch err := tx.queryRow(sqlSketch, []any{row.key}, &data); {
	case errors.Is(err, ErrNotFound):
		_, err := tx.exec(sqlCompared, row.key)
		return err
	case err != nil:
		return err
	}
	sketch := similar.ReadSketch(data)
	for _, key := range sketch.Keys() {
		if _, err := tx.exec(sqlDeleteSketchKey, key, row.key); err != nil {
			return err
		}
	}
	if _, err := tx.exec(sqlDeleteSketch, row.key); err != nil || row.copies == 0 {
		return err
	}
	group := row.copies
	row.copies = 0
	if _, err := tx.exec(sqlSetCopies, 0, row.key); err != nil {
		return err
	}
	return tx.regroup(group)
}

// regroup divides a group that has lost a member into those whose members are still copies of one another. The largest
// keeps its number.
func (tx *Tx) regroup(group int64) error {
	members, err := tx.copied(sqlMembers, group, maxRegrouped+1)
	if err != nil || len(members) > maxRegrouped {
		return err
	}
	for i := range members {
		if members[i].text, err = tx.storedText(&members[i]); err != nil {
			return err
		}
	}
	parts := partition(members)
	for i, part := range parts {
		switch {
		case len(part) == 1:
			err = tx.setGroup(part[0].key, 0)
		case i > 0:
			err = tx.found(part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// found makes a new group of articles.
func (tx *Tx) found(members []copied) error {
	number, err := tx.nextSeq()
	for i := 0; err == nil && i < len(members); i++ {
		err = tx.setGroup(members[i].key, int64(number))
	}
	return err
}

// partition divides articles into those that are copies of one another, directly or over others. The largest part comes
// first, then the one of the oldest article.
func partition(members []copied) [][]copied {
	var parts [][]copied
	for len(members) > 0 {
		part := []copied{members[0]}
		members = members[1:]
		for i := 0; i < len(part); i++ {
			var rest []copied
			for _, m := range members {
				if _, enough := part[i].sketch.Shared(&m.sketch); enough && part[i].copyOf(&m) {
					part = append(part, m)
				} else {
					rest = append(rest, m)
				}
			}
			members = rest
		}
		parts = append(parts, part)
	}
	slices.SortStableFunc(parts, func(x, y []copied) int { return cmp.Compare(len(y), len(x)) })
	return parts
}

func (c *copied) copyOf(o *copied) bool {
	return c.text != nil && o.text != nil && c.text.CopyOf(o.text)
}
