package dev.patronioperator.postgres.session;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.postgresql.ssl.WrappedFactory;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Trusts what any authority of a file has signed: while one takes over from another, the file holds both, and the driver's own factory
 * takes the first. The driver makes one for each login, by its name.
 */
public final class TrustedAuthorities extends WrappedFactory {

    /** @param pem one certificate or more */
    public TrustedAuthorities(String pem) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        var certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(UTF_8)));
        for (var certificate : certificates) {
            trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        factory = context.getSocketFactory();
    }
}
