package dev.patronioperator.cluster.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.ExternalInputs;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/** In pods as the operator makes them. */
class ServerAuthorityTest {

    private static final Reader SECRETS = new Reader(Map.of(
            "pg-tls", Map.of("ca.crt", "ours"),
            "pg-ca", Map.of("ca.crt", "of another Secret"),
            "pg-own", Map.of("ca.crt", "of clients", "tls.crt", "its own")));

    @Test
    void isReadFromWhereThePodHasIt() {
        assertThat(authority("{secretName: pg-tls, caFile: ca.crt}")).isEqualTo(Known.of(Optional.of("ours")));
        assertThat(authority("{secretName: pg-tls, caFile: ca.crt, caSecretName: pg-ca}"))
                .isEqualTo(Known.of(Optional.of("of another Secret")));
        assertThat(authority("{secretName: pg-tls, caFile: /tls/ca.crt}")).isEqualTo(Known.of(Optional.of("ours")));
    }

    /** To PostgreSQL the authority is that of its clients. */
    @Test
    void theServersOwnCertificateCountsAsWell() {
        assertThat(authority("{secretName: pg-own, caFile: ca.crt}"))
                .isEqualTo(Known.of(Optional.of("of clients\nits own")));
        assertThat(authority("{secretName: pg-own, caFile: ca.crt, caSecretName: pg-ca}"))
                .isEqualTo(Known.of(Optional.of("of another Secret\nits own")));
    }

    @Test
    void thereNeedNotBeOne() {
        assertThat(authority("{secretName: pg-tls}")).isEqualTo(Known.of(Optional.empty()));
        assertThat(authority("{secretName: pg-tls, caFile: /elsewhere/ca.crt}")).isEqualTo(Known.of(Optional.empty()));
        assertThat(ServerAuthority.of(new PodBuilder().build(), SECRETS)).isEqualTo(Known.of(Optional.empty()));
    }

    @Test
    void whatIsNotThereIsNotTakenForNone() {
        assertThat(authority("{secretName: pg-tls, caFile: other.crt}").isUnknown())
                .isTrue();
        assertThat(authority("{secretName: gone, caFile: ca.crt}").isUnknown()).isTrue();
    }

    private static Known<Optional<String>> authority(String tls) {
        var model = ClusterModel.accept(
                ClusterManifests.with("spiloFSGroup: 103\ntls: " + tls + "\n"), Settings.defaults());
        var set = DesiredObjects.render(model, ExternalInputs.NONE).objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst()
                .orElseThrow();
        var pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .endMetadata()
                .withSpec(set.getSpec().getTemplate().getSpec())
                .build();
        return ServerAuthority.of(pod, SECRETS);
    }

    /** Secrets by name, with the texts of their keys. */
    private record Reader(Map<String, Map<String, String>> secrets) implements ObjectReader {

        @Override
        public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
            return Known.of(Optional.ofNullable(secrets.get(name)).map(texts -> type.cast(secret(texts))));
        }

        private static Secret secret(Map<String, String> texts) {
            var secret = new SecretBuilder();
            texts.forEach((key, text) -> secret.addToData(key, SecretText.encoded(text)));
            return secret.build();
        }

        @Override
        public <T extends HasMetadata> Known<List<T>> list(
                Class<T> type, String namespace, Map<String, String> labels) {
            throw new UnsupportedOperationException();
        }
    }
}
