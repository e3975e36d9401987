package dev.patronioperator.pooler.desired;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.pooler.model.PoolerModel;
import dev.patronioperator.settings.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys of {@code pgbouncer.ini} on their way into the pods. */
class PgBouncerConfigurationTest {

    private static final String PLAIN = "enableConnectionPooler: true";
    private static final String WITH_KEYS =
            """
            connectionPooler:
              parameters: {server_lifetime: "60", ignore_startup_parameters: "extra_float_digits,search_path"}
            """;

    @Test
    void withoutKeysThePodsAreAsThePeerMakesThem() {
        assertThat(template(PLAIN).getMetadata().getAnnotations()).isNull();
        assertThat(template(PLAIN)).isEqualTo(template("connectionPooler: {parameters: {}}"));
        assertThat(mounts(template(PLAIN))).containsOnlyKeys("/etc/pgbouncer/userlist.txt");
    }

    @Test
    void keysAreIncludedAtTheEndOfTheImagesTemplateAndSoHaveTheLastWord() {
        var annotations = template(WITH_KEYS).getMetadata().getAnnotations();

        assertThat(annotations.get(PgBouncerConfiguration.PARAMETERS))
                .isEqualTo("ignore_startup_parameters = extra_float_digits,search_path\nserver_lifetime = 60\n");
        assertThat(annotations.get(PgBouncerConfiguration.TEMPLATE))
                .contains("ignore_startup_parameters = extra_float_digits,options\n")
                .endsWith("\n%include /etc/pgbouncer/parameters.ini\n");
    }

    @Test
    void filesComeFromTheAnnotationsOfTheirOwnPod() {
        var pod = template(WITH_KEYS).getSpec();

        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getDownwardAPI() != null)
                .singleElement()
                .satisfies(volume -> assertThat(paths(volume))
                        .isEqualTo(Map.of(
                                "pgbouncer.ini.tmpl", "metadata.annotations['" + PgBouncerConfiguration.TEMPLATE + "']",
                                "parameters.ini",
                                        "metadata.annotations['" + PgBouncerConfiguration.PARAMETERS + "']")));
        assertThat(mounts(template(WITH_KEYS)))
                .containsEntry("/etc/pgbouncer/pgbouncer.ini.tmpl", "pgbouncer.ini.tmpl")
                .containsEntry("/etc/pgbouncer/parameters.ini", "parameters.ini");
    }

    /** Whoever administers the pooler, looks up passwords or sees statistics is as without keys. */
    @Test
    void templateLeavesEveryPasswordWhereItIs() {
        var text = template(WITH_KEYS).getMetadata().getAnnotations().get(PgBouncerConfiguration.TEMPLATE);

        assertThat(text)
                .contains("auth_query = SELECT * FROM \"$PGSCHEMA\".user_lookup($1)", "admin_users = $PGUSER")
                .contains("client_tls_sslmode = require", "server_tls_sslmode = require")
                .doesNotContain("PGPASSWORD");
    }

    @Test
    void givenAuthorityIsWhatCertificatesAreVerifiedWith() {
        var own = template(WITH_KEYS + "tls: {secretName: server}\n");
        var given = template(WITH_KEYS + "tls: {secretName: server, caFile: ca.crt}\n");

        assertThat(text(own)).contains("client_tls_ca_file = /etc/ssl/certs/pgbouncer.crt\n");
        assertThat(text(given)).contains("client_tls_ca_file = /tls/ca.crt\nserver_tls_ca_file = /tls/ca.crt\n");
    }

    private static String text(PodTemplateSpec template) {
        return template.getMetadata().getAnnotations().get(PgBouncerConfiguration.TEMPLATE);
    }

    private static Map<String, String> paths(Volume volume) {
        var paths = new TreeMap<String, String>();
        volume.getDownwardAPI()
                .getItems()
                .forEach(file -> paths.put(file.getPath(), file.getFieldRef().getFieldPath()));
        return paths;
    }

    private static Map<String, String> mounts(PodTemplateSpec template) {
        var mounts = new TreeMap<String, String>();
        container(template.getSpec()).forEach(mount -> mounts.put(mount.getMountPath(), mount.getSubPath()));
        return mounts;
    }

    private static Iterable<VolumeMount> container(PodSpec pod) {
        return pod.getContainers().getFirst().getVolumeMounts();
    }

    private static PodTemplateSpec template(String spec) {
        var model = PoolerModel.accept(ClusterManifests.with(spec), Settings.defaults());
        var inputs = new PoolerInputs(Optional.of(new TreeMap<>(Map.of("pooler", "p"))), new TreeSet<>());
        return PoolerObjects.render(model, inputs).objects().stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow()
                .getSpec()
                .getTemplate();
    }
}
