// Package sample holds seven fictional newspapers and some hundred and twenty pieces of opinion journalism printed
// in them, and serves them over HTTP as if each were a web site of its own. They are the demonstration archive and
// the test bed of everything that crawls, extracts, indexes and searches: no network is needed, and what must come
// out of every page is known (Expected).
//
// Everything in them is invented: papers, writers, towns and quotations. The pages differ as real ones do: a
// WordPress block theme, JSON-LD in a @graph, microdata, bare tables from the 1990s, a paper with a declared paywall,
// a French one, and a Russian one in windows-1251. Around the articles stand what stands around articles
// elsewhere: menus, lists of the most read, newsletter boxes, cookie walls, a page that says "Access denied", redirects, print
// and AMP variants.
//
// # The source format
//
// One piece is one UTF-8 file papers/<paper>/<slug>.txt. The file's name is the slug: lower-case ASCII letters,
// digits and hyphens. It starts with front matter, one "key: value" a line, and after the first empty line comes the body.
//
//	headline: The island nobody will swim to
//	date: 2018-05-01 06:30
//	author: Jane Doe
//	section: Opinion
//	type: op-ed
//
//	First paragraph. Lines may be broken anywhere;
//	they are joined by a space.
//
//	## A heading
//
//	> A quotation set apart, one block.
//
//	- one list entry a block
//
// The keys, each at most once unless told otherwise:
//
//	headline     required
//	date         required: 2006-01-02, or 2006-01-02 15:04 on the paper's own clock
//	section      required: one of the paper's sections (papers.go lists them)
//	type         required: op-ed, column, editorial, letter, interview, analysis or review
//	author       name only, no "By", no honorific; one line for each author. An editorial has none.
//	note         the paper's sentence about its writer
//	standfirst   the sentence under the headline
//	kicker       a few words over the headline
//	modified     as date; when it was changed after publication
//	tags         comma-separated
//	correction   a correction or editor's note as printed, label and all ("Correction: ..."); may be repeated
//	pull         a sentence repeated in a box in mid-body; never part of the body
//	photo        a caption; puts a picture and this caption among the first paragraphs; never part of the body
//	comment      "Name: text", a reader's comment under the piece; may be repeated
//	copy         paper/slug: the body is that piece's body, for syndicated copies; the file then has no body
//	cut          with copy: keep only so many blocks
//	access       in a paper with a paywall, "free" for a piece that is shown whole
//
// A paper prints only what its kind of page can show; the others' keys are accepted and ignored (Paper's Shows).
// The old post knows only paragraphs and quotations; a copy loses its headings there.
//
// In the body, blocks are separated by empty lines. Inside a block *words* are emphasised, and [words](paper/slug)
// links to another piece, in the same paper or another; [words](#) links to the paper's own home page. A line
// holding only %%% is the paywall's edge: what follows is not served by a paper with a paywall (others ignore the line).
// There is no escape: an asterisk or a bracket cannot otherwise stand in a body.
//
// # Golden files
//
// testdata/golden/<paper>/<slug>.json holds what must be extracted from each piece, written from the
// sources by "go test ./corpus/sample -update".
package sample
