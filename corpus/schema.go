package corpus

// format numbers the layout of the database. It is kept in SQLite's user_version; upgrades brings old files forward.
const format = 2

// applicationID marks the file as ours in SQLite's header ("oped"), so that no other program's database is taken
// for an archive.
const applicationID = 0x6f706564

// upgrades[i] turns format i+1 into i+2, in the transaction that also writes the new number.
var upgrades = []string{
	// Which articles are copies was not known: all are to be compared, see Store.CompareOlder.
	`ALTER TABLE articles ADD COLUMN copies INTEGER NOT NULL DEFAULT 0;` + copiesSchema +
		`INSERT INTO uncompared SELECT key FROM articles WHERE rejected = 0 AND removed = 0;`,
}

// schema is the layout of the format, with copiesSchema. Large values stand in tables that only grow at their end, and what is looked up
// by a random key (an ID, a URL, a hash) stands in narrow indexes: inserting then stays fast in millions of articles.
//
// Times are Unix milliseconds, 0 for none.
const schema = `
CREATE TABLE articles (
	key       INTEGER PRIMARY KEY,
	id        TEXT NOT NULL UNIQUE,
	url       TEXT NOT NULL,    -- canonical, '' for none
	version   INTEGER NOT NULL, -- the newest
	seq       INTEGER NOT NULL, -- of the newest change
	content   BLOB NOT NULL,    -- digest of what counts as content, see content.go
	full      BLOB NOT NULL,    -- digest of everything that was extracted
	page_hash TEXT NOT NULL,    -- of the page behind the newest version, '' for none
	rejected  INTEGER NOT NULL, -- Quality.Rejected
	removed   INTEGER NOT NULL DEFAULT 0,
	seen      INTEGER NOT NULL, -- when it was last received
	copies    INTEGER NOT NULL DEFAULT 0 -- number of its group of copies, 0 for none
) STRICT;
CREATE UNIQUE INDEX articles_seq ON articles (seq);

CREATE TABLE versions (
	key      INTEGER PRIMARY KEY,
	article  INTEGER NOT NULL REFERENCES articles (key),
	version  INTEGER NOT NULL,
	seq      INTEGER NOT NULL,
	capture  INTEGER,           -- key in captures, NULL where no page was given; no REFERENCES, whose check would scan
	data     BLOB NOT NULL      -- Article, see codec.go
) STRICT;
CREATE UNIQUE INDEX versions_article ON versions (article, version);

-- Which article an address means: every identity (see identity) of its canonical URL and its aliases.
CREATE TABLE addresses (
	identity TEXT PRIMARY KEY,
	article  INTEGER NOT NULL REFERENCES articles (key)
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_article ON addresses (article);

-- The other addresses as they were written.
CREATE TABLE aliases (
	article INTEGER NOT NULL REFERENCES articles (key),
	url     TEXT NOT NULL,
	PRIMARY KEY (article, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE pages (
	key  INTEGER PRIMARY KEY,
	hash TEXT NOT NULL UNIQUE,
	size INTEGER NOT NULL,
	body BLOB NOT NULL          -- zstd
) STRICT;
CREATE INDEX pages_size ON pages (size); -- for sums that do not read the bodies

-- A capture is one page as received at one place. The same bytes may be received at several.
CREATE TABLE captures (
	key      INTEGER PRIMARY KEY,
	page     INTEGER NOT NULL REFERENCES pages (key),
	location TEXT NOT NULL,
	article  INTEGER REFERENCES articles (key), -- NULL where nothing was read out of it
	fetched  INTEGER NOT NULL,
	meta     TEXT NOT NULL      -- Page without its body, JSON
) STRICT;
CREATE UNIQUE INDEX captures_page ON captures (page, location);
CREATE INDEX captures_article ON captures (article);

CREATE TABLE rejections (
	key    INTEGER PRIMARY KEY,
	origin TEXT NOT NULL,
	url    TEXT NOT NULL,
	stage  TEXT NOT NULL,
	reason TEXT NOT NULL,
	at     INTEGER NOT NULL,
	UNIQUE (origin, url, stage)
) STRICT;
CREATE INDEX rejections_at ON rejections (at);

-- The frontier: what is to be fetched, and how the last fetch went.
CREATE TABLE targets (
	key           INTEGER PRIMARY KEY,
	identity      TEXT NOT NULL UNIQUE,
	url           TEXT NOT NULL,
	host          TEXT NOT NULL,
	kind          TEXT NOT NULL,
	rank          INTEGER NOT NULL, -- feeds, sitemaps and sites before pages
	publication   TEXT NOT NULL,
	last_modified INTEGER NOT NULL,
	found_in      TEXT NOT NULL,
	attempts      INTEGER NOT NULL DEFAULT 0,
	not_before    INTEGER NOT NULL DEFAULT 0,
	pending       INTEGER NOT NULL DEFAULT 1,
	fetched       INTEGER NOT NULL DEFAULT 0,
	status        INTEGER NOT NULL DEFAULT 0,
	etag          TEXT NOT NULL DEFAULT '',
	modified      TEXT NOT NULL DEFAULT '', -- the Last-Modified header as it came
	page_hash     TEXT NOT NULL DEFAULT '',
	outcome       INTEGER NOT NULL DEFAULT 0,
	reason        TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX targets_pending ON targets (host, rank, attempts, key) WHERE pending = 1;
`

// copiesSchema is what is needed to find the copies of a text; see copies.go.
const copiesSchema = `
CREATE INDEX articles_copies ON articles (copies) WHERE copies <> 0;

-- Articles whose text can be a copy.
CREATE TABLE sketches (
	article   INTEGER PRIMARY KEY REFERENCES articles (key),
	published INTEGER NOT NULL, -- undated ones last
	sketch    BLOB NOT NULL     -- similar.Sketch
) STRICT;
CREATE TABLE sketch_keys (
	key     INTEGER NOT NULL,
	article INTEGER NOT NULL REFERENCES articles (key),
	PRIMARY KEY (key, article)
) STRICT, WITHOUT ROWID;

-- Articles kept by an oped that did not look for copies.
CREATE TABLE uncompared (
	article INTEGER PRIMARY KEY REFERENCES articles (key)
) STRICT;
`
