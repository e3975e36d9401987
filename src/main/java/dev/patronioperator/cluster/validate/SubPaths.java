package dev.patronioperator.cluster.validate;

import java.util.List;

/** Folders inside volumes. */
final class SubPaths {

    private SubPaths() {}

    static void check(String field, String path, Problems problems) {
        if (path != null && (path.startsWith("/") || List.of(path.split("/")).contains(".."))) {
            problems.refuse(field, path, "has to be a path inside the volume: not starting with / and without ..");
        }
    }
}
