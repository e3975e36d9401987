package dev.patronioperator.postgres.secrets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a server stores of a password, the value of {@code rolpassword} in {@code pg_authid}: enough to check the password, not to know
 * it. PostgreSQL takes a verifier in place of a password, so that the password itself is never sent, logged or found in a statement.
 *
 * <p>A SCRAM verifier holds a salt: the same password has as many verifiers as there are salts. Whether a stored verifier is that of a
 * password is therefore asked with {@link #verifies}, not by comparing texts; else every look would find a difference, and every client
 * of a connection pooler would have to log in again.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-authid.html">pg_authid</a>
 */
public record PasswordVerifier(String text) {

    /** Of PostgreSQL itself, {@code scram_iterations}. */
    private static final int ITERATIONS = 4096;

    /**
     * Whoever can log in can give itself a verifier with hundreds of millions of them, and each look would compute for minutes. A million is
     * more than anybody advises, and takes less than a second.
     */
    private static final int MOST_ITERATIONS = 1_000_000;

    private static final ScramMechanism MECHANISM = ScramMechanism.SCRAM_SHA_256;
    private static final Pattern SCRAM =
            Pattern.compile("SCRAM-SHA-256\\$(\\d{1,9}):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]{44}):([A-Za-z0-9+/=]{44})");
    private static final Pattern MD5 = Pattern.compile("md5[0-9a-f]{32}");

    /**
     * The text as a verifier, if it is one. A Secret may hold a verifier instead of a password; it is then given to the server as it is.
     */
    public static Optional<PasswordVerifier> parse(String text) {
        return SCRAM.matcher(text).matches() || MD5.matcher(text).matches()
                ? Optional.of(new PasswordVerifier(text))
                : Optional.empty();
    }

    /**
     * Makes a verifier.
     *
     * @param password not empty: PostgreSQL takes an empty password for none
     * @param role the name of the role: part of an MD5 verifier
     * @param salt random, 16 bytes as PostgreSQL's own; used for SCRAM only
     */
    public static PasswordVerifier of(String password, String role, PasswordEncryption kind, byte[] salt) {
        return switch (kind) {
            case MD5 -> md5(password, role);
            case SCRAM_SHA_256 -> scram(password, salt, ITERATIONS);
        };
    }

    /**
     * Whether a person with this password is let in as the role. Nobody is without one; nor, for us, with a verifier that no server would
     * make by itself, as any role can give itself one: it is then written anew.
     */
    public boolean verifies(String password, String role) {
        if (password.isEmpty()) {
            return false;
        }
        var scram = SCRAM.matcher(text);
        if (!scram.matches()) {
            return isSame(md5(password, role));
        }
        var iterations = Integer.parseInt(scram.group(1));
        return iterations >= 1
                && iterations <= MOST_ITERATIONS
                && salt(scram.group(2))
                        .map(salt -> scram(password, salt, iterations))
                        .filter(this::isSame)
                        .isPresent();
    }

    private boolean isSame(PasswordVerifier other) {
        return MessageDigest.isEqual(text.getBytes(UTF_8), other.text.getBytes(UTF_8));
    }

    /** PostgreSQL takes more for base64 than Java does. */
    private static Optional<byte[]> salt(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64)).filter(salt -> salt.length > 0);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    public PasswordEncryption kind() {
        return MD5.matcher(text).matches() ? PasswordEncryption.MD5 : PasswordEncryption.SCRAM_SHA_256;
    }

    private static PasswordVerifier scram(String password, byte[] salt, int iterations) {
        var salted = ScramFunctions.saltedPassword(
                MECHANISM, StringPreparation.POSTGRESQL_PREPARATION, password.toCharArray(), salt, iterations);
        var storedKey = ScramFunctions.storedKey(MECHANISM, ScramFunctions.clientKey(MECHANISM, salted));
        var serverKey = ScramFunctions.serverKey(MECHANISM, salted);
        var base64 = Base64.getEncoder();
        return new PasswordVerifier("SCRAM-SHA-256$" + iterations + ":" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(storedKey) + ":" + base64.encodeToString(serverKey));
    }

    private static PasswordVerifier md5(String password, String role) {
        try {
            var digest = MessageDigest.getInstance("MD5").digest((password + role).getBytes(UTF_8));
            return new PasswordVerifier("md5" + HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /** Nothing of it: a verifier is enough to guess at a weak password. */
    @Override
    public String toString() {
        return "PasswordVerifier[" + kind() + "]";
    }
}
