package web

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser drives a headless Chromium over a site.
type browser struct {
	t    *testing.T
	ctx  context.Context
	base string

	mu       sync.Mutex
	messages []string
}

// openBrowser starts Chromium on a fresh profile, or skips the test where there is none.
func openBrowser(t *testing.T, lib *library) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("no browser in short mode")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium found: install one to run the browser tests")
	}
	server := httptest.NewServer(newSite(t, lib).handler)
	t.Cleanup(server.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()),
		// A page kept for going back does not load again, which is what the driver waits for.
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,BackForwardCache"))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	b := &browser{t: t, ctx: ctx, base: server.URL}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Skipf("Chromium does not start here: %v", err)
	}
	limited, cancel := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	b.ctx = limited
	b.listen()
	return b
}

// listen keeps what the page complains about: script errors, refused content, failed requests.
func (b *browser) listen() {
	messages := chromedp.Console(b.ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			b.mu.Lock()
			b.messages = append(b.messages, m.String())
			b.mu.Unlock()
		}
	}()
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// follow runs steps that lead to another page, and waits for it.
func (b *browser) follow(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// back goes back in the history as often as the button would be pressed, to another page.
func (b *browser) back(times int) {
	b.t.Helper()
	history, err := chromedp.Run(b.ctx, chromedp.NavigationEntries())
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.NavigateToHistoryEntry(history.Entries[int(history.CurrentIndex)-times].ID))
}

func (b *browser) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.base + path))
}

func (b *browser) text(selector string) string {
	b.t.Helper()
	got, err := chromedp.Run(b.ctx, chromedp.TextContent(chromedp.CSS(selector)))
	if err != nil {
		b.t.Fatalf("text of %s: %v", selector, err)
	}
	return strings.Join(strings.Fields(got), " ")
}

func evaluate[T any](b *browser, script string) T {
	b.t.Helper()
	got, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
	return got
}

// quiet fails the test if a page complained.
func (b *browser) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.messages {
		b.t.Errorf("the browser says: %s", m)
	}
}

func (b *browser) scripts(on bool) {
	b.t.Helper()
	params := emulation.SetScriptExecutionDisabledParams{Value: !on}
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, params); err != nil {
		b.t.Fatal(err)
	}
}

// TestBrowserSearchFacetArticleBack goes the way of every reader, with and without scripts.
func TestBrowserSearchFacetArticleBack(t *testing.T) {
	b := openBrowser(t, newLibrary(137))
	for _, scripts := range []bool{true, false} {
		b.scripts(scripts)
		b.open("/")
		b.follow(chromedp.SendKeys(chromedp.CSS("#q"), "harbour\r"))
		if got := b.text("h1"); got != "137 articles" {
			t.Fatalf("scripts %t: searched, h1 = %q", scripts, got)
		}
		want := b.text(".facet .values li .n") + " articles"
		b.follow(chromedp.Click(chromedp.CSS(".facet .values li a.value")))
		if got := b.text("h1"); got != want {
			t.Errorf("scripts %t: the facet says %q, the click gives %q", scripts, want, got)
		}
		results, err := chromedp.Run(b.ctx, chromedp.Location())
		if err != nil {
			t.Fatal(err)
		}
		headline := b.text(".hit h2")
		b.follow(chromedp.Click(chromedp.CSS(".hit h2 a")))
		if got := b.text("h1"); !strings.HasPrefix(got, headline) {
			t.Errorf("scripts %t: opened %q, want %q", scripts, got, headline)
		}
		b.do(chromedp.Click(chromedp.CSS(".matches a")), chromedp.WaitVisible(chromedp.CSS("#m1 + .step")))
		b.do(chromedp.Click(chromedp.CSS("#m1 + .step a:last-child")), chromedp.WaitVisible(chromedp.CSS("#m2 + .step")))
		b.back(3)
		if got, err := chromedp.Run(b.ctx, chromedp.Location()); err != nil || got != results {
			t.Errorf("scripts %t: back leads to %q, %v, want %q", scripts, got, err, results)
		}
	}
	b.quiet()
}

