package dev.patronioperator.postgres.secrets;

import java.util.Optional;
import java.util.stream.Stream;

/** How a server keeps passwords: the values of PostgreSQL's parameter {@code password_encryption} (manual, 20.3). */
public enum PasswordEncryption {
    SCRAM_SHA_256("scram-sha-256"),
    MD5("md5");

    private final String parameter;

    PasswordEncryption(String parameter) {
        this.parameter = parameter;
    }

    /** The value of {@code password_encryption}; empty for one that no supported server has. */
    public static Optional<PasswordEncryption> of(String parameter) {
        return Stream.of(values())
                .filter(kind -> kind.parameter.equals(parameter))
                .findFirst();
    }
}
