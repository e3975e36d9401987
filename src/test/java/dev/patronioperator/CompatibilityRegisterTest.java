package dev.patronioperator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every known defect of the peer is in {@code docs/compatibility.md}: with tests that exist, or with the reason why there is none.
 */
class CompatibilityRegisterTest {

    private static final DocumentedTests DOCUMENT = new DocumentedTests(Path.of("docs/compatibility.md"));
    private static final Pattern WITH_TESTS =
            Pattern.compile("\\| (\\w+-\\d+) \\| .+ \\| .+ \\| (" + DocumentedTests.LIST + ") \\|");
    private static final Pattern WITHOUT_TEST = Pattern.compile("\\| (\\w+-\\d+) \\| [^|]+ \\| [^|]+ \\|");

    /** How many defects are known of each part of the peer. */
    private static final Map<String, Integer> KNOWN = Map.of(
            "loop", 37,
            "manifest", 42,
            "config", 17,
            "sql", 22,
            "pooler", 9,
            "backup", 9,
            "clone", 8,
            "tls", 1,
            "upgrade", 1);

    @Test
    void noDefectIsLeftOutOrTwiceThere() throws IOException {
        var ids = Stream.concat(
                        DOCUMENT.table("## Known defects of the peer", WITH_TESTS),
                        DOCUMENT.table("Without a test of its own:", WITHOUT_TEST))
                .map(row -> row.group(1));

        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(KNOWN.entrySet().stream()
                        .flatMap(part -> IntStream.rangeClosed(1, part.getValue())
                                .mapToObj(number -> part.getKey() + "-" + number))
                        .toList());
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        DocumentedTests.assertExist(DOCUMENT.table("## Known defects of the peer", WITH_TESTS)
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2))));
    }
}
