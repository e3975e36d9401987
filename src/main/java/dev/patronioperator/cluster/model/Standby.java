package dev.patronioperator.cluster.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.EnvVar;

import dev.patronioperator.api.StandbySpec;
import dev.patronioperator.manifest.Given;

/**
 * What a standby cluster follows: a primary, an archive, or both.
 *
 * @param primary where it streams from
 * @param archive where it reads WAL from
 */
public record Standby(Optional<Primary> primary, Optional<WalArchive> archive) {

    public record Primary(String host, Optional<String> port, Optional<String> slot) {}

    /** The store of an archive. */
    public enum Store {
        S3,
        GS
    }

    public record WalArchive(Store store, String path) {}

    private static final Pattern ARCHIVE = Pattern.compile("STANDBY_WALE_(S3|GS|GSC|SWIFT)_PREFIX");

    /** Whether variables of the manifest make the cluster a standby without the section. */
    static boolean isMeantBy(List<EnvVar> env) {
        return env.stream()
                .anyMatch(variable -> ARCHIVE.matcher(variable.getName()).matches()
                        && Given.text(variable.getValue()).isPresent());
    }

    static Optional<Standby> of(StandbySpec spec) {
        if (spec == null) {
            return Optional.empty();
        }
        return Optional.of(new Standby(
                Given.text(spec.standbyHost())
                        .map(host -> new Primary(
                                host, Given.text(spec.standbyPort()), Given.text(spec.standbyPrimarySlotName()))),
                Given.text(spec.s3WalPath())
                        .map(path -> new WalArchive(Store.S3, path))
                        .or(() -> Given.text(spec.gsWalPath()).map(path -> new WalArchive(Store.GS, path)))));
    }
}
