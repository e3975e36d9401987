package dev.patronioperator.cluster.validate;

import java.util.regex.Pattern;

import dev.patronioperator.api.CloneSpec;
import dev.patronioperator.api.StandbySpec;

/** Where data comes from: a clone, of which only a new cluster takes notice, or a primary or archive that is followed. */
final class BootstrapCheck implements SpecCheck {

    private static final Pattern TIMESTAMP = Pattern.compile(
            "\\d+-(0[1-9]|1[012])-(0[1-9]|[12]\\d|3[01])[Tt]([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?[+-]([01]\\d|2[0-3]):[0-5]\\d");
    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");
    private static final Pattern PORT =
            Pattern.compile("[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]");

    @Override
    public void check(Subject subject, Problems problems) {
        var spec = subject.spec();
        if (subject.isNew() && spec.cloneFrom() != null) {
            clone(subject, spec.cloneFrom(), problems);
            if (spec.standby() != null) {
                problems.refuse(
                        "spec.standby", "excludes spec.clone: a new cluster is either a copy or follows another");
            }
        }
        if (spec.standby() != null) {
            standby(spec.standby(), problems);
        }
    }

    private static void clone(Subject subject, CloneSpec clone, Problems problems) {
        problems.matches(
                "spec.clone.timestamp",
                clone.timestamp(),
                TIMESTAMP,
                "is no time with a numeric offset, such as " + "2026-03-01T12:00:00+00:00");
        problems.matches("spec.clone.uid", clone.uid(), UUID, "is no UID of an object");
        if (problems.present("spec.clone.cluster", clone.cluster(), "the cluster to copy")
                && clone.timestamp() == null) {
            problems.matches(
                    "spec.clone.cluster",
                    clone.cluster(),
                    Forms.SERVICE_NAME,
                    "is no name of a running cluster: a-z, 0-9 and -, "
                            + "starting with a letter, at most 63 characters");
            if (clone.cluster().equals(subject.name())) {
                problems.refuse(
                        "spec.clone.cluster",
                        clone.cluster(),
                        "is the cluster itself: without a timestamp the source has to run");
            }
        }
    }

    private static void standby(StandbySpec standby, Problems problems) {
        if (standby.standbyHost() == null && standby.s3WalPath() == null && standby.gsWalPath() == null) {
            problems.refuse("spec.standby", "names nothing to follow: standby_host, s3_wal_path or gs_wal_path");
        }
        if (standby.s3WalPath() != null && standby.gsWalPath() != null) {
            problems.refuse("spec.standby", "has two archives: either s3_wal_path or gs_wal_path");
        }
        if (standby.standbyPort() != null && !standby.standbyPort().isEmpty()) {
            problems.matches("spec.standby.standby_port", standby.standbyPort(), PORT, "is no port: 1 to 65535");
        }
    }
}
