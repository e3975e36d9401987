package dev.patronioperator.postgres.session;

import java.util.List;
import java.util.Optional;

/**
 * A server and who to be there.
 *
 * @param hosts where the primary may be found, in the order in which to try; whichever is not a primary is passed over
 * @param port of all hosts
 * @param user the role to log in as
 * @param password in plain text
 * @param certificateAuthority the PEM of the authority, or of several, that the server's certificate is checked against; without one the connection is
 *     encrypted but the server is not verified, as an image makes its own certificate; it is then not given the password in plain text
 */
public record SqlServer(
        List<String> hosts, int port, String user, String password, Optional<String> certificateAuthority) {

    public SqlServer {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a server without a host");
        }
    }

    /** Without the password: a record prints all it holds. */
    @Override
    public String toString() {
        return user + "@" + String.join(",", hosts) + ":" + port;
    }
}
