package dev.patronioperator.cli;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RootCommandTest {

    @Test
    void withoutACommandItSaysWhatThereIs() {
        var run = CommandLineRun.with(new FakePlanning());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Commands:", "operator", "plan", "explain", "completion", "Examples:", "Usage:")
                .endsWith("Use \"patroni-operator <command> --help\" for more information about a command.\n");
    }

    @Test
    void versionIsThatOfTheBuild() {
        assertThat(CommandLineRun.with(new FakePlanning(), "--version").out()).isEqualTo("patroni-operator 1.2.3\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "plan", "explain", "completion"})
    void everyCommandHasHelpWithUsageAndExamples(String command) {
        var run = CommandLineRun.with(new FakePlanning(), command, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Examples:", "Options:", "Usage:\n  patroni-operator " + command);
    }

    @Test
    void completionKnowsCommandsAndOptions() {
        assertThat(CommandLineRun.with(new FakePlanning(), "completion", "bash").out())
                .contains("explain", "--filename");
    }

    @Test
    void onlyServicesListen() {
        assertThat(Main.isService(List.of("operator"))).isTrue();
        assertThat(Main.isService(List.of("operator", "--help"))).isFalse();
        assertThat(Main.isService(List.of("plan", "-f", "operator"))).isFalse();
        assertThat(Main.isService(List.of())).isFalse();
    }
}
