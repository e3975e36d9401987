package dev.patronioperator.cluster.model;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.manifest.Given;

/**
 * How the first member comes by its data.
 *
 * @param initdb options of initdb by name
 * @param pgHba lines that replace the image's own; empty: the image's own stay
 */
public record Bootstrap(
        SortedMap<String, String> initdb,
        List<String> pgHba,
        Optional<CloneSource> cloneSource,
        Optional<Standby> standby) {

    static Bootstrap of(PostgresqlSpec spec) {
        var patroni = spec.patroni();
        return new Bootstrap(
                new TreeMap<>(Given.map(patroni == null ? null : patroni.initdb())),
                List.copyOf(Given.list(patroni == null ? null : patroni.pgHba())),
                CloneSource.of(spec.cloneFrom()),
                Standby.of(spec.standby()));
    }
}
