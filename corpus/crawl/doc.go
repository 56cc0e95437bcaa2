// Package crawl brings articles from the web into the Store: it reads what sites publish about themselves, fetches
// the articles named there, has them extracted and keeps them.
//
// The frontier is in the Store, so a crawl can be stopped at any moment, by a signal, a crash or a power cut, and the
// next Run goes on where it ended: an article is kept and its address finished in one transaction. What was fetched is
// fetched again only if its feed or sitemap says that it changed since.
//
// Hosts take turns, each with one request at a time; a host that is slow, broken or asks to be left alone does not
// hold up the others. Refusals by robots.txt, robots meta tags, noarchive and reservations of text and data mining
// are obeyed. Everything that did not become an article is recorded with a reason that a person understands, and a
// crawl that ends without an article says why, source by source.
package crawl
