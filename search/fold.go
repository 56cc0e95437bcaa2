package search

import (
	"cmp"
	"context"
	"slices"

	"oped/corpus"
	"oped/indexer/schema"
)

// MaxOthers bounds the copies that are listed with a hit. There may be hundreds; the article's own page tells of all.
const MaxOthers = 10

// folder makes one hit of the matching documents of a group of copies. They are set aside while documents are collected,
// and only the first of each group, in the order of the search, is offered to the best ones at the end. So a cursor walks
// over hits alone, and documents without a group cost nothing. The methods that read work on a nil folder.
type folder struct {
	first []found  // by group, the member that comes first; good where count is not 0
	count []uint32 // by group, the members met
	met   []member
	// groups is the number of groups met.
	groups int
}

// member is a matching document of a group.
type member struct {
	group   uint32
	segment uint32
	doc     uint32
}

// add sets a member of a group aside.
func (f *folder) add(group uint32, x found) {
	f.grow(int(group) + 1)
	if f.count[group] == 0 {
		f.groups++
	}
	if f.count[group] == 0 || x.compare(&f.first[group]) < 0 {
		f.first[group] = x
	}
	f.count[group]++
	f.met = append(f.met, member{group, uint32(x.segment), x.doc})
}

// merge takes over what another folder of the same search has.
func (f *folder) merge(o *folder) {
	f.grow(len(o.first))
	for group, count := range o.count {
		switch {
		case count == 0:
			continue
		case f.count[group] == 0:
			f.groups++
			f.first[group] = o.first[group]
		case o.first[group].compare(&f.first[group]) < 0:
			f.first[group] = o.first[group]
		}
		f.count[group] += count
	}
	f.met = append(f.met, o.met...)
}

// grow makes room for so many groups.
func (f *folder) grow(groups int) {
	if n := groups - len(f.first); n > 0 {
		f.first = append(f.first, make([]found, n)...)
		f.count = append(f.count, make([]uint32, n)...)
	}
}

// offer gives the first members of all groups to the best documents.
func (f *folder) offer(b *best) {
	if f == nil {
		return
	}
	for group, count := range f.count {
		if count > 0 {
			b.offer(f.first[group])
		}
	}
}

// folded is the number of documents that are no hits because another one of their group is.
func (f *folder) folded() int {
	if f == nil {
		return 0
	}
	return len(f.met) - f.groups
}

// others are the members met of the groups of some hits, by hit and without the hits themselves, the earliest first.
func (f *folder) others(hits []found, segments []*segmentView) [][]member {
	if f == nil || len(f.met) == f.groups {
		return nil
	}
	hitOf := map[uint32]int{} // by group
	for i := range hits {
		if groups := segments[hits[i].segment].columns.groups; groups != nil && f.count[groups[hits[i].doc]] > 1 {
			hitOf[groups[hits[i].doc]] = i
		}
	}
	if len(hitOf) == 0 {
		return nil
	}
	out := make([][]member, len(hits))
	for _, m := range f.met {
		if i, ok := hitOf[m.group]; ok && (int(m.segment) != hits[i].segment || m.doc != hits[i].doc) {
			out[i] = append(out[i], m)
		}
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b member) int { return a.compare(b, segments) })
	}
	return out
}

// compare orders members by date, the undated last, then by identifier.
func (m member) compare(o member, segments []*segmentView) int {
	a, b := segments[m.segment].columns, segments[o.segment].columns
	day, other := a.days[m.doc], b.days[o.doc]
	if day != other && (day == 0 || other == 0) {
		return cmp.Compare(other, day)
	}
	return cmp.Or(cmp.Compare(day, other), slices.Compare(a.ids[m.doc][:], b.ids[o.doc][:]))
}

// fillCopies tells, with each hit, of the articles that were folded into it.
func (s *Searcher) fillCopies(ctx context.Context, q *search, res *Results) error {
	for i, list := range q.top.fold.others(q.hits, q.snapshot.segments) {
		res.Hits[i].Copies = len(list)
		var ids []corpus.VersionID
		for _, m := range list[:min(len(list), MaxOthers)] {
			ids = append(ids, q.snapshot.segments[m.segment].columns.article(m.doc))
		}
		if len(ids) == 0 {
			continue
		}
		others, err := s.articles(ctx, ids)
		if err != nil {
			return err
		}
		for _, a := range others {
			named := *a
			named.Body = nil
			res.Hits[i].Others = append(res.Hits[i].Others, &named)
		}
	}
	return nil
}

// loadGroups reads which group of copies each document is in. Groups are numbered from 1 in the order they are met, so
// that a folder can count by number.
func (c *columns) loadGroups(s *segmentView, o *ordinals, docs int) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return eachValue(s, schema.FieldGroup, func(value string) (func(uint32), error) {
		if c.groups == nil {
			c.groups, c.grouped = make([]uint32, docs), newDocSet(docs)
		}
		n, ok := o.groups[value]
		if !ok {
			n = uint32(len(o.groups) + 1)
			o.groups[value] = n
		}
		return func(doc uint32) {
			c.groups[doc] = n
			c.grouped.set(doc)
		}, nil
	})
}
