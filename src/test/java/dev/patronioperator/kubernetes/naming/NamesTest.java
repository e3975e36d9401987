package dev.patronioperator.kubernetes.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NamesTest {

    private static final String SECRETS = "{username}.{cluster}.credentials.{tprkind}.{tprgroup}";

    @Test
    void areThoseAFleetOfThePeerAlreadyHas() {
        var names = new Names("acid-minimal");

        assertThat(names.service(MemberRole.REPLICA)).isEqualTo("acid-minimal-repl");
        assertThat(names.dataClaim(2)).isEqualTo("pgdata-acid-minimal-2");
        assertThat(names.patroni(PatroniObject.LEADER)).isEqualTo("acid-minimal-leader");
        assertThat(names.primaryBudget("postgres-{cluster}-pdb")).isEqualTo("postgres-acid-minimal-pdb");
        assertThat(names.criticalOperationBudget()).isEqualTo("postgres-acid-minimal-critical-op-pdb");
        assertThat(names.pooler(MemberRole.PRIMARY)).isEqualTo("acid-minimal-pooler");
        assertThat(names.poolerUserList(MemberRole.REPLICA)).isEqualTo("acid-minimal-pooler-repl-u");
        assertThat(names.credentials(SECRETS, "foo_user"))
                .isEqualTo("foo-user.acid-minimal.credentials.postgresql.acid.zalan.do");
    }

    @Test
    void anUnknownPlaceholderStays() {
        assertThat(new Names("c").credentials("{username}.{cluster}.{what}", "u"))
                .isEqualTo("u.c.{what}");
    }

    @Test
    void aBackupJobIsCutToWhatACronJobMayBeCalledAndEndsInNoHyphen() {
        assertThat(new Names("acid-test").backupJob("logical-backup-")).isEqualTo("logical-backup-acid-test");
        assertThat(new Names("x".repeat(60)).backupJob("logical-backup-")).hasSize(Names.CRON_JOB_LIMIT);
        assertThat(new Names("x".repeat(51 - 15) + "-abc").backupJob("logical-backup-"))
                .isEqualTo("logical-backup-" + "x".repeat(36));
    }

    @Property
    void noTwoObjectsOfOneKindShareAName(@ForAll("clusterNames") String cluster) {
        var names = new Names(cluster);

        assertThat(services(names)).doesNotHaveDuplicates();
        assertThat(budgets(names)).doesNotHaveDuplicates();
        assertThat(secrets(names)).doesNotHaveDuplicates();
        assertThat(Stream.of(PatroniObject.values()).map(names::patroni)).doesNotHaveDuplicates();
    }

    @Property
    void whatMustBeADnsLabelIsOneForEveryClusterNameWithinTheLimit(@ForAll("clusterNames") String cluster) {
        var names = new Names(cluster);

        var labels = services(names);
        if (cluster.length() > Names.CLUSTER_LIMIT_WITH_REPLICA_POOLER) {
            labels.remove(names.pooler(MemberRole.REPLICA));
        }
        assertThat(labels).allSatisfy(name -> assertThat(name)
                .hasSizeLessThanOrEqualTo(Names.DNS_LABEL_LIMIT)
                .matches("[a-z]([-a-z0-9]*[a-z0-9])?"));
        assertThat(names.statefulSet() + "-0123456789").hasSizeLessThanOrEqualTo(Names.DNS_LABEL_LIMIT);
        assertThat(names.backupJob("logical-backup-"))
                .hasSizeLessThanOrEqualTo(Names.CRON_JOB_LIMIT)
                .doesNotEndWith("-");
    }

    @Provide
    Arbitrary<String> clusterNames() {
        return Arbitraries.strings()
                .withChars("abcxyz-019")
                .ofMinLength(1)
                .ofMaxLength(Names.CLUSTER_LIMIT)
                .filter(name -> name.matches("[a-z]([-a-z0-9]*[a-z0-9])?"));
    }

    private static List<String> services(Names names) {
        return new ArrayList<>(List.of(
                names.service(MemberRole.PRIMARY),
                names.service(MemberRole.REPLICA),
                names.patroni(PatroniObject.CONFIG),
                names.pooler(MemberRole.PRIMARY),
                names.pooler(MemberRole.REPLICA)));
    }

    private static List<String> budgets(Names names) {
        return List.of(names.primaryBudget("postgres-{cluster}-pdb"), names.criticalOperationBudget());
    }

    private static List<String> secrets(Names names) {
        return List.of(
                names.poolerUserList(MemberRole.PRIMARY),
                names.poolerUserList(MemberRole.REPLICA),
                names.credentials(SECRETS, "postgres"),
                names.credentials(SECRETS, "standby"),
                names.credentials(SECRETS, "pooler"));
    }
}
