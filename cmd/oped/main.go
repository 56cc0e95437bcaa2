// Command oped is a full-text search engine for opinion journalism: it crawls or imports articles, keeps every version
// of them, indexes them and serves a search page. `oped help` lists its commands.
package main

import (
	"context"
	"os"
)

func main() {
	ctx, release := withSignals(context.Background(), os.Exit)
	code := run(ctx, processEnv(), os.Args[1:])
	release()
	os.Exit(code)
}
