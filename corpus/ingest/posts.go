package ingest

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// posts offers every post of what the REST API of WordPress answered: an array of posts, several of them one after the
// other, or single posts. Each is kept as it came.
func (j *job) posts(r io.Reader, name string) error {
	in, err := decodeData(bufio.NewReaderSize(r, sniffBytes), j.cfg.Encoding)
	if err != nil {
		return &SourceError{Name: name, Err: err}
	}
	objects := &objectReader{in: in}
	for {
		object, problem, err := objects.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		origin := fmt.Sprintf("%s#%d", name, objects.number)
		if err != nil {
			return j.sourceError(origin, err)
		}
		if err := j.answered(object, problem, origin); err != nil {
			return err
		}
	}
}

// answered offers, skips or refuses one object.
func (j *job) answered(object []byte, problem, origin string) error {
	switch {
	case problem != "":
		return j.refuseAt(origin, problem, "")
	case !utf8.Valid(object):
		return j.refuseAt(origin, "not UTF-8, it seems to be "+guessEncoding(object), "")
	}
	var post struct {
		Type, Status string
		Content      struct{ Protected bool }
	}
	// What is not as expected here is left for Data to say.
	if err := json.Unmarshal(object, &post); err == nil {
		if reason := notPost(post.Type, post.Status, post.Content.Protected); reason != "" {
			return j.skip(reason)
		}
	}
	p := j.dataPage(origin, object)
	setSource(p, sourcePosts)
	return j.offer(p, Data)
}
