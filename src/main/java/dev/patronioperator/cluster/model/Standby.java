package dev.patronioperator.cluster.model;

import java.util.Optional;

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
