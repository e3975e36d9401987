package dev.patronioperator.patroni.http;

import java.nio.file.Path;
import java.util.Optional;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.smallrye.config.ConfigMapping;

/**
 * The access to Patroni's REST API, from the environment of the operator: {@code PATRONI_OPERATOR_REST_USERNAME},
 * {@code PATRONI_OPERATOR_REST_PASSWORD}, {@code PATRONI_OPERATOR_REST_CA_FILE}. All may be absent.
 */
@ConfigMapping(prefix = "patroni-operator.rest")
interface PatroniConfig {

    /** Name of {@code restapi.authentication.username}. */
    Optional<String> username();

    /** Value of {@code restapi.authentication.password}; without a username it is not used. */
    Optional<String> password();

    /** See {@link ConnectionSettings#certificateAuthority()}. */
    Optional<Path> caFile();

    /** Makes the settings of the client. */
    final class Producer {

        @Produces
        @Singleton
        ConnectionSettings connectionSettings(PatroniConfig config) {
            return new ConnectionSettings(
                    ConnectionSettings.DEFAULT.connectWithin(),
                    ConnectionSettings.DEFAULT.answerWithin(),
                    config.username()
                            .map(name -> new Credentials(name, config.password().orElse(""))),
                    config.caFile());
        }
    }
}
