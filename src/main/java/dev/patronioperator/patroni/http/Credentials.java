package dev.patronioperator.patroni.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The name and password of {@code restapi.authentication}. */
public record Credentials(String username, String password) {

    String basicAuthorization() {
        var plain = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(plain);
    }

    @Override
    public String toString() {
        return "Credentials[" + username + "]";
    }
}
