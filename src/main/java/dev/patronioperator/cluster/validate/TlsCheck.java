package dev.patronioperator.cluster.validate;

/** Secrets with certificates: each names a volume of the Pods too. */
final class TlsCheck implements SpecCheck {

    @Override
    public void check(Subject subject, Problems problems) {
        var tls = subject.spec().tls();
        if (tls == null || tls.secretName() == null || tls.secretName().isEmpty()) {
            return;
        }
        problems.dnsLabel("spec.tls.secretName", tls.secretName());
        boolean authorityUsed = tls.caFile() != null && !tls.caFile().isEmpty();
        if (authorityUsed && tls.caSecretName() != null && !tls.caSecretName().isEmpty()) {
            problems.dnsLabel("spec.tls.caSecretName", tls.caSecretName());
            if (tls.caSecretName().equals(tls.secretName())) {
                problems.refuse(
                        "spec.tls.caSecretName",
                        tls.caSecretName(),
                        "is the Secret of the certificate, which is mounted already: leave it out to read caFile from there");
            }
        }
    }
}
