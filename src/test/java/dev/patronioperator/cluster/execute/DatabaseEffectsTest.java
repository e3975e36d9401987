package dev.patronioperator.cluster.execute;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.kubernetes.PodShell;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.session.SqlServer;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseEffectsTest {

    /** Where the superuser has another name there need not be a role postgres. */
    @Test
    void theSuperuserLetsItselfInAgainUnderItsOwnName() {
        var server = new SqlServer(List.of("10.0.0.1"), 5432, "boss", "s3cr3t", Optional.empty());
        var shell = new Recording();
        var effects = new DatabaseEffects(null, shell, new DatabaseLook.LockedOut(server, true));

        var outcome = effects.restoreLogin(new Step.RestoreLogin(new ObjectRef("v1", "Pod", "ns", "x-0"), "boss"));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(shell.command).containsSubsequence("--username", "boss", "--dbname", "postgres");
        assertThat(shell.command).noneMatch(word -> word.contains("s3cr3t"));
        assertThat(shell.input)
                .startsWith("ALTER ROLE \"boss\" WITH PASSWORD 'SCRAM-SHA-256$4096:")
                .endsWith("VALID UNTIL 'infinity';\n")
                .doesNotContain("s3cr3t");
    }

    private static final class Recording implements PodShell {
        private List<String> command = List.of();
        private String input = "";

        @Override
        public Ran run(String namespace, String pod, String container, List<String> what, String text) {
            command = what;
            input = text;
            return new Ran.Ended(0, "");
        }
    }
}
