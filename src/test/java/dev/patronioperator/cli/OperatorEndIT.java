package dev.patronioperator.cli;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.testkit.ApiServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A rolling update ends the operator with SIGTERM: nothing that anybody should worry about. */
@Tag("apiserver")
class OperatorEndIT {

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void itsControllersEndBeforeWhatTheyWorkWith() {
        var operator = kubernetes.operator().start();

        operator.close();

        assertThat(operator.log()).contains("is shutting down").doesNotContain("ArC container", "error:");
    }
}
