package dev.patronioperator.cli;

import java.util.Map;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the controllers run with their caches filled, for as long as their watches are healthy. Takes the place of the SDK's own
 * check, which makes the controllers when it is first asked: before there is a configuration that says what to watch.
 */
@Readiness
class ControllersReadiness implements HealthCheck {

    private final OperatorState state;

    ControllersReadiness(OperatorState state) {
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("controllers");
        return state.running()
                .map(operator -> {
                    var unhealthy = operator.getRuntimeInfo().unhealthyEventSources();
                    unhealthy.forEach((controller, sources) -> response.withData(
                            controller, sources.isEmpty() ? "OK" : String.join(", ", sources.keySet())));
                    // healthy controllers are listed too, with nothing
                    return response.status(unhealthy.values().stream().allMatch(Map::isEmpty))
                            .build();
                })
                .orElseGet(
                        () -> response.down().withData("waitingFor", "caches").build());
    }
}
