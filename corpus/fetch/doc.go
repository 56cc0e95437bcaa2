// Package fetch gets one document from the web, politely and within bounds.
//
// Manners: robots.txt is read and obeyed as RFC 9309 says and a refusal names the rule and its line; Crawl-delay is
// honoured; a host gets one request at a time with a pause between two; a host that answers 429 or 503 is left alone
// for as long as it asks. Every request carries one honest User-Agent with a contact.
//
// Bounds: every address is checked when it is dialled, after DNS, so neither a redirect nor a name that changes its
// address reaches the private network; bodies are bounded in bytes after decompression, answers in time, headers in
// bytes, redirects in number; what is not text is refused before its body is read.
//
// The package keeps nothing on disk, retries nothing by itself (Temporary and Backoff tell a caller what to do) and
// logs nothing. Proxy settings of the environment are ignored: behind a proxy the address check would mean nothing.
package fetch
