package dev.patronioperator.postgres.secrets;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class PasswordVerifierTest {

    private static final String SCRAM =
            "SCRAM-SHA-256$4096:c2FsdA==$lF4cRm/Jky763CN4HtxdHnjV4Q8AWTNlKvGmEFFU8IQ=:ub8OgRsftnk2ccDMOt7ffHXNcikRkQkq1lh4xaAqrSw=";
    private static final String MD5 = "md587f77988ccb5aa917c93201ba314fcd4";

    @Test
    void isWhatTheServerWouldStore() {
        assertThat(PasswordVerifier.of("password", "test", PasswordEncryption.SCRAM_SHA_256, "salt".getBytes(UTF_8))
                        .text())
                .isEqualTo(SCRAM);
        assertThat(PasswordVerifier.of("password", "test", PasswordEncryption.MD5, new byte[0])
                        .text())
                .isEqualTo(MD5);
    }

    @Test
    void checksWithTheSaltOfTheStoredOne() {
        var stored = PasswordVerifier.parse(SCRAM).orElseThrow();

        assertThat(stored.verifies("password", "test")).isTrue();
        assertThat(stored.verifies("passw0rd", "test")).isFalse();
        assertThat(PasswordVerifier.parse(MD5).orElseThrow().verifies("password", "test"))
                .isTrue();
        assertThat(PasswordVerifier.parse(MD5).orElseThrow().verifies("password", "another"))
                .isFalse();
    }

    @Test
    void isNotTakenForAPassword() {
        assertThat(PasswordVerifier.parse("SCRAM-SHA-256 is what I like")).isEmpty();
        assertThat(PasswordVerifier.parse("md5")).isEmpty();
        assertThat(PasswordVerifier.parse("")).isEmpty();
    }

    /** Any role can give itself such a verifier; PostgreSQL takes all of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0:c2FsdA==",
                "000:c2FsdA==",
                "999999999:c2FsdA==",
                "4096:c2FsdA==c2FsdA==",
                "4096:====",
                "4096:c2FsdB=="
            })
    void whatNoServerMakesIsNobodysPassword(String iterationsAndSalt) {
        var made = PasswordVerifier.parse(SCRAM.replace("4096:c2FsdA==", iterationsAndSalt));

        assertThat(made).hasValueSatisfying(stored -> assertThat(stored.verifies("password", "test"))
                .isFalse());
    }

    @Test
    void printsNothingOfItself() {
        assertThat(PasswordVerifier.parse(SCRAM).orElseThrow()).hasToString("PasswordVerifier[SCRAM_SHA_256]");
    }

    @Property(tries = 30)
    void everyPasswordIsVerifiedByItsOwnVerifier(@ForAll @NotEmpty String password, @ForAll PasswordEncryption kind) {
        var verifier = PasswordVerifier.of(password, "role", kind, new byte[] {1, 2, 3, 4});

        assertThat(PasswordVerifier.parse(verifier.text())).hasValueSatisfying(parsed -> {
            assertThat(parsed.kind()).isEqualTo(kind);
            assertThat(parsed.verifies(password, "role")).isTrue();
            assertThat(parsed.verifies(password + "x", "role")).isFalse();
        });
    }
}
