package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"oped/search/load"
)

// table writes the figures for people: times in milliseconds.
func (r *benchReport) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "oped %s, %s, %d CPUs; %d articles, seed %d\n\n", r.Version, r.System, r.CPUs, r.Docs, r.Seed)
	r.buildTable(&b)
	fmt.Fprintf(&b, "\nopen: %s ms until ready to answer; searching took at most %s of memory, mapped files included\n\n", milliseconds(r.Open), size(r.PeakRSS))
	r.searchTable(&b)
	r.pageTable(&b)
	if f := r.Fresh; f != nil {
		fmt.Fprintf(&b, "\nfresh: %d articles kept in %s ms, all found and counted right %s ms later\n", f.Docs, milliseconds(f.Kept), milliseconds(f.Found))
		fmt.Fprintf(&b, "pages before: p50 %s, p99 %s ms; meanwhile (%d pages): p50 %s, p99 %s ms\n",
			milliseconds(f.Calm.P50), milliseconds(f.Calm.P99), f.MeanwhilePages, milliseconds(f.Meanwhile.P50), milliseconds(f.Meanwhile.P99))
	}
	if r.Soak != nil {
		r.Soak.write(&b)
	}
	return b.String()
}

// rightAligned makes a table of columns aligned to the right, the first one too.
func rightAligned(b *strings.Builder) *tabwriter.Writer {
	return tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
}

func (r *benchReport) buildTable(b *strings.Builder) {
	w := rightAligned(b)
	fmt.Fprintln(w, "build\tdocs/s\tdocs/CPU-s\twall s\tCPU s\tpeak RSS\tbytes/doc\t")
	for _, stage := range []struct {
		name string
		benchStage
	}{{"store", r.Store}, {"index", r.Index}} {
		fmt.Fprintf(w, "%s\t%.0f\t%.0f\t%.1f\t%.1f\t%s\t%.0f\t\n", stage.name, stage.PerSecond, stage.PerCPUSecond,
			stage.Wall.Seconds(), stage.CPU.Seconds(), size(stage.PeakRSS), stage.BytesEach)
	}
	_ = w.Flush() // a Builder takes everything
}

// searchTable writes a line for each class: the first time, then warm with one and with more searches at once. CPU and
// allocations are those of a warm page where one search is made at a time, as far as that was measured.
func (r *benchReport) searchTable(b *strings.Builder) {
	if len(r.Classes) == 0 {
		return
	}
	w := rightAligned(b)
	fmt.Fprint(w, "ms a page\thits\tcold p50\tp95\tp99\t")
	heads(w, "warm", r.Classes[0].Warm)
	fmt.Fprintln(w, "CPU\tallocs\tKiB\t")
	for _, c := range r.Classes {
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t", c.Name, c.Hits, milliseconds(c.Cold.P50), milliseconds(c.Cold.P95), milliseconds(c.Cold.P99))
		cells(w, c.Warm)
		first := c.Warm[0]
		fmt.Fprintf(w, "%s\t%.0f\t%.0f\t%s\n", milliseconds(first.CPU), first.Allocs, first.AllocBytes/1024, partly(first))
	}
	_ = w.Flush() // a Builder takes everything
}

// pageTable writes the same for the search page.
func (r *benchReport) pageTable(b *strings.Builder) {
	if len(r.Classes) == 0 || len(r.Classes[0].HTTP) == 0 {
		return
	}
	b.WriteString("\n")
	w := rightAligned(b)
	fmt.Fprint(w, "ms an HTML page\t")
	heads(w, "warm", r.Classes[0].HTTP)
	fmt.Fprintln(w, "CPU\tallocs\tKiB\t")
	for _, c := range r.Classes {
		fmt.Fprintf(w, "%s\t", c.Name)
		cells(w, c.HTTP)
		fmt.Fprintf(w, "%s\t%.0f\t%.0f\t\n", milliseconds(c.HTTP[0].CPU), c.HTTP[0].Allocs, c.HTTP[0].AllocBytes/1024)
	}
	_ = w.Flush() // a Builder takes everything
}

// partly warns of figures that are no fair measure.
func partly(m load.Measurement) string {
	if m.Partial == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d ran out of time\t", m.Partial, m.Pages)
}

func heads(w *tabwriter.Writer, name string, ms []load.Measurement) {
	for _, m := range ms {
		fmt.Fprintf(w, "%s×%d p50\tp95\tp99\tpages/s\t", name, m.Goroutines)
	}
}

func cells(w *tabwriter.Writer, ms []load.Measurement) {
	for _, m := range ms {
		fmt.Fprintf(w, "%s\t%s\t%s\t%.0f\t", milliseconds(m.P50), milliseconds(m.P95), milliseconds(m.P99), m.PerSecond)
	}
}

// milliseconds writes a time with as many digits as mean something.
func milliseconds(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case ms < 10:
		return fmt.Sprintf("%.2f", ms)
	case ms < 100:
		return fmt.Sprintf("%.1f", ms)
	default:
		return fmt.Sprintf("%.0f", ms)
	}
}
