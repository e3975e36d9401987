package dev.patronioperator.sql;

import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.testkit.EmbeddedServer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever a person writes into a manifest is taken by PostgreSQL for the name or the value that it is. */
class SqlTest {

    @Test
    void fillsHoles() {
        var sql = Sql.of("ALTER ROLE ? SET ? TO ?", Sql.name("a\"b"), Sql.name("work_mem"), Sql.value("it's"));

        assertThat(sql.text()).isEqualTo("ALTER ROLE \"a\"\"b\" SET \"work_mem\" TO 'it''s'");
    }

    @Test
    void showsNoSecret() {
        var sql = Sql.of("ALTER ROLE ? PASSWORD ?", Sql.name("app"), Sql.secret("SCRAM-SHA-256$4096:abc"));

        assertThat(sql.text()).contains("SCRAM-SHA-256$4096:abc");
        assertThat(sql).hasToString("ALTER ROLE \"app\" PASSWORD '…'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DROP ROLE x; ?", "SELECT '?'", "SELECT \"?\"", "SELECT $$?$$", "SELECT E?\\"})
    void aTemplateHoldsKeywordsOnly(String template) {
        assertThatThrownBy(() -> Sql.of(template, Sql.value("x"))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "zero\0byte",
                "a-name-of-sixty-four-bytes-which-is-one-too-many-for-postgresql-",
                "ein-name-mit-umläuten-der-nur-in-zeichen-kurz-genug-wäre-äöüäöüß"
            })
    void aNameThatCannotBeIsRefused(String name) {
        assertThat(Sql.isName(name)).isFalse();
        assertThatThrownBy(() -> Sql.name(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theServerReadsBackEveryNameAndValue() {
        var nasty = List.of(
                "; DROP ROLE postgres; --",
                "$$; SELECT 1; $$",
                "a\"b'c\\d",
                "\\'; --",
                "?",
                "/* */",
                "Größe",
                "名前",
                "\uD83D\uDC18",
                "E'\\x'",
                "new\nline\ttab",
                "\"\"",
                "''",
                "x".repeat(63));
        EmbeddedServer.shared().with("postgres", session -> {
            for (var text : nasty) {
                assertThat(readBack(session, text)).containsExactly(text + "=" + text);
            }
            return true;
        });
    }

    /** Ten thousand names at a hundred a question. */
    @Property(tries = 100)
    void theServerReadsBackAnyName(@ForAll List<@StringLength(min = 1, max = 40) String> names) {
        var possible = names.stream()
                .filter(name -> new String(name.getBytes(UTF_8), UTF_8).equals(name))
                .filter(Sql::isName)
                .toList();
        EmbeddedServer.shared().with("postgres", session -> {
            for (var name : possible) {
                assertThat(readBack(session, name)).containsExactly(name + "=" + name);
            }
            return true;
        });
    }

    /** The name as the label of a column, the value as what is in it. */
    private static List<String> readBack(dev.patronioperator.postgres.session.SqlSession session, String text)
            throws java.sql.SQLException {
        return session.query(
                Sql.of("SELECT ? AS ?", Sql.value(text), Sql.name(text)),
                row -> row.getMetaData().getColumnLabel(1) + "=" + row.getString(1));
    }
}
