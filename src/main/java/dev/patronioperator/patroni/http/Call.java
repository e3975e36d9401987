package dev.patronioperator.patroni.http;

import io.vertx.core.http.HttpMethod;

/** The calls of the REST API that the operator makes. */
public enum Call {
    CLUSTER(HttpMethod.GET, "/cluster"),
    STATUS(HttpMethod.GET, "/patroni"),
    CONFIG(HttpMethod.GET, "/config"),
    PATCH_CONFIG(HttpMethod.PATCH, "/config"),
    SWITCHOVER(HttpMethod.POST, "/switchover"),
    CANCEL_SWITCHOVER(HttpMethod.DELETE, "/switchover"),
    RESTART(HttpMethod.POST, "/restart"),
    CANCEL_RESTART(HttpMethod.DELETE, "/restart"),
    RELOAD(HttpMethod.POST, "/reload"),
    REINITIALIZE(HttpMethod.POST, "/reinitialize");

    private final HttpMethod method;
    private final String path;

    Call(HttpMethod method, String path) {
        this.method = method;
        this.path = path;
    }

    HttpMethod method() {
        return method;
    }

    String path() {
        return path;
    }

    /** Method and path, for messages. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
