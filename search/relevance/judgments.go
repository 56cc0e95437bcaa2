package relevance

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Topic is one judged query.
type Topic struct{ ID, Text string }

// Judgments holds, by topic and document, the grade of relevance: 0 is not relevant, higher is better. Documents that
// nobody judged are absent and count as not relevant.
type Judgments map[string]map[string]int

// maxLine bounds one line of a topics or judgments file; real ones are far shorter.
const maxLine = 1 << 20

// ReadTopics reads lines of "identifier TAB text".
func ReadTopics(r io.Reader) ([]Topic, error) {
	var topics []Topic
	err := eachLine(r, func(line string) error {
		id, text, ok := strings.Cut(line, "\t")
		if !ok || id == "" {
			return fmt.Errorf("want identifier, tab, text; got %q", line)
		}
		topics = append(topics, Topic{ID: id, Text: strings.TrimSpace(text)})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("relevance: read topics: %w", err)
	}
	return topics, nil
}

// ReadJudgments reads TREC qrels: lines of "topic iteration document grade".
func ReadJudgments(r io.Reader) (Judgments, error) {
	j := Judgments{}
	err := eachLine(r, func(line string) error {
		f := strings.Fields(line)
		if len(f) != 4 {
			return fmt.Errorf("want 4 fields, got %d in %q", len(f), line)
		}
		grade, err := strconv.Atoi(f[3])
		if err != nil {
			return fmt.Errorf("grade of %q: %w", line, err)
		}
		if j[f[0]] == nil {
			j[f[0]] = map[string]int{}
		}
		j[f[0]][f[2]] = grade
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("relevance: read judgments: %w", err)
	}
	return j, nil
}

// Topics returns, of topics, those with at least one relevant document: only they can be measured.
func (j Judgments) Topics(topics []Topic) []Topic {
	var judged []Topic
	for _, t := range topics {
		if j.relevant(t.ID) > 0 {
			judged = append(judged, t)
		}
	}
	return judged
}

// relevant counts the relevant documents of a topic.
func (j Judgments) relevant(topic string) int {
	n := 0
	for _, grade := range j[topic] {
		if grade > 0 {
			n++
		}
	}
	return n
}

// eachLine calls fn with every line that is not blank; an error is returned with the line's number.
func eachLine(r io.Reader, fn func(string) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), "\r")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if err := fn(line); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return lines.Err()
}
