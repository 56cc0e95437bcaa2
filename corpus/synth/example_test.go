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
	// When have vilmikams Muregon neapulal in togons had separd how
	// 2013-07-26 The Dainoser Tribune
	// Has have was a mukothol is cudrording naispul, separd seborms. Bijen can no vida
}
