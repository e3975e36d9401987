package dev.patronioperator.settings.parameters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.patronioperator.settings.Parameter;

import static org.assertj.core.api.Assertions.assertThat;

/** Nobody sets a parameter for nothing: it is read, or the reference says why there is nothing for it to do. */
class UsedParametersTest {

    private static final Path MAIN = Path.of("src/main/java/dev/patronioperator");
    private static final Path COMPATIBILITY = Path.of("docs/compatibility.md");
    private static final Pattern KEY = Pattern.compile("`(\\w+)`");
    private static final Pattern CONSTANT = Pattern.compile("Parameters\\.([A-Z0-9_]+)\\b");

    @Test
    void everyParameterIsReadOrSaysWhyNot() throws IOException {
        var constants = constantsInUse();
        var silent = Catalogue.parameters()
                .filter(parameter -> !constants.contains(constant(parameter)))
                .filter(parameter -> parameter.noEffect().isEmpty())
                .map(Parameter::key)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(silent)
                .as("read by nobody: use it, or give it .noEffect(reason)")
                .isEmpty();
    }

    @Test
    void whatSaysThatItHasNoEffectIsReadByNobody() throws IOException {
        var constants = constantsInUse();

        assertThat(Catalogue.parameters()
                        .filter(parameter -> parameter.noEffect().isPresent()))
                .isNotEmpty()
                .as("is read: take .noEffect(…) away")
                .noneMatch(parameter -> constants.contains(constant(parameter)));
    }

    /** The page for those who move over does not promise what is not done. */
    @Test
    void compatibilityListsEveryParameterWithoutEffect() throws IOException {
        var lines = Files.readAllLines(COMPATIBILITY);
        var listed = lines.stream()
                .skip(lines.indexOf("### Parameters without effect"))
                .dropWhile(line -> !line.startsWith("|---"))
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> KEY.matcher(line.split("\\|")[1]).results())
                .map(match -> match.group(1));

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(Catalogue.parameters()
                        .filter(parameter -> parameter.noEffect().isPresent())
                        .map(Parameter::key)
                        .toList());
    }

    private static String constant(Parameter<?> parameter) {
        return parameter.key().toUpperCase(Locale.ROOT);
    }

    /** The names of constants in the program, but for where parameters are defined. */
    private static Set<String> constantsInUse() throws IOException {
        try (var files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(MAIN.resolve("settings/parameters")))
                    .flatMap(file -> CONSTANT.matcher(text(file)).results())
                    .map(match -> match.group(1))
                    .collect(Collectors.toSet());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
