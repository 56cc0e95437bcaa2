package indexer

import "time"

// Progress is how far a Rebuild has come.
type Progress struct {
	// Stage is "index", "verify", "check" or "publish".
	Stage string `json:"stage"`
	// Done of Total changes are in the index; Total may grow while the corpus does.
	Done  int `json:"done"`
	Total int `json:"total"`
	// PerSecond is the number of changes a second since this run began.
	PerSecond float64 `json:"per_second"`
	// Left is the time that the rest will take at that rate, 0 if unknown.
	Left time.Duration `json:"left_ns"`
	// Problems counts the articles that could not be indexed, by stage.
	Problems map[string]int `json:"problems,omitempty"`
}

// reportEvery is how often progress is told.
const reportEvery = 250 * time.Millisecond

// meter turns what happens into Progress.
type meter struct {
	tell    func(Progress)
	now     func() time.Time
	began   time.Time
	told    time.Time
	resumed int // changes that an earlier run has done
	p       Progress
}

func newMeter(cfg Config, resumed, total int) *meter {
	tell := cfg.Progress
	if tell == nil {
		tell = func(Progress) {}
	}
	now := cfg.Now()
	return &meter{tell: tell, now: cfg.Now, began: now, resumed: resumed, p: Progress{Done: resumed, Total: max(total, resumed)}}
}

// stage begins a stage and tells so.
func (m *meter) stage(name string) {
	m.p.Stage = name
	m.update()
}

// done counts changes in, and tells so if it has not just done it.
func (m *meter) done(n int, problems []Problem) {
	m.p.Done += n
	m.p.Total = max(m.p.Total, m.p.Done)
	m.p.Problems = byStage(problems)
	if m.now().Sub(m.told) >= reportEvery {
		m.update()
	}
}

func (m *meter) update() {
	m.told = m.now()
	m.p.PerSecond = m.rate()
	m.p.Left = 0
	if m.p.PerSecond > 0 {
		m.p.Left = time.Duration(float64(m.p.Total-m.p.Done) / m.p.PerSecond * float64(time.Second))
	}
	m.tell(m.p)
}

// rate is the number of changes a second in this run.
func (m *meter) rate() float64 {
	seconds := m.now().Sub(m.began).Seconds()
	if seconds <= 0 {
		return 0
	}
	return float64(m.p.Done-m.resumed) / seconds
}

func byStage(problems []Problem) map[string]int {
	if len(problems) == 0 {
		return nil
	}
	counts := map[string]int{}
	for _, p := range problems {
		counts[p.Stage]++
	}
	return counts
}
