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
import java.util.stream.Stream;

import net.jqwik.api.Example;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A document with tables whose rows name tests.
 *
 * @param document its file
 */
record DocumentedTests(Path document) {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAME = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final String TEST = "`\\w+#\\w+`";

    /** One or more tests in a cell of a table. */
    static final String LIST = TEST + "(?:, " + TEST + ")*";

    /** The rows of the first table after a line; each has to be of that form. */
    Stream<Matcher> table(String line, Pattern form) throws IOException {
        var lines = Files.readAllLines(document);
        assertThat(lines).contains(line);
        return lines.stream()
                .skip(lines.indexOf(line))
                .dropWhile(row -> !row.startsWith("|---"))
                .skip(1)
                .takeWhile(row -> row.startsWith("|"))
                .map(form::matcher)
                .peek(row -> assertThat(row.matches()).as("%s", row).isTrue());
    }

    /** @param tests lists of tests, each by what it is there for */
    static void assertExist(Map<String, String> tests) throws IOException {
        var methods = methods();
        assertThat(tests).isNotEmpty().allSatisfy((row, list) -> assertThat(
                        NAME.matcher(list).results())
                .allSatisfy(test -> assertThat(methods.getOrDefault(test.group(1), List.of()))
                        .as("%s: %s", row, test.group())
                        .contains(test.group(2))));
    }

    /** The tests by class; what is no method of a test is not among them. */
    private static Map<String, List<String>> methods() throws IOException {
        try (var files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            DocumentedTests::methods,
                            (one, other) ->
                                    Stream.concat(one.stream(), other.stream()).toList()));
        }
    }

    private static List<String> methods(Path file) {
        try {
            var name = TESTS.relativize(file).toString().replace(".java", "").replace('/', '.');
            return Stream.of(Class.forName(name, false, DocumentedTests.class.getClassLoader())
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
