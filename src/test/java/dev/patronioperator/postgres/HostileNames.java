package dev.patronioperator.postgres;

import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Names by which somebody who writes a manifest may try to get out of the quotes, and some that are only unusual. */
final class HostileNames {

    private static final String[] PIECES = {
        "'",
        "''",
        "\"",
        "\"\"",
        ";",
        "$$",
        "$x$",
        "\\",
        "\\'",
        "--",
        "/*",
        "*/",
        "?",
        "%s",
        "%I",
        "E'",
        "U&\"",
        "B'1'",
        ":name",
        "@",
        "\n",
        "\r",
        "\t",
        " ",
        ".",
        ",",
        "(",
        ")",
        "=",
        "[",
        "{",
        "a",
        "Z",
        "_",
        "0",
        "ß",
        "İ",
        "名",
        "\u0301",
        "\u202E",
        "\u200B",
        "\uFEFF",
        "🐘",
        "\u0001",
        "\u007F",
        "DROP ROLE postgres",
        "; SELECT 1; --",
        " SUPERUSER",
        "public",
        "pg_catalog",
        "user",
        "NULL"
    };

    private HostileNames() {}

    /** Names that PostgreSQL can have, up to its longest. */
    static Arbitrary<String> possible() {
        return Arbitraries.of(PIECES)
                .list()
                .ofMinSize(1)
                .ofMaxSize(24)
                .map(pieces -> cut(String.join("", pieces)))
                .filter(HostileNames::isFree);
    }

    /** Whether PostgreSQL does not keep the name for itself, or has it. */
    private static boolean isFree(String name) {
        return !name.startsWith("pg_") && !Set.of("public", "none", "postgres").contains(name);
    }

    /** Whole characters, as many as go into a name. */
    private static String cut(String text) {
        var end = text.length();
        while (text.substring(0, end).getBytes(UTF_8).length > 63) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }
}
