package query

import "slices"

// near = either { [ "NOT" ] distance either }. Operands and operators are read into lists and then joined in the order of
// binding.
func (p *parser) near() (Node, *fault) {
	start := p.pos
	first, f := p.either()
	if f != nil {
		return nil, f
	}
	operands, ops := []operand{{first, p.since(start)}}, []distanceOp(nil)
	for {
		op, ok := p.distance()
		if !ok {
			break
		}
		if f := p.afterDistance(op); f != nil {
			return nil, f
		}
		from := p.pos
		right, f := p.either()
		if f != nil {
			return nil, f
		}
		operands, ops = append(operands, operand{right, p.since(from)}), append(ops, op)
	}
	for len(ops) > 0 {
		i := tightest(ops)
		operands[i] = ops[i].join(operands[i], operands[i+1])
		operands, ops = slices.Delete(operands, i+1, i+2), slices.Delete(ops, i, i+1)
	}
	return operands[0].Node, nil
}

// operand is an operand of proximity with the stretch of text it takes, its brackets among it.
type operand struct {
	Node
	at Span
}

// distanceOp is an operator of proximity.
type distanceOp struct {
	token
	negated bool
}

// distance reads an operator of proximity, if one comes.
func (p *parser) distance() (distanceOp, bool) {
	start := p.pos
	op := distanceOp{}
	if p.peek().kind == tNot && (p.ahead(1).kind == tNear || p.ahead(1).kind == tUnit) {
		p.next()
		op.negated = true
	}
	if k := p.peek().kind; k != tNear && k != tUnit {
		return op, false
	}
	op.token = p.next()
	op.Span = p.since(start)
	return op, true
}

// afterDistance is the fault of an operator that no operand follows.
func (p *parser) afterDistance(op distanceOp) *fault {
	t := p.peek()
	if t.kind == tNot && !op.negated {
		f := faultAt(t.Span, "NOT cannot stand after "+p.text[op.Start:op.End], "to leave out what is near, write it before, as in a NOT W/5 b")
		f.fixes = []fix{{insert(op.Start, "NOT "), remove(t.Span)}, {remove(op.Span)}}
		return f
	}
	if p.atOperator() {
		return p.dangling(op.Span)
	}
	return nil
}

// tightest is the operator that binds first: the smallest distance, then the smallest unit, then the leftmost.
func tightest(ops []distanceOp) int {
	best := 0
	for i := range ops {
		if ops[i].rank() < ops[best].rank() {
			best = i
		}
	}
	return best
}

func (op distanceOp) rank() int {
	switch op.unit {
	case Sentence:
		return maxDistance + 1
	case Paragr:
		return maxDistance + 2
	case SegmentOf:
		return maxDistance + 3
	}
	return op.n
}

func (op distanceOp) join(left, right operand) operand {
	at := Span{left.at.Start, right.at.End}
	if op.kind == tUnit {
		return operand{Within{Span: at, Left: left.Node, Right: right.Node, Unit: op.unit, Negated: op.negated}, at}
	}
	return operand{Near{Span: at, Left: left.Node, Right: right.Node, Distance: op.n, Ordered: op.ordered, Negated: op.negated}, at}
}
