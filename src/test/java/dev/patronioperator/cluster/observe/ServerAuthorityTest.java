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

    private static final Reader SECRETS = new Reader(Map.of("pg-tls", "ours", "pg-ca", "of another Secret"));

    @Test
    void isReadFromWhereThePodHasIt() {
        assertThat(authority("{secretName: pg-tls, caFile: ca.crt}")).isEqualTo(Known.of(Optional.of("ours")));
        assertThat(authority("{secretName: pg-tls, caFile: ca.crt, caSecretName: pg-ca}"))
                .isEqualTo(Known.of(Optional.of("of another Secret")));
        assertThat(authority("{secretName: pg-tls, caFile: /tls/ca.crt}")).isEqualTo(Known.of(Optional.of("ours")));
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

    /** Each has one key. */
    private record Reader(Map<String, String> authorities) implements ObjectReader {

        @Override
        public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
            return Known.of(Optional.ofNullable(authorities.get(name)).map(pem -> type.cast(secret(pem))));
        }

        private static Secret secret(String pem) {
            return new SecretBuilder()
                    .addToData("ca.crt", SecretText.encoded(pem))
                    .build();
        }

        @Override
        public <T extends HasMetadata> Known<List<T>> list(
                Class<T> type, String namespace, Map<String, String> labels) {
            throw new UnsupportedOperationException();
        }
    }
}
