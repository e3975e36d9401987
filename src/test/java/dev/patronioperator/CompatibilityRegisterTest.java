package dev.patronioperator;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import net.jqwik.api.Example;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every known defect of the peer is in {@code docs/compatibility.md}: with tests that exist, or with the reason why there is none.
 */
class CompatibilityRegisterTest {

    private static final Path DOCUMENT = Path.of("docs/compatibility.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final String TEST = "`\\w+#\\w+`";
    private static final Pattern WITH_TESTS =
            Pattern.compile("\\| (\\w+-\\d+) \\| .+ \\| .+ \\| (" + TEST + "(?:, " + TEST + ")*) \\|");
    private static final Pattern WITHOUT_TEST = Pattern.compile("\\| (\\w+-\\d+) \\| [^|]+ \\| [^|]+ \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)#(\\w+)`");

    /** How many defects are known of each part of the peer. */
    private static final Map<String, Integer> KNOWN = Map.of(
            "loop", 37,
            "manifest", 40,
            "config", 16,
            "sql", 22,
            "pooler", 9,
            "backup", 9,
            "clone", 8,
            "tls", 1,
            "upgrade", 1);

    @Test
    void noDefectIsLeftOutOrTwiceThere() throws IOException {
        var ids = Stream.concat(
                        table("## Known defects of the peer", WITH_TESTS),
                        table("Without a test of its own:", WITHOUT_TEST))
                .map(row -> row.group(1));

        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(KNOWN.entrySet().stream()
                        .flatMap(part -> IntStream.rangeClosed(1, part.getValue())
                                .mapToObj(number -> part.getKey() + "-" + number))
                        .toList());
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        var methods = testMethods();

        assertThat(table("## Known defects of the peer", WITH_TESTS))
                .allSatisfy(row -> assertThat(NAME.matcher(row.group(2)).results())
                        .allSatisfy(test -> assertThat(methods.getOrDefault(test.group(1), List.of()))
                                .as("%s: %s", row.group(1), test.group())
                                .contains(test.group(2))));
    }

    /** The rows of the first table after a line. */
    private static Stream<Matcher> table(String line, Pattern form) throws IOException {
        var lines = Files.readAllLines(DOCUMENT);
        return lines.stream()
                .skip(lines.indexOf(line))
                .dropWhile(row -> !row.startsWith("|---"))
                .skip(1)
                .takeWhile(row -> row.startsWith("|"))
                .map(form::matcher)
                .peek(row -> assertThat(row.matches()).as("%s", row).isTrue());
    }

    /** The tests by class; what is no method of a test is not among them. */
    private static Map<String, List<String>> testMethods() throws IOException {
        try (var files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            CompatibilityRegisterTest::methods,
                            (one, other) ->
                                    Stream.concat(one.stream(), other.stream()).toList()));
        }
    }

    private static List<String> methods(Path file) {
        try {
            var name = TESTS.relativize(file).toString().replace(".java", "").replace('/', '.');
            return Stream.of(Class.forName(name, false, CompatibilityRegisterTest.class.getClassLoader())
                            .getDeclaredMethods())
                    .filter(method -> Stream.of(Test.class, ParameterizedTest.class, Property.class, Example.class)
                            .anyMatch(method::isAnnotationPresent))
                    .map(Method::getName)
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(file + " was not compiled", e);
        }
    }
}
