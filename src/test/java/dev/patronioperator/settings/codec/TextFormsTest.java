package dev.patronioperator.settings.codec;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.settings.value.MajorVersionUpgradeMode;

import static org.assertj.core.api.Assertions.assertThat;

/** The grammar of a ConfigMap's values, as the peer's users know it. */
class TextFormsTest {

    private static <T> String read(Codec<T> codec, String text) {
        return switch (codec.fromText(text)) {
            case Parsed.Valid<T>(var value) -> codec.toText(value);
            case Parsed.Invalid<T> _ -> "refused";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "1, true", "t, true", "T, true", "TRUE, true", "true, true", "True, true",
        "0, false", "f, false", "F, false", "FALSE, false", "false, false", "False, false",
        "yes, refused", "on, refused", "tRUE, refused", "' true', refused",
    })
    void booleans(String text, String meaning) {
        assertThat(read(Codecs.BOOLEAN, text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "8, 8",
        "+8, 8",
        "-1, -1",
        "0x1F, 31",
        "0X1f, 31",
        "010, 8",
        "0o10, 8",
        "0b101, 5",
        "1_000, 1000",
        "2147483647, 2147483647",
        "2147483648, refused",
        "-2, refused",
        "08, refused",
        "1., refused",
        "1e3, refused",
        "_1, refused",
        "' 1', refused",
        "0x, refused",
    })
    void integers(String text, String meaning) {
        assertThat(read(Codecs.integer(-1), text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "90s, 1m30s",
        "1h30m, 1h30m",
        "1.5h, 1h30m",
        ".5s, 500ms",
        "300ms, 300ms",
        "10m0s, 10m",
        "0, 0s",
        "0s, 0s",
        "1µs, 1us",
        "1000us, 1ms",
        "+5m, 5m",
        "24h, 24h",
        "5, refused",
        "5 m, refused",
        "1d, refused",
        "-5m, refused",
        "m, refused",
        "9999999h, refused",
        "., refused",
    })
    void durations(String text, String meaning) {
        assertThat(read(Codecs.DURATION, text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0s", "0h0m"})
    void someDurationsMustLast(String text) {
        assertThat(read(Codecs.POSITIVE_DURATION, text)).isEqualTo("refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a,b | a,b", "a, b | a,b", "a | a", "a,,b | a,b", "a, | a", "' ,' | ''"})
    void lists(String text, String meaning) {
        assertThat(read(Codecs.NAMES, text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a:b,c:d | a:b,c:d",
                "a:b, c:d | a:b,c:d",
                "a: b | a:b",
                "a:\"b,c\",d:e | a:\"b,c\",d:e",
                "a:'b,c' | a:'b,c'",
                "a:\"it's, so\" | a:\"it's, so\"",
                "a: | a:",
                "a:b,a:c | a:c",
                "image:registry/x:1.2 | image:registry/x:1.2",
                "a | refused",
                "a:b, | refused",
                "a:\"b,c:d | refused",
            })
    void maps(String text, String meaning) {
        assertThat(read(Codecs.MAP, text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "500m, 500m",
        "1.5, 1.5",
        "2Gi, 2Gi",
        "1e3, 1e3",
        "100M, 100M",
        "0, ''",
        "null, ''",
        "lots, refused",
        "1 Gi, refused",
        "-1, refused",
        "1GB, refused",
        "1gi, refused",
    })
    void quantities(String text, String meaning) {
        assertThat(read(Codecs.MEMORY, text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "name, name",
        "ns/name, ns/name",
        "/name, name",
        "ns//name, ns/name",
        "ns/, refused",
        "a/b/c, refused",
        "/, refused"
    })
    void namespacedNames(String text, String meaning) {
        assertThat(read(Codecs.NAMESPACED_NAME, text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "01:00-03:30, 01:00-03:30",
        "Sun:1:0-2:5, Sun:01:00-02:05",
        "' Mon:00:00-23:59 ', Mon:00:00-23:59",
        "03:00-01:00, refused",
        "24:00-25:00, refused",
        "sun:01:00-02:00, refused",
        "01:00, refused",
        "Sunday:01:00-02:00, refused",
        "01:00-02:60, refused",
    })
    void maintenanceWindows(String text, String meaning) {
        assertThat(read(Codecs.WINDOWS, text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 00 * * * | 30 00 * * *",
                "*/5 1-3,7 * JAN MON-FRI | */5 1-3,7 * JAN MON-FRI",
                "@daily | @daily",
                "* * * * | refused",
                "* * * * * * | refused",
                "@never | refused",
                "at noon | refused",
            })
    void schedules(String text, String meaning) {
        assertThat(read(Codecs.CRON, text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key:postgres,operator:Exists,effect:NoSchedule | key:postgres,operator:Exists,effect:NoSchedule",
                "effect:NoSchedule | ''",
                "key:a,operator:Sometimes | refused",
                "key:a,colour:red | refused",
            })
    void tolerations(String text, String meaning) {
        assertThat(read(Codecs.SINGLE_TOLERATION, text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "when_deleted:delete | when_deleted:delete,when_scaled:retain",
                "when_deleted:retain,when_scaled:delete | when_deleted:retain,when_scaled:delete",
                "when_scaled:perhaps | refused",
                "when_moved:delete | refused",
            })
    void claimRetention(String text, String meaning) {
        assertThat(read(Codecs.CLAIM_RETENTION, text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secretname:ns/s,userkey:u,passwordkey:p,rolekey:r | secretname:ns/s,userkey:u,passwordkey:p,rolekey:r",
                "secretname:s,defaultuservalue:me,passwordkey:p | secretname:s,passwordkey:p,defaultuservalue:me",
                "secretname:s,userkey:u | refused",
                "userkey:u,passwordkey:p | refused",
                "secretname:s,userkey:u,passwordkey:p,rol:r | refused",
            })
    void infrastructureRoles(String text, String meaning) {
        assertThat(read(Codecs.INFRASTRUCTURE_ROLES, text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({"off, off", "manual, manual", "Manual, refused", "always, refused"})
    void words(String text, String meaning) {
        assertThat(read(Codecs.oneOf(MajorVersionUpgradeMode.values()), text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "9.6", "017", "170"})
    void majorVersions(String text) {
        assertThat(read(Codecs.MAJOR_VERSION, text)).isEqualTo("refused");
    }

    @ParameterizedTest
    @CsvSource({"ns, s, ns/s", "'', s, s"})
    void namespacedNameAsObjectAsVersion200OfThePeerWroteIt(String namespace, String name, String meaning) {
        var parsed = Codecs.NAMESPACED_NAME.fromTree(Map.of("namespace", namespace, "name", name), null);
        assertThat(parsed.map(Optional::orElseThrow).map(Object::toString)).isEqualTo(Parsed.valid(meaning));
    }
}
