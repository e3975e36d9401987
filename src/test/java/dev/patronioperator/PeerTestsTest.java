package dev.patronioperator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** {@code docs/peer-tests.md} says which of our tests hold what the Zalando operator's hold: they have to be there. */
class PeerTestsTest {

    private static final Pattern ROW = Pattern.compile("\\| ([^|]+) \\| [^|]+ \\| (" + DocumentedTests.LIST + ") \\|");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        DocumentedTests.assertExist(new DocumentedTests(Path.of("docs/peer-tests.md"))
                .table("## With tests of ours", ROW)
                .collect(Collectors.toMap(
                        row -> row.group(1), row -> row.group(2), (one, other) -> one + ", " + other)));
    }
}
