// Package learn trains the model with which corpus/extract tells body text from the rest of a page.
//
// It takes pages whose body is known, marks each text block as body or not (Label), and grows boosted decision trees
// over the blocks' features (Train). Training and its result depend on nothing but the pages: the same pages give
// the same model, byte for byte. Programs that only extract never import it.
//
// The shipped model is made by
//
//	OPED_EXTRACTION_DIR=dir OPED_MODEL=corpus/extract/body.model go test ./corpus/extract/learn -run TestTrainModel -timeout 1h
//
// over a directory as corpus/extract/evaluate reads it. Pages of the same site never stand on both sides of a
// cross-validation (CrossValidate): a score on sites that the model has seen says nothing.
package learn
