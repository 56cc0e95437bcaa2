package synth_test

import (
	"fmt"

	"oped/corpus/synth"
)

func ExampleGenerator_Article() {
	a := synth.New(1).Article(1)
	fmt.Println(a.Headline)
	fmt.Println(a.Published.Day(), a.Publication)
	fmt.Println(a.Body[0].Text[:80])
	// Output:
	// Wendwol have weaburms graberm durerms
	// 2017-03-17 The Dainoser Tribune
	// Trotally weaburms gerourdly not wendwol from ristnurming we siruns fasermfom a v
}
