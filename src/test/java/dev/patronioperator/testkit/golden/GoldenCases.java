package dev.patronioperator.testkit.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The golden cases: those of the test resources and, if the system property {@code golden.cases} names a directory, those in it, in the form in which the
 * peer was recorded. A case there replaces one of the same name.
 */
public final class GoldenCases {

    /** Names a directory with more cases. */
    public static final String MORE = "golden.cases";

    /** A regular expression for the names of the cases, to run a few. */
    public static final String ONLY = "golden.only";

    private GoldenCases() {}

    /** All cases, by number. */
    public static List<GoldenCase> all() {
        var cases = new TreeMap<String, GoldenCase>();
        var own = new CaseFiles(folder());
        load(own.folder(), file -> file.toString().matches(".*/\\d+-[^/]*\\.yaml"), own::load, cases);
        more().ifPresent(directory -> {
            var recorded = new RecordedFolders(directory, own.baseConfiguration());
            load(directory, folder -> Files.exists(folder.resolve("case.yaml")), recorded::load, cases);
        });
        return cases.values().stream()
                .filter(golden -> golden.name().matches(System.getProperty(ONLY, ".*")))
                .toList();
    }

    /** Whether the case is not one of this project. */
    public static boolean isFromElsewhere(GoldenCase golden) {
        return more().filter(directory ->
                        Files.isDirectory(directory.resolve(golden.name().replaceFirst(GoldenCase.AFTER + "$", ""))))
                .isPresent();
    }

    private static Optional<Path> more() {
        return Optional.ofNullable(System.getProperty(MORE))
                .filter(directory -> !directory.isBlank())
                .map(Path::of);
    }

    private static void load(
            Path directory,
            java.util.function.Predicate<Path> isCase,
            Function<String, GoldenCase> load,
            TreeMap<String, GoldenCase> into) {
        try (var files = Files.list(directory)) {
            files.filter(isCase)
                    .map(file -> file.getFileName().toString().replaceFirst("\\.yaml$", ""))
                    .forEach(name -> into.put(name, load.apply(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(GoldenCases.class.getResource("/golden").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
