package dev.patronioperator.cluster.execute;

import java.security.SecureRandom;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Passwords of 64 letters and digits, as the peer's: about 381 bits, and nothing that a shell, a URL or a connection string would have
 * to quote.
 */
@ApplicationScoped
public class RandomPasswords implements PasswordGenerator {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 64;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String generate() {
        return random.ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(ALPHABET::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }
}
