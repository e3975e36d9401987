package dev.patronioperator.settings.decoding;

import java.util.Comparator;
import java.util.List;

import dev.patronioperator.settings.Settings;

/**
 * What became of a document.
 *
 * @param settings with the default in place of every value that could not be read
 * @param problems all of them, errors first
 */
public record Decoded(Settings settings, List<Problem> problems) {
    public Decoded {
        problems = problems.stream()
                .sorted(Comparator.comparing(Problem::severity))
                .toList();
    }

    /** Whether the settings may come into force: there is no error. */
    public boolean isAccepted() {
        return problems.stream().noneMatch(Problem::isError);
    }
}
