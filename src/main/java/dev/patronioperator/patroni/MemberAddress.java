package dev.patronioperator.patroni;

import java.net.URI;
import java.util.Optional;

/**
 * Where the REST API of one member is.
 *
 * @param member name of the member, which is the name of its Pod; for messages
 * @param host address of the Pod, an IPv6 address without brackets
 * @param port port of the REST API, {@value #DEFAULT_PORT} in Spilo
 * @param tls whether the REST API speaks HTTPS
 */
public record MemberAddress(String member, String host, int port, boolean tls) {

    /** Port of Patroni's REST API in Spilo images. */
    public static final int DEFAULT_PORT = 8008;

    /** The REST API as Spilo sets it up: plain HTTP on the default port. */
    public static MemberAddress ofPod(String member, String podAddress) {
        return new MemberAddress(member, podAddress, DEFAULT_PORT, false);
    }

    /**
     * The REST API as the member announces it in {@code api_url}, at the address that Kubernetes vouches for. The announced host is
     * left out on purpose: whoever can write a Pod annotation must not be able to send the operator, and its password, elsewhere.
     *
     * @param apiUrl such as {@code https://10.2.3.4:8008/patroni}; one that cannot be read counts as absent
     */
    public static MemberAddress ofPod(String member, String podAddress, Optional<String> apiUrl) {
        return apiUrl.flatMap(MemberAddress::parse)
                .map(url -> new MemberAddress(
                        member,
                        podAddress,
                        url.getPort() > 0 ? url.getPort() : DEFAULT_PORT,
                        "https".equalsIgnoreCase(url.getScheme())))
                .orElseGet(() -> ofPod(member, podAddress));
    }

    /** Scheme, host and port, an IPv6 address in brackets. */
    public String url() {
        var authority = host.contains(":") ? "[" + host + "]" : host;
        return (tls ? "https" : "http") + "://" + authority + ":" + port;
    }

    @Override
    public String toString() {
        return member + " (" + url() + ")";
    }

    private static Optional<URI> parse(String url) {
        try {
            return Optional.of(URI.create(url));
        } catch (IllegalArgumentException notAUrl) {
            return Optional.empty();
        }
    }
}
