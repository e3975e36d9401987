package dev.patronioperator.pooler.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.plan.Known;
import dev.patronioperator.pooler.model.PoolerModel;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.value.NamespacedName;

import static org.assertj.core.api.Assertions.assertThat;

class PoolerSecretsTest {

    private static final Map<String, String> CREDENTIALS = Map.of("password", "of the pooler");

    /** Logged in by a password of the configuration, PgBouncer's own role would look up nobody, and the superuser be somebody else. */
    @Test
    void noSecretOfTheConfigurationGivesThePasswordOfARoleOfTheOperator() {
        var infrastructure = new TreeMap<String, String>();
        var names = List.of("pooler", "postgres", "standby", "admin", "robot");
        for (int i = 0; i < names.size(); i++) {
            infrastructure.put("user" + (i + 1), names.get(i));
            infrastructure.put("password" + (i + 1), "given");
        }
        var settings = Settings.defaults()
                .with(
                        KubernetesParameters.INFRASTRUCTURE_ROLES_SECRET_NAME,
                        Optional.of(NamespacedName.of("infrastructure")));
        var model = PoolerModel.accept(ClusterManifests.with("enableConnectionPooler: true"), settings);

        var inputs = new PoolerSecrets(model, reader(infrastructure)).read(settings, "operator");

        assertThat(inputs.passwords()).contains(new TreeMap<>(Map.of("pooler", "of the pooler", "robot", "given")));
        assertThat(inputs.infrastructureRoles()).as("who may see statistics").containsExactly("robot");
    }

    @Test
    void aCertificateIsKnownOnceAllOfItsSecretsAreRead() {
        var spec =
                "enableConnectionPooler: true\n" + "tls: {secretName: cert, caFile: ca.crt, caSecretName: authority}\n";
        var secrets = new TreeMap<>(Map.of("cert", Map.of("tls.crt", "first")));

        var alone = certificate(spec, secrets);
        secrets.put("authority", Map.of("ca.crt", "first"));
        var whole = certificate(spec, secrets);
        secrets.put("authority", Map.of("ca.crt", "second"));

        assertThat(alone).isEmpty();
        assertThat(whole).isPresent();
        assertThat(certificate(spec, secrets)).isPresent().isNotEqualTo(whole);
    }

    private static Optional<String> certificate(String spec, Map<String, Map<String, String>> secrets) {
        var settings = Settings.defaults();
        var model = PoolerModel.accept(ClusterManifests.with(spec), settings);
        return new PoolerSecrets(model, readerOf(secrets))
                .read(settings, "operator")
                .certificate();
    }

    private static ObjectReader reader(Map<String, String> infrastructure) {
        return readerOf(Map.of(
                "infrastructure",
                infrastructure,
                "pooler.acid-test.credentials.postgresql.acid.zalan.do",
                CREDENTIALS));
    }

    private static ObjectReader readerOf(Map<String, Map<String, String>> secrets) {
        return new ObjectReader() {
            @Override
            public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
                return Known.of(Optional.ofNullable(type == Secret.class ? secrets.get(name) : null)
                        .map(texts -> type.cast(secret(texts))));
            }

            @Override
            public <T extends HasMetadata> Known<List<T>> list(
                    Class<T> type, String namespace, Map<String, String> labels) {
                throw new AssertionError("nothing is listed");
            }
        };
    }

    private static Secret secret(Map<String, String> texts) {
        var data = new TreeMap<String, String>();
        texts.forEach((key, text) -> data.put(key, SecretText.encoded(text)));
        return new SecretBuilder()
                .withNewMetadata()
                .endMetadata()
                .withData(data)
                .build();
    }
}
