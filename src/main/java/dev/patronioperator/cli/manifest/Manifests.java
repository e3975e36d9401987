package dev.patronioperator.cli.manifest;

import java.util.List;

/**
 * What the given files hold.
 *
 * @param manifests the clusters that can be read, in order
 * @param problems all mistakes in the others
 * @param skipped documents of other kinds, for a notice
 */
public record Manifests(List<Manifest> manifests, List<ManifestProblem> problems, List<String> skipped) {

    public Manifests {
        manifests = List.copyOf(manifests);
        problems = List.copyOf(problems);
        skipped = List.copyOf(skipped);
    }
}
