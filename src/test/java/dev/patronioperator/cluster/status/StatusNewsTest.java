package dev.patronioperator.cluster.status;

import java.util.List;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.InstanceStatus;
import dev.patronioperator.api.PostgresqlStatus;

import static org.assertj.core.api.Assertions.assertThat;

class StatusNewsTest {

    private static final Condition WAITING = condition("Progressing", "True", "Waiting", "0 of 2 instances are up");
    private static final Condition CREATING = condition("Ready", "False", "Creating", "the first one is being set up");
    private static final Condition HEALTHY = condition("Degraded", "False", "Healthy", "Nothing is wrong");

    @Test
    void whatIsTheSameIsNoNews() {
        assertThat(StatusNews.between(creating(), creating())).isEqualTo(StatusNews.NONE);
    }

    @Test
    void aFirstStatusIsNews() {
        assertThat(StatusNews.between(null, creating())).isEqualTo(StatusNews.NEWS);
    }

    @Test
    void instancesThatComeUpAreProgress() {
        var further = status(
                "Creating",
                List.of(condition("Progressing", "True", "Waiting", "1 of 2 instances are up"), CREATING, HEALTHY),
                instance("orders-0", "running"));

        assertThat(StatusNews.between(creating(), further)).isEqualTo(StatusNews.PROGRESS);
    }

    @Test
    void theSameOfASettledClusterIsNews() {
        var settled = condition("Progressing", "False", "Settled", "Everything is as the manifest in force says");
        var writable = condition("Ready", "True", "PrimaryWritable", "orders-0 takes writes");
        var before = status("Running", List.of(settled, writable, HEALTHY), instance("orders-0", "running"));
        var after = status("Running", List.of(settled, writable, HEALTHY), instance("orders-0", "stopped"));

        assertThat(StatusNews.between(before, after)).isEqualTo(StatusNews.NEWS);
    }

    @Test
    void aPrimaryThatTakesWritesIsNewsAndSoIsAnotherOne() {
        var first = creating(condition("Ready", "True", "PrimaryWritable", "orders-0 takes writes"), HEALTHY);
        var second = creating(condition("Ready", "True", "PrimaryWritable", "orders-1 takes writes"), HEALTHY);

        assertThat(StatusNews.between(creating(), first)).isEqualTo(StatusNews.NEWS);
        assertThat(StatusNews.between(first, second)).isEqualTo(StatusNews.NEWS);
    }

    @Test
    void whatGoesWrongOnTheWayIsNewsAndSoIsWhatGoesWrongNext() {
        var image = creating(CREATING, condition("Degraded", "True", "ImagePullFailed", "no such image"));
        var claim = creating(CREATING, condition("Degraded", "True", "ImagePullFailed", "no such registry"));

        assertThat(StatusNews.between(creating(), image)).isEqualTo(StatusNews.NEWS);
        assertThat(StatusNews.between(image, claim)).isEqualTo(StatusNews.NEWS);
    }

    private static PostgresqlStatus creating() {
        return creating(CREATING, HEALTHY);
    }

    private static PostgresqlStatus creating(Condition ready, Condition degraded) {
        return status("Creating", List.of(WAITING, ready, degraded));
    }

    private static PostgresqlStatus status(String word, List<Condition> conditions, InstanceStatus... instances) {
        return new PostgresqlStatus(word, 1L, conditions, List.of(instances), null, null, null, null, null, null);
    }

    private static InstanceStatus instance(String name, String state) {
        return new InstanceStatus(name, "leader", state, 1L, null, "orders-1", null);
    }

    private static Condition condition(String type, String status, String reason, String message) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .build();
    }
}
