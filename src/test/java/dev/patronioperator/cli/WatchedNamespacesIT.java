package dev.patronioperator.cli;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.testkit.ApiServer;

import static org.assertj.core.api.Assertions.assertThat;

/** An operator that is told where to look looks nowhere else, not even for a moment: it may have no right to. */
@Tag("apiserver")
class WatchedNamespacesIT {

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void nothingIsListedOrWatchedOutsideOfTheNamespace() {
        var requests = kubernetes.auditLog();

        var operator = kubernetes.operator().start();

        requests.awaitQuiet(operator.user(), Duration.ofSeconds(1), Duration.ofMinutes(1));
        assertThat(requests.requestsOf(operator.user()))
                .filteredOn(request -> request.verb().equals("list") || request.isWatch())
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(request.uri()).contains("/namespaces/" + kubernetes.namespace() + "/"));
    }
}
