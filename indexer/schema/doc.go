// Package schema is the one thing that writer and reader of an index share: which fields an index has, how text becomes
// terms, and the version of both. A change of meaning here is a new Version, and a new Version is a new generation.
package schema
