package dev.patronioperator.cli;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeaderElectionTest {

    @Test
    void eachControllerIdHasItsOwnLeaseWithAValidName() {
        var lease = LeaderElection.configuration(
                        Map.of("CONTROLLER_ID", "Team_B", "OPERATOR_NAMESPACE", "operators", "POD_NAME", "pod-7"),
                        "desk")
                .orElseThrow();

        assertThat(lease.getLeaseName()).isEqualTo("patroni-operator-team-b");
        assertThat(lease.getLeaseNamespace()).contains("operators");
        assertThat(lease.getIdentity()).contains("pod-7");
    }

    @Test
    void withoutAnEnvironmentTheLeaseIsInTheNamespaceOfTheUser() {
        var lease = LeaderElection.configuration(Map.of(), "desk").orElseThrow();
        assertThat(lease.getLeaseName()).isEqualTo("patroni-operator");
        assertThat(lease.getLeaseNamespace()).contains("desk");
        assertThat(lease.getIdentity().orElseThrow())
                .contains(String.valueOf(ProcessHandle.current().pid()));
    }

    @Test
    void canBeSwitchedOffOnADesk() {
        assertThat(LeaderElection.configuration(Map.of("LEADER_ELECTION", "false"), "desk"))
                .isEmpty();
    }
}
