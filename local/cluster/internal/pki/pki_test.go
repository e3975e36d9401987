package pki

import (
	"crypto/x509"
	"encoding/pem"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func certificate(t *testing.T, file string) *x509.Certificate {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(content)
	parsed, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestCertificatesAreTrustedAndStay(t *testing.T) {
	folder := t.TempDir()
	for range 2 { // the second time finds everything there
		authority, err := Open(folder)
		if err != nil {
			t.Fatal(err)
		}
		if err := authority.Serving("server", []string{"localhost"}, []net.IP{net.ParseIP("127.0.0.1")}); err != nil {
			t.Fatal(err)
		}
		if err := authority.Client("user", "alice", "admins"); err != nil {
			t.Fatal(err)
		}
		if err := authority.Kubeconfig(filepath.Join(folder, "kubeconfig"), "user", "https://127.0.0.1:1"); err != nil {
			t.Fatal(err)
		}
	}
	roots := x509.NewCertPool()
	roots.AddCert(certificate(t, filepath.Join(folder, "ca.crt")))
	server := certificate(t, filepath.Join(folder, "server.crt"))
	if _, err := server.Verify(x509.VerifyOptions{Roots: roots, DNSName: "127.0.0.1"}); err != nil {
		t.Errorf("the server's certificate: %v", err)
	}
	user := certificate(t, filepath.Join(folder, "user.crt"))
	if _, err := user.Verify(x509.VerifyOptions{Roots: roots, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}); err != nil {
		t.Errorf("the user's certificate: %v", err)
	}
	if user.Subject.CommonName != "alice" || user.Subject.Organization[0] != "admins" {
		t.Errorf("the user is %v", user.Subject)
	}
	for _, secret := range []string{"ca.key", "user.key", "kubeconfig"} {
		info, err := os.Stat(filepath.Join(folder, secret))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s can be read by others: %v, %v", secret, info.Mode(), err)
		}
	}
	kubeconfig, _ := os.ReadFile(filepath.Join(folder, "kubeconfig"))
	if !strings.Contains(string(kubeconfig), "server: https://127.0.0.1:1\n") {
		t.Errorf("the kubeconfig leads elsewhere:\n%s", kubeconfig)
	}
}
