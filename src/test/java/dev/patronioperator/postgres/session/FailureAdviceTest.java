package dev.patronioperator.postgres.session;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.sql.Subject;

import static org.assertj.core.api.Assertions.assertThat;

class FailureAdviceTest {

    private static final Sql STATEMENT = Sql.of("SELECT 1");

    private static String advice(Subject about, String sqlState) {
        return FailureAdvice.of(
                SqlChange.of("shop", about, List.of(STATEMENT), List.of("a test")),
                new SqlFailure(sqlState, "no", Optional.empty(), STATEMENT));
    }

    @ParameterizedTest
    @CsvSource({
        "58P01, Use an image that has the files of this extension",
        "22023, See which versions the image has",
        "53100, The volume is full",
        "XX000, Correct the manifest"
    })
    void ofAnExtensionTheImageIsTold(String sqlState, String told) {
        assertThat(advice(new Subject.Extension("postgis", "shop"), sqlState)).startsWith(told);
    }

    @ParameterizedTest
    @CsvSource({
        "58P01, Correct the manifest",
        "22023, This server does not take the value",
        "53100, The volume is full",
        "XX000, Correct the manifest"
    })
    void whatIsOnlyCalledLikeAnExtensionIsNone(String sqlState, String told) {
        assertThat(advice(new Subject.Role("extension postgis"), sqlState)).startsWith(told);
        assertThat(advice(new Subject.Schema("extension", "shop"), sqlState)).startsWith(told);
    }
}
