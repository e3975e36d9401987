package dev.patronioperator.cli;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeaderElectionTest {

    @Test
    void eachControllerIdHasItsOwnLeaseWithAValidName() {
        var lease = LeaderElection.Election.of(
                        Map.of("CONTROLLER_ID", "Team_B", "OPERATOR_NAMESPACE", "operators", "POD_NAME", "pod-7"),
                        "desk")
                .orElseThrow();

        assertThat(lease.lease()).isEqualTo("patroni-operator-team-b");
        assertThat(lease.namespace()).isEqualTo("operators");
        assertThat(lease.identity()).isEqualTo("pod-7");
    }

    @Test
    void withoutAnEnvironmentTheLeaseIsInTheNamespaceOfTheUser() {
        var lease = LeaderElection.Election.of(Map.of(), "desk").orElseThrow();
        assertThat(lease.lease()).isEqualTo("patroni-operator");
        assertThat(lease.namespace()).isEqualTo("desk");
        assertThat(lease.identity())
                .contains(String.valueOf(ProcessHandle.current().pid()));
    }

    @Test
    void canBeSwitchedOffOnADesk() {
        assertThat(LeaderElection.Election.of(Map.of("LEADER_ELECTION", "false"), "desk"))
                .isEmpty();
    }
}
