package dev.patronioperator.cli.output;

import dev.patronioperator.cli.PlannedManifest;
import dev.patronioperator.cli.manifest.Manifest;

/** A manifest and what planning it came to. */
public record PlannedCluster(Manifest manifest, PlannedManifest planned) {

    String title() {
        return "postgresql " + manifest.namespace() + "/" + manifest.name();
    }
}
