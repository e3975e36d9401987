package dev.patronioperator;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import net.jqwik.api.Example;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Every known defect of the peer that {@code docs/compatibility.md} lists has a test, and it is there. */
class CompatibilityRegisterTest {

    private static final Path DOCUMENT = Path.of("docs/compatibility.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern ROW = Pattern.compile("^\\| .+ \\| .+ \\| `(\\w+)#(\\w+)` \\|$");

    @Test
    void everyRowHasATestThatExists() throws IOException {
        var methods = testMethods();

        assertThat(register()).hasSizeGreaterThan(50).allSatisfy(row -> {
            var test = ROW.matcher(row);
            assertThat(test.matches()).as("a row names its test: %s", row).isTrue();
            assertThat(methods).as(row).containsKey(test.group(1));
            assertThat(methods.get(test.group(1)))
                    .as("%s has no test %s", test.group(1), test.group(2))
                    .contains(test.group(2));
        });
    }

    private static List<String> register() throws IOException {
        var lines = Files.readAllLines(DOCUMENT);
        return lines.stream()
                .skip(lines.indexOf("## Known defects of the peer"))
                .dropWhile(line -> !line.startsWith("|---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    /** The tests by class; what is no method of a test is not among them. */
    private static Map<String, List<String>> testMethods() throws IOException {
        try (var files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            CompatibilityRegisterTest::methods,
                            (one, other) -> one));
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
