// Package progress tells the person at the terminal what happens and, when something fails, why and what to do.
package progress

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// Log prints lines with the seconds since it was made: "[  3.2s] apiserver ready".
type Log struct {
	out   io.Writer
	start time.Time
}

// New makes a log that writes to the given place; the clock starts now.
func New(out io.Writer) *Log { return &Log{out: out, start: time.Now()} }

// Say prints one line.
func (l *Log) Say(format string, args ...any) {
	fmt.Fprintf(l.out, "[%5.1fs] %s\n", time.Since(l.start).Seconds(), fmt.Sprintf(format, args...))
}

// Failure is an error that a person can act upon.
type Failure struct {
	What   string // the step that failed
	Cause  error
	Log    string // a log file that shows more; may be empty
	Advice string // what to do about it; may be empty
}

func (f *Failure) Error() string { return f.What + ": " + f.Cause.Error() }

func (f *Failure) Unwrap() error { return f.Cause }

// Explain prints an error in full: the cause, the end of the log concerned, and the advice.
func Explain(out io.Writer, err error) {
	fmt.Fprintf(out, "failed: %v\n", err)
	var failure *Failure
	if !errors.As(err, &failure) {
		return
	}
	if failure.Log != "" {
		fmt.Fprintf(out, "the last lines of %s:\n", failure.Log)
		for _, line := range Tail(failure.Log, 15) {
			fmt.Fprintf(out, "  | %s\n", line)
		}
	}
	if failure.Advice != "" {
		fmt.Fprintf(out, "what to do: %s\n", failure.Advice)
	}
}

// Tail returns the last lines of a file; none when it cannot be read.
func Tail(file string, lines int) []string {
	const enough = 16 << 10
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer f.Close()
	if size, err := f.Seek(0, io.SeekEnd); err == nil {
		_, _ = f.Seek(max(0, size-enough), io.SeekStart)
	}
	content, _ := io.ReadAll(f)
	all := strings.Split(strings.TrimRight(string(content), "\n"), "\n")
	return all[max(0, len(all)-lines):]
}
