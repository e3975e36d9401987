package dev.patronioperator.patroni.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to talk to Patroni.
 *
 * @param connectWithin deadline for the connection, TLS included
 * @param answerWithin deadline for the whole answer, counted from the connection
 * @param credentials for a REST API with {@code restapi.authentication}
 * @param certificateAuthority PEM file with the authority that signed the certificates of the REST API. Without it any certificate
 *     is taken, because Patroni's are self-signed as a rule: enough against listeners, not against somebody in the middle. Host names
 *     are not compared in either case, as Pods are called by address.
 */
public record ConnectionSettings(
        Duration connectWithin,
        Duration answerWithin,
        Optional<Credentials> credentials,
        Optional<Path> certificateAuthority) {

    /** Two seconds to connect, five for the answer, no password. */
    public static final ConnectionSettings DEFAULT =
            new ConnectionSettings(Duration.ofSeconds(2), Duration.ofSeconds(5), Optional.empty(), Optional.empty());
}