// TestBrowserKeys presses the keys, in and out of the search box.
func TestBrowserKeys(t *testing.T) {
	lib := newLibrary(20)
	b := openBrowser(t, lib)
	focused := `document.activeElement.id || document.activeElement.closest(".hit")?.id || ""`
	b.open("/search?q=harbour")
	for _, tt := range []struct{ keys, want string }{
		{"j", "hit-1"}, {"j", "hit-2"}, {"k", "hit-1"}, {"/", "q"}, {"jjn?", "q"},
	} {
		b.do(chromedp.KeyEvent(tt.keys))
		if got := evaluate[string](b, focused); got != tt.want {
			t.Errorf("after %q the focus is on %q, want %q", tt.keys, got, tt.want)
		}
	}
	if got := evaluate[string](b, `document.getElementById("q").value`); !strings.HasSuffix(got, "jjn?") {
		t.Errorf("typed jjn? into the box, it holds %q", got)
	}
	b.open(permalink(lib.articles[0].ID) + "?q=harbour")
	for _, tt := range []struct{ key, want string }{{"n", "#m1"}, {"n", "#m2"}, {"p", "#m1"}} {
		b.do(chromedp.KeyEvent(tt.key))
		if got := evaluate[string](b, "location.hash"); got != tt.want {
			t.Errorf("after %q at %q, want %q", tt.key, got, tt.want)
		}
	}
	b.do(chromedp.KeyEvent("?"), chromedp.WaitVisible(chromedp.CSS("dialog#keys")))
	b.do(chromedp.Click(chromedp.CSS("#keys-on")), chromedp.Click(chromedp.CSS("dialog#keys button")))
	b.do(chromedp.KeyEvent("n"))
	if got := evaluate[string](b, "location.hash"); got != "#m1" {
		t.Errorf("switched off, n still leads to %q", got)
	}
	b.quiet()
}

// TestBrowserSuggestsNames types the beginning of a name after another word and takes what is offered, by the keyboard.
func TestBrowserSuggestsNames(t *testing.T) {
	b := openBrowser(t, newLibrary(30))
	b.open("/")
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), "tax ama"), chromedp.WaitVisible(chromedp.CSS("#suggestions li")))
	if got := b.text("#suggestions"); got != `author:"Amara Okafor" 6 articles` {
		t.Errorf("offered: %q", got)
	}
	b.do(chromedp.KeyEvent(kb.ArrowDown))
	if got := evaluate[string](b, `document.getElementById(document.getElementById("q").getAttribute("aria-activedescendant")).ariaSelected`); got != "true" {
		t.Errorf("the first option is selected: %q", got)
	}
	b.do(chromedp.KeyEvent(kb.Enter))
	if got := evaluate[string](b, `document.getElementById("q").value`); got != `tax author:"Amara Okafor" ` {
		t.Errorf("the box holds %q", got)
	}
	b.follow(chromedp.SendKeys(chromedp.CSS("#q"), "\r"))
	if got := b.text("h1"); !strings.HasSuffix(got, "articles") {
		t.Errorf("searched, h1 = %q", got)
	}
	b.quiet()
}

// TestBrowserCopiesQuotes selects a sentence and takes what the button copies.
func TestBrowserCopiesQuotes(t *testing.T) {
	lib := newLibrary(3)
	b := openBrowser(t, lib)
	b.open(permalink(lib.articles[0].ID) + "?q=harbour")
	if !evaluate[bool](b, `document.getElementById("quoting").hidden`) {
		t.Error("the button shows though nothing is selected")
	}
	evaluate[bool](b, `(() => {
		navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); };
		getSelection().selectAllChildren(document.getElementById("b3"));
		return true;
	})()`)
	b.do(chromedp.WaitVisible(chromedp.CSS("#quoting button")), chromedp.Click(chromedp.CSS("#quoting button")))
	want := "“A tax that nobody can read is not a tax but a toll on patience.”\n" +
		"Jane Doe, “The harbour tax, again: part 1”, The Harbour Gazette, 1 January 2005, https://paper0.example/opinion/0\n" +
		"http://" + strings.TrimPrefix(b.base, "http://") + permalink(lib.articles[0].ID) + "#b3:~:text=A%20tax%20that%20nobody%20can,but%20a%20toll%20on%20patience."
	if got := evaluate[string](b, "window.copied || ''"); got != want {
		t.Errorf("copied:\n%s\nwant:\n%s", got, want)
	}
	if got := b.text("#quoting [role=status]"); got != "Copied" {
		t.Errorf("the page says %q", got)
	}
	b.quiet()
}

