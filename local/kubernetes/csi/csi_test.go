package csi

import "testing"

func TestVolumesAreRoundedUpToWholeMebibytes(t *testing.T) {
	for _, c := range []struct{ asked, want int64 }{
		{1, smallest},
		{smallest, smallest},
		{smallest + 1, smallest + mebibyte},
		{1 << 30, 1 << 30},
		{1_000_000_000, 954 * mebibyte},
	} {
		if got := wholeSize(c.asked); got != c.want {
			t.Errorf("asked for %d bytes: got %d, want %d", c.asked, got, c.want)
		}
	}
}

func TestAnExpansionGoesStepByStep(t *testing.T) {
	const one, two = int64(1) << 30, int64(2) << 30
	for _, c := range []struct {
		name                 string
		asked, volume, given int64
		nodeAsked            bool
		want                 expansion
	}{
		{"a claim that has what it asks for", one, one, one, false, nothing},
		{"a claim that asks for more", two, one, one, false, growFile},
		{"the file has grown, the file system has not", two, two, one, false, askNode},
		{"the kubelet has been asked", two, two, one, true, nothing},
		{"more is asked for while the kubelet is at it", two + 1, two, one, true, growFile},
		{"a claim that asks for less", one, two, two, false, nothing},
		{"a size that was rounded up at creation", 1_000_000_000, 954 * mebibyte, 954 * mebibyte, false, nothing},
	} {
		if got := nextExpansion(c.asked, c.volume, c.given, c.nodeAsked); got != c.want {
			t.Errorf("%s: got step %d, want %d", c.name, got, c.want)
		}
	}
}

func TestMountInfoLines(t *testing.T) {
	line := `412 98 7:3 / /run/node/kubelet/with\040space rw,relatime shared:1 - xfs /dev/loop3 rw,nouuid`
	if point, device := parseMount(line); point != "/run/node/kubelet/with space" || device != "/dev/loop3" {
		t.Errorf("got %q from %q", point, device)
	}
	if point, _ := parseMount("nonsense"); point != "" {
		t.Errorf("a line that is no mount gave %q", point)
	}
}
