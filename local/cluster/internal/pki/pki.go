// Package pki makes the certificates and kubeconfigs of an instance.
package pki

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	"patroni-operator.dev/local/cluster/internal/layout"
)

const validity = 10 * 365 * 24 * time.Hour // nobody should have to renew the certificates of a test cluster

// Authority is a certificate authority that lives in a folder.
type Authority struct {
	folder string
	cert   *x509.Certificate
	key    *ecdsa.PrivateKey
}

// Open loads the authority of a folder, or makes it.
func Open(folder string) (*Authority, error) {
	a := &Authority{folder: folder}
	if a.load() == nil {
		return a, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := newTemplate(pkix.Name{CommonName: "patroni-operator local Kubernetes"})
	template.IsCA, template.BasicConstraintsValid = true, true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign | x509.KeyUsageDigitalSignature
	if err := write(folder, "ca", template, template, key, key); err != nil {
		return nil, err
	}
	return a, a.load()
}

// Certificate is the path of the authority's certificate.
func (a *Authority) Certificate() string { return filepath.Join(a.folder, "ca.crt") }

// Serving makes, unless it is there, the certificate of a server that is called by these names and addresses.
func (a *Authority) Serving(name string, dnsNames []string, addresses []net.IP) error {
	template := newTemplate(pkix.Name{CommonName: name})
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	template.DNSNames, template.IPAddresses = dnsNames, addresses
	return a.ensure(name, template)
}

// Client makes, unless it is there, the certificate of a Kubernetes user.
func (a *Authority) Client(name, user string, groups ...string) error {
	template := newTemplate(pkix.Name{CommonName: user, Organization: groups})
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	return a.ensure(name, template)
}

// SigningKey makes, unless they are there, the key pair NAME.key and NAME.pub that signs service account tokens.
func SigningKey(folder, name string) error {
	public := filepath.Join(folder, name+".pub")
	if _, err := os.Stat(public); err == nil {
		return nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	if err := writeKey(filepath.Join(folder, name+".key"), key); err != nil {
		return err
	}
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	return writePEM(public, "PUBLIC KEY", der, 0o644)
}

func (a *Authority) load() error {
	certPEM, err := os.ReadFile(a.Certificate())
	if err != nil {
		return err
	}
	keyPEM, err := os.ReadFile(filepath.Join(a.folder, "ca.key"))
	if err != nil {
		return err
	}
	certBlock, _ := pem.Decode(certPEM)
	keyBlock, _ := pem.Decode(keyPEM)
	if certBlock == nil || keyBlock == nil {
		return fmt.Errorf("%s: no PEM", a.folder)
	}
	if a.cert, err = x509.ParseCertificate(certBlock.Bytes); err != nil {
		return err
	}
	a.key, err = x509.ParseECPrivateKey(keyBlock.Bytes)
	return err
}

func (a *Authority) ensure(name string, template *x509.Certificate) error {
	if _, err := os.Stat(filepath.Join(a.folder, name+".crt")); err == nil {
		return nil // the certificate is written after its key, so both are there
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	return write(a.folder, name, template, a.cert, key, a.key)
}

func newTemplate(subject pkix.Name) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	return &x509.Certificate{
		SerialNumber: serial, Subject: subject,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(validity),
		KeyUsage: x509.KeyUsageDigitalSignature,
	}
}

func write(folder, name string, template, parent *x509.Certificate, key *ecdsa.PrivateKey, signer crypto.Signer) error {
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		return err
	}
	if err := writeKey(filepath.Join(folder, name+".key"), key); err != nil {
		return err
	}
	return writePEM(filepath.Join(folder, name+".crt"), "CERTIFICATE", der, 0o644)
}

func writeKey(file string, key *ecdsa.PrivateKey) error {
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	return writePEM(file, "EC PRIVATE KEY", der, 0o600)
}

func writePEM(file, kind string, der []byte, mode os.FileMode) error {
	return layout.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), mode)
}
