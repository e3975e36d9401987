package dev.patronioperator.cluster.desired;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.EnvVar;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.CloudParameters;

import static org.assertj.core.api.Assertions.assertThat;

/** Where Spilo is told to get the first data from: every form of {@code clone} and {@code standby}, in the order of the peer. */
class OriginEnvironmentTest {

    private static final String UID = "efd12e58-5786-11e8-b5a7-06148230260c";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3_wal_path: s3://a/b | S3_PREFIX=s3://a/b",
                "gs_wal_path: gs://a/b | GS_PREFIX=gs://a/b",
                "s3_wal_path: s3://a/b, gs_wal_path: gs://a/b | S3_PREFIX=s3://a/b",
                "standby_host: db | HOST=db",
                "standby_host: db, standby_port: '9876' | HOST=db PORT=9876",
                "standby_host: db, standby_port: '9876', s3_wal_path: s3://a/b | HOST=db PORT=9876 S3_PREFIX=s3://a/b",
                "standby_host: db, gs_wal_path: gs://a/b | HOST=db GS_PREFIX=gs://a/b",
                "standby_host: db, standby_primary_slot_name: s | HOST=db PRIMARY_SLOT_NAME=s",
                "standby_port: '9876', standby_primary_slot_name: s, gs_wal_path: gs://a/b | GS_PREFIX=gs://a/b",
            })
    void aStandbyFollowsItsPrimaryAndThenTheArchive(String standby, String expected) {
        var archived = expected.contains("_PREFIX=") && !expected.endsWith("PRIMARY_SLOT_NAME=s");
        var names = Arrays.stream(expected.split(" "))
                .map(variable -> "STANDBY_" + variable.replaceFirst("^(S3|GS)_PREFIX", "WALE_$1_PREFIX"))
                .collect(Collectors.toList());
        if (archived) {
            names.addAll(List.of("STANDBY_METHOD=STANDBY_WITH_WALE", "STANDBY_WAL_BUCKET_SCOPE_PREFIX="));
        }

        assertThat(text(OriginEnvironment.standby(model("standby: {" + standby + "}\n", Settings.defaults()))))
                .containsExactlyElementsOf(names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3_wal_path: s3://some/path/ | bucket | CLONE_WALE_S3_PREFIX=s3://some/path/",
                "'' | bucket | CLONE_WAL_S3_BUCKET=bucket",
                "'' | '' | ''",
            })
    void aCloneOfAnArchiveReadsUpToItsTime(String fields, String bucket, String from) {
        var settings = Settings.defaults()
                .with(CloudParameters.WAL_S3_BUCKET, Optional.of(bucket).filter(name -> !name.isEmpty()));
        var manifest = "clone: {cluster: foo, uid: %s, timestamp: '2026-03-01T12:00:00+00:00'%s}%n"
                .formatted(UID, fields.isEmpty() ? "" : ", " + fields);

        var env = text(OriginEnvironment.clone(model(manifest, settings)));

        assertThat(env)
                .startsWith("CLONE_SCOPE=foo")
                .containsSubsequence("CLONE_METHOD=CLONE_WITH_WALE", "CLONE_TARGET_TIME=2026-03-01T12:00:00+00:00");
        if (!from.isEmpty()) {
            assertThat(env).contains(from);
        }
        assertThat(env.contains("CLONE_WAL_BUCKET_SCOPE_SUFFIX=/" + UID))
                .as("a path says all, a bucket holds the archives of many clusters")
                .isEqualTo(fields.isEmpty());
    }

    private static ClusterModel model(String fields, Settings settings) {
        return ClusterModel.accept(ClusterManifests.with(fields), settings);
    }

    private static List<String> text(List<EnvVar> variables) {
        return variables.stream()
                .map(variable -> variable.getName() + "=" + Objects.requireNonNullElse(variable.getValue(), ""))
                .toList();
    }
}
