package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** {@code spec.tls}: the server certificate. A changed Secret is taken up by a reload, a changed field replaces the Pods. */
@ManifestPart
// spotless:off
public record TlsSpec(
        @Required
        @JsonPropertyDescription("Secret with the certificate and its key; empty means a self-signed certificate.")
        String secretName,

        @JsonPropertyDescription("Name of the certificate in the Secret, or an absolute path. Default tls.crt.")
        String certificateFile,

        @JsonPropertyDescription("Name of the private key in the Secret, or an absolute path. Default tls.key.")
        String privateKeyFile,

        @JsonPropertyDescription("Name of the certificate authority in the Secret, or in caSecretName if that is "
                + "given.")
        String caFile,

        @JsonPropertyDescription("Secret with the certificate authority; needs caFile.")
        String caSecretName) {}
// spotless:on
