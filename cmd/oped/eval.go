package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"oped/corpus/extract"
	"oped/corpus/extract/evaluate"
	"oped/search/relevance"
)

const evalHelp = `Measure ranking and extraction on collections whose right answers are known.

  --judgments DIR    judged collections: each a directory of docs.jsonl.bz2, queries.tsv and TREC qrels.txt (DIR itself, or
                     its subdirectories). A topic is searched for as any of its words. --run FILE writes a TREC run,
                     one file a collection with its name put before the ending.
  --extraction DIR   pages with their truth: html/<id>.html.gz and ground-truth.json.`

// evalFlags is what was asked of an evaluation.
type evalFlags struct{ judgments, extraction, run string }

func (a *app) evalCommand() *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "measure ranking and extraction on judged collections",
		Long:  evalHelp,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.eval(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.judgments, "judgments", "", "directory of judged collections")
	cmd.Flags().StringVar(&f.extraction, "extraction", "", "directory of pages with their truth")
	cmd.Flags().StringVar(&f.run, "run", "", "with --judgments: TREC run file to write")
	return cmd
}

func (a *app) eval(ctx context.Context, f evalFlags) error {
	if f.judgments == "" && f.extraction == "" {
		return usagef("oped eval --judgments DIR, or --extraction DIR", "nothing to measure was named")
	}
	var errs []error
	if f.extraction != "" {
		errs = append(errs, a.evalExtraction(f.extraction))
	}
	if f.judgments != "" {
		errs = append(errs, a.evalJudgments(ctx, f))
	}
	return errors.Join(errs...)
}

// evalExtraction prints how well pages are read.
func (a *app) evalExtraction(dir string) error {
	cases, err := evaluate.Load(dir)
	if err != nil {
		return err
	}
	extractor, err := extract.New()
	if err != nil {
		return err
	}
	scores, err := evaluate.Run(extractor, cases)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "%v\n", scores)
	return err
}

// evalJudgments prints a line of measures for each collection.
func (a *app) evalJudgments(ctx context.Context, f evalFlags) error {
	dirs, err := collections(f.judgments)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "collection\tnDCG@10\tMAP\tMRR@10\tP@5\trecall@100\ttopics\tms/topic\t")
	for _, dir := range dirs {
		c, err := openCollection(ctx, dir)
		if err != nil {
			return err
		}
		run, took, err := c.run(ctx)
		if err = errors.Join(err, c.Close()); err != nil {
			return err
		}
		m := relevance.Evaluate(c.judgments, run)
		fmt.Fprintf(w, "%s\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%d\t%.2f\t\n", c.name, m.NDCG10, m.MAP, m.MRR10, m.P5, m.Recall100, m.Topics,
			float64(took)/float64(time.Millisecond)/float64(max(len(c.topics), 1)))
		if err := c.writeRun(f.run, run); err != nil {
			return err
		}
	}
	return w.Flush()
}
