package dev.patronioperator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A committed file that is made from the code. Its test fails when the two differ; the same test with {@code -Dgenerate.update=true}
 * writes it.
 */
public record GeneratedFile(Path path) {

    public static GeneratedFile of(String path) {
        return new GeneratedFile(Path.of(path));
    }

    public void holds(String content) {
        try {
            if (Boolean.getBoolean("generate.update")) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.writeString(path, content);
            }
            assertThat(Files.exists(path) ? Files.readString(path) : "")
                    .as(
                            "%s is not what the code says: run the test again with -Dgenerate.update=true and commit the file",
                            path)
                    .isEqualTo(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
