// Package learn trains the models with which corpus/extract tells body text from the rest of a page.
//
// It takes pages whose body is known, marks each text block as body or not (Label), and grows boosted decision trees
// over the blocks' features (Train): a first model, and a second that sees the first one's answers (TrainModels).
// Training and its result depend on nothing but the pages: the same pages give the same models, byte for byte. Programs
// that only extract never import it.
//
// The shipped models are made by
//
//	OPED_EXTRACTION_DIR=dir OPED_MODEL=corpus/extract/body.model go test ./corpus/extract/learn -run TestTrainModels -timeout 1h
//
// over a directory as corpus/extract/evaluate reads it. Pages of the same site never stand on both sides of a
// cross-validation (CrossValidate): a score on sites that the models have seen says nothing.
package learn
