package process

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestAProgramIsFoundByItsMarkAndEnded(t *testing.T) {
	owner, stranger := t.TempDir(), t.TempDir()
	started, err := Program{
		Owner: owner, Name: "sleeper", Path: "/bin/sleep", Args: []string{"600"}, Log: filepath.Join(owner, "log"),
	}.Start()
	if err != nil {
		t.Fatal(err)
	}
	// between fork and exec the process still has the environment of this one
	for deadline := time.Now().Add(10 * time.Second); Running(owner)["sleeper"] != started.Pid; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("process %d is not found: %v", started.Pid, Running(owner))
		}
	}
	if found := Running(stranger); len(found) != 0 {
		t.Errorf("another instance found %v", found)
	}
	if err := Stop(started.Pid, time.Second); err != nil {
		t.Fatal(err)
	}
	if found := Running(owner); len(found) != 0 {
		t.Errorf("after the end there is %v", found)
	}
	if _, err := os.Stat(filepath.Join(owner, "log")); err != nil {
		t.Error(err)
	}
}
