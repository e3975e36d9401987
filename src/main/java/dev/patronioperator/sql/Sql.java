package dev.patronioperator.sql;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.postgresql.core.Utils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A statement, or a part of one, with everything in it quoted. The only way to make one is from a template of keywords, whose holes
 * ({@code ?}) are filled with names, values and other statements:
 *
 * <pre>{@code Sql.of("ALTER ROLE ? SET ? TO ?", Sql.name("orders"), Sql.name("work_mem"), Sql.value("64MB"))}</pre>
 *
 * <p>A template with a quote, a backslash, a dollar or a semicolon is refused, so that no text from a manifest can find its way into one
 * unnoticed. Names and values are written as PostgreSQL's manual says (4.1.1 and 4.1.2) for {@code standard_conforming_strings = on},
 * which a session pins.
 */
public final class Sql {

    /** Longer names are cut off by PostgreSQL, silently, and then are other names (NAMEDATALEN - 1). */
    public static final int LONGEST_NAME_IN_BYTES = 63;

    private static final String FORBIDDEN_IN_TEMPLATES = "'\"\\$;";
    private static final String SECRET_SHOWN = "'…'";

    private final String text;
    private final String shown;

    private Sql(String text, String shown) {
        this.text = text;
        this.shown = shown;
    }

    /**
     * Fills a template.
     *
     * @param template keywords with a {@code ?} for each part
     * @throws IllegalArgumentException if the template holds more than keywords, or the number of parts is not that of the holes
     */
    public static Sql of(String template, Sql... parts) {
        if (template.chars().anyMatch(c -> FORBIDDEN_IN_TEMPLATES.indexOf(c) >= 0)) {
            throw new IllegalArgumentException("a template holds keywords only; names and values are parts");
        }
        var texts = template.split("\\?", -1);
        if (texts.length != parts.length + 1) {
            throw new IllegalArgumentException(
                    "a template with " + (texts.length - 1) + " holes got " + parts.length + " parts: " + template);
        }
        return new Sql(filled(texts, parts, part -> part.text), filled(texts, parts, part -> part.shown));
    }

    /**
     * The name of a role, a database, a schema …, always quoted, so that it is taken literally.
     *
     * @throws IllegalArgumentException if no object of PostgreSQL can have this name: empty, longer than {@link #LONGEST_NAME_IN_BYTES}, or
     *     with a zero byte
     */
    public static Sql name(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a name of PostgreSQL: 1 to 63 bytes without a zero byte");
        }
        return quoted(Utils::escapeIdentifier, name);
    }

    /** Whether PostgreSQL can have an object of this name without cutting it off. */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.indexOf('\0') < 0 && name.getBytes(UTF_8).length <= LONGEST_NAME_IN_BYTES;
    }

    /** A name with the schema it is in. */
    public static Sql name(String schema, String name) {
        return of("?.?", name(schema), name(name));
    }

    /** A text literal. */
    public static Sql value(String value) {
        return quoted(
                (to, text) -> Utils.escapeLiteral(to.append('\''), text, true).append('\''), value);
    }

    /** A text literal that is shown to nobody. */
    public static Sql secret(String value) {
        return new Sql(value(value).text, SECRET_SHOWN);
    }

    /** The name of a constant of the program, which Java has letters for only, as the keyword that it is. */
    public static Sql keyword(Enum<?> keyword) {
        return new Sql(keyword.name(), keyword.name());
    }

    public static Sql number(long number) {
        var text = Long.toString(number);
        return new Sql(text, text);
    }

    /** Parts with commas between them. */
    public static Sql list(Collection<Sql> parts) {
        return joined(parts, ", ");
    }

    /** Parts with blanks between them. */
    public static Sql words(Collection<Sql> parts) {
        return joined(parts, " ");
    }

    /** Statements that are sent at once. */
    public static Sql together(Sql first, Sql second) {
        return joined(List.of(first, second), ";\n");
    }

    public static Sql names(Collection<String> names) {
        return list(names.stream().map(Sql::name).toList());
    }

    /** What is sent to the server. May hold password verifiers. */
    public String text() {
        return text;
    }

    /** For plans, logs and events: without secrets. */
    @Override
    public String toString() {
        return shown;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sql sql && text.equals(sql.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static Sql joined(Collection<Sql> parts, String separator) {
        return new Sql(
                parts.stream().map(part -> part.text).collect(Collectors.joining(separator)),
                parts.stream().map(part -> part.shown).collect(Collectors.joining(separator)));
    }

    private static String filled(String[] texts, Sql[] parts, Function<Sql, String> form) {
        var filled = new StringBuilder(texts[0]);
        for (int i = 0; i < parts.length; i++) {
            filled.append(form.apply(parts[i])).append(texts[i + 1]);
        }
        return filled.toString();
    }

    private interface Quoting {
        void append(StringBuilder to, String text) throws SQLException;
    }

    private static Sql quoted(Quoting quoting, String raw) {
        var text = new StringBuilder();
        try {
            quoting.append(text, raw);
        } catch (SQLException e) {
            throw new IllegalArgumentException("a text of PostgreSQL holds no zero byte", e);
        }
        return new Sql(text.toString(), text.toString());
    }
}
