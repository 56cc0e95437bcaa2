package schema

// ends reports whether a sentence ends between two successive words of a block.
func ends(s string, prev, next word, lang string) bool {
	return false
}
