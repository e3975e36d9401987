package dev.patronioperator.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate that no authority has signed, as Patroni's REST API has as a rule. Made by the JDK's keytool.
 *
 * @param keyStore PKCS 12 file with the key
 * @param pem the certificate alone, for those who want to trust it
 */
public record SelfSigned(Path keyStore, Path pem) {

    static final String PASSWORD = "changeit";

    public static SelfSigned in(Path directory, String name) throws IOException, InterruptedException {
        var keyStore = directory.resolve(name + ".p12");
        var pem = directory.resolve(name + ".pem");
        keytool(
                "-genkeypair",
                "-alias",
                "api",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name,
                "-keystore",
                keyStore.toString());
        keytool("-exportcert", "-rfc", "-alias", "api", "-keystore", keyStore.toString(), "-file", pem.toString());
        return new SelfSigned(keyStore, pem);
    }

    SSLContext serverContext() {
        try (var file = Files.newInputStream(keyStore)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(file, PASSWORD.toCharArray());
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(java.util.List.of(arguments));
        command.addAll(java.util.List.of("-storepass", PASSWORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
    }
}
