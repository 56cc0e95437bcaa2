// Package web serves an archive to people and programs: pages that need no script, a JSON API, feeds of any search, exports
// of whole result sets, and citations. It sees the searcher and the archive only through the two small interfaces that it
// declares here, and knows neither the index nor the database behind them.
//
// Every address carries its whole state. One function, ParseRequest, reads a search.Request out of an address for pages,
// API, feeds and exports alike, and one, Encode, writes it back for every link; so no path can lose a filter.
//
// Nothing that was scraped can run: texts and spans go through html/template or an encoder, only templates write markup,
// there is no inline script or style, and one middleware sets a strict content policy on every answer. What people search
// for is never logged.
package web
