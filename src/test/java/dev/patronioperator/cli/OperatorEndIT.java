package dev.patronioperator.cli;

import java.time.Duration;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.NewestVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** A rolling update ends the operator with SIGTERM: nothing that anybody should worry about, and its successor acts at once. */
@Tag("apiserver")
class OperatorEndIT {

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void itsControllersEndBeforeWhatTheyWorkWithAndItsLeaseIsFree() {
        var operator = kubernetes.operator().start();
        awaitLeading();

        operator.close();

        assertThat(operator.log()).contains("is shutting down").doesNotContain("ArC container", "error:");
        assertThat(holder()).isEmpty();
    }

    @Test
    void itEndsWhenAnotherHoldsTheLease() {
        var operator = kubernetes.operator().start();
        awaitLeading();

        NewestVersion.edit(
                kubernetes.client().leases().inNamespace(kubernetes.namespace()).withName("patroni-operator"),
                lease -> {
                    lease.getSpec().setHolderIdentity("another");
                    return lease;
                });

        Awaitility.await("the process ends").atMost(Duration.ofMinutes(1)).until(() -> !operator.isAlive());
        assertThat(operator.log()).contains("The lease " + kubernetes.namespace() + "/patroni-operator was lost");
        assertThat(holder()).contains("another");
    }

    private void awaitLeading() {
        Awaitility.await("the operator leads").atMost(Duration.ofMinutes(1)).until(() -> holder().isPresent());
    }

    private Optional<String> holder() {
        return Optional.ofNullable(kubernetes
                        .client()
                        .leases()
                        .inNamespace(kubernetes.namespace())
                        .withName("patroni-operator")
                        .get())
                .map(Lease::getSpec)
                .map(LeaseSpec::getHolderIdentity);
    }
}
