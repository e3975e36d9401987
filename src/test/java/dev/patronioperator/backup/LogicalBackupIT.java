package dev.patronioperator.backup;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.NewestVersion;
import dev.patronioperator.testkit.OperatorUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged operator and the logical backup of a cluster on a real API server. */
@Tag("apiserver")
class LogicalBackupIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final String CONDITION = "BackupScheduled";

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void cronJobFollowsManifestConfigurationAndSecretAndIsRepaired() {
        kubernetes.cluster().play();
        var operator = kubernetes
                .operator()
                .with("logical_backup_cronjob_environment_secret", "backup-env")
                .start();
        var cluster = cluster("acid-backed-up");
        cluster.apply(manifest("{\"enableLogicalBackup\":true,\"logicalBackupSchedule\":\"7 3 * * *\"}"));
        cluster.awaitReady();

        awaitCondition(cluster, "False", "Waiting", "backup-env");
        environment("AWS_REGION");
        awaitCondition(cluster, "True", "Scheduled", "7 3 * * *");
        assertThat(variables(cluster)).contains("AWS_REGION");

        patch(cluster, "{\"spec\":{\"logicalBackupSchedule\":\"8 4 * * *\"}}");
        cluster.await("the schedule of the manifest")
                .until(() -> cronJob(cluster).get().getSpec().getSchedule().equals("8 4 * * *"));

        kubernetes.configure("logical_backup_docker_image", "example.org/backup:2");
        cluster.await("the image of the configuration")
                .until(() -> image(cluster).equals("example.org/backup:2"));

        environment("AWS_REGION", "AWS_PROFILE");
        cluster.await("the variable that the Secret has got")
                .until(() -> variables(cluster).contains("AWS_PROFILE"));

        NewestVersion.edit(cronJob(cluster), found -> new CronJobBuilder(found)
                .editSpec()
                .withConcurrencyPolicy("Allow")
                .endSpec()
                .build());
        cluster.await("the policy that somebody changed is put back")
                .until(() ->
                        cronJob(cluster).get().getSpec().getConcurrencyPolicy().equals("Forbid"));

        var uid = cronJob(cluster).get().getMetadata().getUid();
        cronJob(cluster).delete();
        cluster.await("the CronJob that somebody deleted is made again").until(() -> found(cluster)
                .filter(made -> !made.getMetadata().getUid().equals(uid))
                .isPresent());

        NewestVersion.edit(cronJob(cluster), found -> new CronJobBuilder(found)
                .editSpec()
                .withSuspend(true)
                .endSpec()
                .build());
        awaitCondition(cluster, "False", "Suspended", "suspended");
        NewestVersion.edit(cronJob(cluster), found -> new CronJobBuilder(found)
                .editSpec()
                .withSuspend(false)
                .endSpec()
                .build());
        awaitCondition(cluster, "True", "Scheduled", "8 4 * * *");

        secondLookCostsNothing(operator, cluster);

        patch(cluster, "{\"spec\":{\"users\":{\"Bad Name\":[]},\"logicalBackupSchedule\":\"9 9 * * *\"}}");
        cluster.await("the bad manifest is refused").until(() -> cluster.condition("SpecAccepted")
                .filter(said -> said.getStatus().equals("False"))
                .isPresent());
        cronJob(cluster).delete();
        cluster.await("the accepted manifest stays in force").until(() -> found(cluster)
                .filter(made -> made.getSpec().getSchedule().equals("8 4 * * *"))
                .isPresent());

        patch(cluster, "{\"spec\":{\"users\":null,\"enableLogicalBackup\":false}}");
        cluster.await("the backup is switched off").until(() -> found(cluster).isEmpty());
        cluster.await("nothing is said of a backup")
                .until(() -> cluster.condition(CONDITION).isEmpty()
                        && cluster.read().orElseThrow().getStatus().backup() == null);
        assertThat(cluster.condition("Ready")).map(Condition::getStatus).contains("True");
    }

    @Test
    void cronJobOfSomebodyElseIsLeftAlone() {
        kubernetes.cluster().play();
        kubernetes.operator().start();
        var cluster = cluster("acid-clash");
        kubernetes
                .client()
                .resource(someonesCronJob("logical-backup-" + cluster.name()))
                .create();

        cluster.apply(manifest("{\"enableLogicalBackup\":true}"));

        awaitCondition(cluster, "False", "NameTaken", "CronJob logical-backup-acid-clash");
        patch(cluster, "{\"spec\":{\"enableLogicalBackup\":false}}");
        cluster.await("nothing is said of a backup")
                .until(() -> cluster.condition(CONDITION).isEmpty());
        assertThat(found(cluster)).map(job -> job.getSpec().getSchedule()).contains("1 1 1 1 *");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deletedClusterLeavesNoCronJob(boolean ownerReferences) {
        kubernetes.cluster().play();
        kubernetes
                .operator()
                .with("enable_owner_references", Boolean.toString(ownerReferences))
                .start();
        var cluster = cluster("acid-gone");
        cluster.apply(manifest("{\"enableLogicalBackup\":true}"));
        cluster.awaitReady();
        awaitCondition(cluster, "True", "Scheduled", "30 00 * * *");

        cluster.delete();

        cluster.await("the cluster is gone").until(() -> cluster.read().isEmpty());
        cluster.await("and its CronJob").until(() -> found(cluster).isEmpty());
    }

    private void secondLookCostsNothing(OperatorUnderTest operator, ClusterUnderTest cluster) {
        kubernetes.auditLog().awaitQuiet(operator.user(), QUIET, PATIENCE);
        var afterwards = kubernetes.auditLog();
        cluster.edit(manifest -> {
            manifest.getMetadata().setLabels(Map.of("owner", "somebody"));
            return manifest;
        });
        afterwards.awaitQuiet(operator.user(), QUIET, PATIENCE);
        assertThat(afterwards.workOf(operator.user())).noneMatch(request -> request.isWrite());
    }

    private void awaitCondition(ClusterUnderTest cluster, String status, String reason, String words) {
        cluster.await("condition " + CONDITION + " is " + status + ", " + reason)
                .untilAsserted(() -> assertThat(cluster.condition(CONDITION)).hasValueSatisfying(said -> {
                    assertThat(said.getStatus()).isEqualTo(status);
                    assertThat(said.getReason()).isEqualTo(reason);
                    assertThat(said.getMessage()).contains(words);
                }));
    }

    private CronJob someonesCronJob(String name) {
        return new CronJobBuilder()
                .withNewMetadata()
                .withNamespace(kubernetes.namespace())
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withSchedule("1 1 1 1 *")
                .withNewJobTemplate()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("theirs")
                .withImage("example.org/theirs")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
    }

    private void environment(String... names) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(kubernetes.namespace())
                .withName("backup-env")
                .endMetadata();
        List.of(names).forEach(name -> secret.addToStringData(name, "value"));
        kubernetes.client().resource(secret.build()).forceConflicts().serverSideApply();
    }

    private void patch(ClusterUnderTest cluster, String patch) {
        kubernetes
                .client()
                .resources(Postgresql.class)
                .inNamespace(kubernetes.namespace())
                .withName(cluster.name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private static String image(CronJob cronJob) {
        return cronJob.getSpec()
                .getJobTemplate()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    private String image(ClusterUnderTest cluster) {
        return image(cronJob(cluster).get());
    }

    private List<String> variables(ClusterUnderTest cluster) {
        return cronJob(cluster)
                .get()
                .getSpec()
                .getJobTemplate()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv()
                .stream()
                .map(variable -> variable.getName())
                .toList();
    }

    private Optional<CronJob> found(ClusterUnderTest cluster) {
        return Optional.ofNullable(cronJob(cluster).get());
    }

    private Resource<CronJob> cronJob(ClusterUnderTest cluster) {
        return kubernetes
                .client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(kubernetes.namespace())
                .withName("logical-backup-" + cluster.name());
    }

    private ClusterUnderTest cluster(String name) {
        return new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), name, PATIENCE);
    }

    private static Postgresql manifest(String more) {
        return Manifests.sampleWith("minimal.yaml", more);
    }
}
