package web

import "oped/search"

// pager leads through the results: by page number as far as offsets go, then from page to page by cursor to the last hit.
type pager struct {
	First, Last, Total int // numbers of the hits shown
	Previous, Next     string
	Pages              []pageLink
}

// pageLink is a page to jump to. The zero pageLink stands for a gap.
type pageLink struct {
	Number  int
	URL     string
	Current bool
}

func pagerOf(req search.Request, res *search.Results) pager {
	p := pager{Total: res.Groups}
	if len(res.Hits) > 0 {
		p.First, p.Last = req.Offset+1, req.Offset+len(res.Hits)
	}
	limit := limitOf(req)
	current := req.Offset/limit + 1
	reachable := min((res.Groups+limit-1)/limit, lastOffsetPage(limit))
	p.Next = nextPage(req, res)
	p.Previous = previousPage(req)
	for _, n := range pageNumbers(current, reachable) {
		link := pageLink{Number: n, Current: n == current}
		if n > 0 {
			link.URL = searchURL(atPage(req, n))
		}
		p.Pages = append(p.Pages, link)
	}
	return p
}

// lastOffsetPage is the last page that an offset reaches.
func lastOffsetPage(limit int) int { return search.MaxOffset/limit + 1 }

func atPage(req search.Request, n int) search.Request {
	req = firstPage(req)
	req.Offset = (n - 1) * limitOf(req)
	return req
}

// nextPage is the address of the following page, "" on the last one.
func nextPage(req search.Request, res *search.Results) string {
	next, ok := following(req, res)
	if !ok {
		return ""
	}
	return searchURL(next)
}

// following is the request for the page after this one.
func following(req search.Request, res *search.Results) (search.Request, bool) {
	end := req.Offset + len(res.Hits)
	n := req.Offset/limitOf(req) + 2
	switch {
	case len(res.Hits) == 0 || end >= res.Groups:
		return req, false
	case req.Cursor == "" && n <= lastOffsetPage(limitOf(req)):
		return atPage(req, n), true
	case res.NextCursor == "":
		return req, false
	}
	req.Offset += limitOf(req)
	req.Cursor = res.NextCursor
	return req, true
}

// previousPage is the address of the page before, "" on the first one and where only the browser's history knows it.
func previousPage(req search.Request) string {
	n := req.Offset / limitOf(req) // the page before, counted from 1
	if n < 1 || n > lastOffsetPage(limitOf(req)) {
		return ""
	}
	return searchURL(atPage(req, n))
}

// pageNumbers chooses the pages to link: the first, those about the current one, the last; 0 marks a gap.
func pageNumbers(current, last int) []int {
	if last <= 1 && current <= 1 {
		return nil
	}
	const around = 2
	var numbers []int
	for n := 1; n <= last; n++ {
		switch {
		case n == 1 || n == last || (n >= current-around && n <= current+around):
			numbers = append(numbers, n)
		case numbers[len(numbers)-1] != 0:
			numbers = append(numbers, 0)
		}
	}
	if current > last {
		numbers = append(numbers, 0)
	}
	return numbers
}
