package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"oped/search/query"
)

// queryTopic is the help topic "query": the manual of the language, from the table that its tests run.
func queryTopic() *cobra.Command {
	return &cobra.Command{Use: "query", Short: "how to write a query", Long: queryManual()}
}

func queryManual() string {
	var b strings.Builder
	b.WriteString("What can be typed into the search box, and after 'oped search' in single quotes.\n")
	for _, section := range query.Manual() {
		fmt.Fprintf(&b, "\n%s\n", strings.ToUpper(section.Title))
		if section.Text != "" {
			fmt.Fprintf(&b, "%s\n", section.Text)
		}
		for _, e := range section.Examples {
			fmt.Fprintf(&b, "  %s\n      %s\n", e.Query, e.Finds)
		}
	}
	return strings.TrimRight(b.String(), "\n")
}
