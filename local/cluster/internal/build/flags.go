package build

import (
	"fmt"
	"strings"
)

// linkerFlags strips the program and tells Kubernetes its version, which the API server reports and which
// clients (Helm, the operator) decide by; unset, it would be "v0.0.0".
func linkerFlags(name string) string {
	flags := "-s -w"
	if name != Kubernetes {
		return flags
	}
	minor := strings.Split(kubernetesVersion, ".")[1]
	for _, pkg := range []string{"k8s.io/component-base/version", "k8s.io/client-go/pkg/version"} {
		for variable, value := range map[string]string{
			"gitVersion": "v" + kubernetesVersion, "gitMajor": "1", "gitMinor": minor, "gitTreeState": "clean",
			"gitCommit": "local", "buildDate": "1970-01-01T00:00:00Z",
		} {
			flags += fmt.Sprintf(" -X %s.%s=%s", pkg, variable, value)
		}
	}
	return flags
}
