package dev.patronioperator.postgres.session;

import java.util.Properties;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.postgresql.PGProperty;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Gives the password to no server that wants it as it is: whoever answers where a pod once was may be anybody. The driver makes one for
 * each login, by its name.
 */
@RegisterForReflection
public final class PlainTextRefusal implements AuthenticationPlugin {

    private final String password;

    /** @param properties of the connection */
    public PlainTextRefusal(Properties properties) {
        this.password = PGProperty.PASSWORD.getOrDefault(properties);
    }

    @Override
    public char[] getPassword(AuthenticationRequestType type) throws PSQLException {
        if (type == AuthenticationRequestType.CLEARTEXT_PASSWORD) {
            throw new PSQLException(
                    "the server asks for the password in plain text, and nobody has verified that it is ours",
                    PSQLState.INVALID_AUTHORIZATION_SPECIFICATION);
        }
        return password.toCharArray();
    }
}
