//go:build unix

package main

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// cpuTime is what this process has used of the processors, in its own code and in the system's.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMemory is the greatest resident memory of the process since resetPeakMemory, where Linux counts anew, else since
// it began; 0 if unknown.
func peakMemory() int64 {
	if peak := linuxMemory("VmHWM:"); peak > 0 {
		return peak
	}
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return u.Maxrss // bytes there, KiB elsewhere
	}
	return u.Maxrss << 10
}

// anonymousMemory is the resident memory that is no mapped file, which the system could take back; 0 if unknown.
func anonymousMemory() int64 { return linuxMemory("RssAnon:") }

// linuxMemory is a line of what Linux tells of the memory of the process, in bytes; 0 where there is none.
func linuxMemory(name string) int64 {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			kib, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kib << 10
		}
	}
	return 0
}

// resetPeakMemory has the peak counted from now on, where the system can.
func resetPeakMemory() {
	runtime.GC()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}
