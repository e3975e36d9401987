package dev.patronioperator.postgres.session;

import java.util.Optional;
import java.util.Properties;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.postgresql.PGProperty;
import org.postgresql.ssl.NonValidatingFactory;

/** How far a server is trusted that says it is ours, as properties of the driver. Every connection is encrypted. */
@RegisterForReflection(targets = {TrustedAuthorities.class, NonValidatingFactory.class})
final class ServerTrust {

    private ServerTrust() {}

    static void set(Properties properties, Optional<String> authorities) {
        authorities.ifPresentOrElse(pem -> verified(properties, pem), () -> unverified(properties));
    }

    /** Pods are spoken to by their addresses, which no certificate names. */
    private static void verified(Properties properties, String authorities) {
        PGProperty.SSL_MODE.set(properties, "verify-ca");
        PGProperty.SSL_FACTORY.set(properties, TrustedAuthorities.class.getName());
        PGProperty.SSL_FACTORY_ARG.set(properties, authorities);
    }

    private static void unverified(Properties properties) {
        PGProperty.SSL_MODE.set(properties, "require");
        PGProperty.SSL_FACTORY.set(properties, NonValidatingFactory.class.getName());
        PGProperty.AUTHENTICATION_PLUGIN_CLASS_NAME.set(properties, PlainTextRefusal.class.getName());
    }
}
