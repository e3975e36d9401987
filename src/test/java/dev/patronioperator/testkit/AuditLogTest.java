package dev.patronioperator.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AuditLogTest {

    @TempDir
    Path folder;

    @Test
    void aLineThatIsHalfWrittenWhenTheReaderIsMadeIsOfTheTimeBefore() throws IOException {
        var file = folder.resolve("audit.log");
        var before = line("/before");
        Files.writeString(file, line("/long-before") + before.substring(0, 30));
        var log = AuditLog.from(file);
        assertThat(log.requestsOf("somebody")).isEmpty();

        append(file, before.substring(30) + line("/now") + line("/next").substring(0, 40));
        assertThat(log.requestsOf("somebody")).extracting(AuditLog.Request::uri).containsExactly("/now");

        append(file, line("/next").substring(40));
        assertThat(log.requestsOf("somebody")).extracting(AuditLog.Request::uri).containsExactly("/now", "/next");
    }

    @Test
    void aReaderThatIsMadeBetweenTwoLinesLosesNone() throws IOException {
        var file = folder.resolve("audit.log");
        Files.writeString(file, line("/before"));
        var log = AuditLog.from(file);

        append(file, line("/now"));

        assertThat(log.requestsOf("somebody")).extracting(AuditLog.Request::uri).containsExactly("/now");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private static String line(String uri) {
        return "{\"stage\":\"ResponseComplete\",\"verb\":\"get\",\"requestURI\":\"" + uri
                + "\",\"user\":{\"username\":\"somebody\"},\"responseStatus\":{\"code\":200}}\n";
    }
}
