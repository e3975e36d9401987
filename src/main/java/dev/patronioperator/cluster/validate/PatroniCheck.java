package dev.patronioperator.cluster.validate;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.patronioperator.api.PatroniSpec;

/** Patroni's part: numbers, access rules and replication slots. */
final class PatroniCheck implements SpecCheck {

    private static final Set<String> CONNECTION_TYPES = Set.of(
            "local",
            "host",
            "hostssl",
            "hostnossl",
            "hostgssenc",
            "hostnogssenc",
            "include",
            "include_if_exists",
            "include_dir");
    private static final Set<String> SLOT_TYPES = Set.of("physical", "logical");
    private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1,63}");

    @Override
    public void check(Subject subject, Problems problems) {
        var patroni = subject.spec().patroni();
        if (patroni != null) {
            numbers(patroni, problems);
            accessRules(patroni, problems);
            Absent.asEmpty(patroni.initdb())
                    .forEach((option, value) -> problems.present(
                            "spec.patroni.initdb[" + option + "]",
                            value == null ? null : "given",
                            "the value of the option, \"true\" for one that has none"));
            Absent.asEmpty(patroni.slots()).forEach((name, slot) -> slot(name, Absent.asEmpty(slot), problems));
        }
    }

    private static void numbers(PatroniSpec patroni, Problems problems) {
        problems.within("spec.patroni.ttl", patroni.ttl(), 0, Integer.MAX_VALUE);
        problems.within("spec.patroni.loop_wait", patroni.loopWait(), 0, Integer.MAX_VALUE);
        problems.within("spec.patroni.retry_timeout", patroni.retryTimeout(), 0, Integer.MAX_VALUE);
        problems.within("spec.patroni.maximum_lag_on_failover", patroni.maximumLagOnFailover(), 0, Long.MAX_VALUE);
        problems.within("spec.patroni.synchronous_node_count", patroni.synchronousNodeCount(), 0, Integer.MAX_VALUE);
    }

    private static void accessRules(PatroniSpec patroni, Problems problems) {
        var lines = Absent.asEmpty(patroni.pgHba());
        for (int i = 0; i < lines.size(); i++) {
            var line = String.valueOf(lines.get(i)).strip();
            var field = "spec.patroni.pg_hba[" + i + "]";
            if (line.contains("\n")) {
                problems.refuse(field, line, "has to be one line");
            } else if (!line.isEmpty() && !line.startsWith("#") && !CONNECTION_TYPES.contains(line.split("\\s+")[0])) {
                problems.refuse(
                        field,
                        line,
                        "does not begin with a connection type: local, host, hostssl, hostnossl, hostgssenc or "
                                + "hostnogssenc");
            }
        }
    }

    private static void slot(String name, Map<String, String> slot, Problems problems) {
        var field = "spec.patroni.slots[" + name + "]";
        problems.matches(field, name, SLOT, "is no name of a replication slot: a-z, 0-9 and _, at most 63 characters");
        var type = slot.get("type");
        if (type != null && !SLOT_TYPES.contains(type)) {
            problems.refuse(field + ".type", type, "is no type of slot: physical or logical");
        }
        if ("logical".equals(type)) {
            problems.present(field + ".database", slot.get("database"), "the database of a logical slot");
            problems.present(
                    field + ".plugin", slot.get("plugin"), "the output plugin of a logical slot, such as pgoutput");
        }
    }
}