// TestBrowserTicksOverPages ticks by key and by mouse on two pages, and goes back.
func TestBrowserTicksOverPages(t *testing.T) {
	b := openBrowser(t, newLibrary(30))
	said := `document.querySelector("#selection [role=status]").textContent`
	sent := `new URLSearchParams(new FormData(document.getElementById("selection"))).getAll("id").length`
	b.open("/search?q=harbour")
	b.do(chromedp.KeyEvent("j"), chromedp.KeyEvent("x"), chromedp.KeyEvent("j"), chromedp.KeyEvent("x"), chromedp.KeyEvent("x"))
	if got := evaluate[string](b, said); got != "1 so far" {
		t.Errorf("ticked one by key, the page says %q", got)
	}
	b.open("/search?q=harbour&page=2")
	b.do(chromedp.Click(chromedp.CSS("#hit-12 .pick")))
	if got := evaluate[string](b, said); got != "2 so far, 1 on other pages" {
		t.Errorf("ticked one more, the page says %q", got)
	}
	if got := evaluate[int](b, sent); got != 2 {
		t.Errorf("%d articles would be kept, want 2", got)
	}
	b.back(1)
	if got := evaluate[string](b, `[...document.querySelectorAll(".pick :checked")].map(e => e.closest(".hit").id).join()`); got != "hit-1" {
		t.Errorf("back on the first page, ticked are %q", got)
	}
	b.do(chromedp.Click(chromedp.CSS("#selection .none")))
	if got := evaluate[int](b, sent); got != 0 {
		t.Errorf("%d articles are left after all were unticked", got)
	}
	b.quiet()
}

// TestBrowserFitsSmallScreens looks for sideways scroll at 320 pixels, with long words in every place.
func TestBrowserFitsSmallScreens(t *testing.T) {
	lib := newLibrary(137)
	long := strings.Repeat("Donaudampfschifffahrtsgesellschaft", 4)
	for _, a := range lib.articles[:20] {
		a.Headline, a.Publication, a.Section, a.Standfirst = long, long, long, long
		a.Authors, a.Body[0].Text, a.AuthorNote = append(a.Authors, a.Authors...), long, long
	}
	b := openBrowser(t, lib)
	b.do(chromedp.EmulateViewport(320, 640))
	id := string(lib.articles[0].ID)
	for _, address := range []string{
		"/", "/search", "/search?q=harbour&pub=" + long + "&within=" + long, "/search?q=" + long, "/search?q=harbour&page=3",
		"/lines?q=" + long, "/lines?q=harbour", "/trend?q=" + long + "&q=harbour", "/search?q=harbour&snippets=no",
		"/article/" + id, "/article/" + id + "?q=d#m2", "/advanced", "/help", "/facet/publication", "/author/jane-doe", "/nope",
	} {
		b.open(address)
		if got := evaluate[int](b, "document.documentElement.scrollWidth"); got > 320 {
			wide := evaluate[string](b, `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > 321).map(e => e.tagName + "." + e.className).slice(0, 5).join(" ")`)
			t.Errorf("%s is %d pixels wide: %s", address, got, wide)
		}
	}
	b.mu.Lock()
	b.messages = nil // the missing page is reported as a failed request
	b.mu.Unlock()
}

// TestBrowserContrast computes the contrast of what is seen, light and dark: 4.5 for text, after WCAG 2.2 AA.
func TestBrowserContrast(t *testing.T) {
	lib := newLibrary(40)
	b := openBrowser(t, lib)
	for _, scheme := range []string{"light", "dark"} {
		params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, params); err != nil {
			t.Fatal(err)
		}
		for _, address := range []string{"/", "/search?q=harbour&type=op-ed&-pub=Northern+Courier", "/article/" + string(lib.articles[0].ID) + "?q=harbour#m1", "/lines?q=harbour", "/trend?q=harbour&q=tax", "/advanced", "/help"} {
			b.open(address)
			if got := evaluate[string](b, contrastScript); got != "" {
				t.Errorf("%s in %s: %s", address, scheme, got)
			}
		}
	}
	b.quiet()
}

var contrastScript = fmt.Sprintf(`(() => {
  const parse = c => (c.match(/[\d.]+/g) || []).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest(".vh,.skip,svg,script")) continue;
    const [a, b] = [luminance(parse(getComputedStyle(e).color)), luminance(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < %g) poor.add(e.tagName + "." + e.className + " " + ratio.toFixed(2));
  }
  return [...poor].join(", ");
})()`, 4.5)
