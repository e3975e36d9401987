package dev.patronioperator.config;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.OperatorConfiguration;
import dev.patronioperator.config.execute.StatusWriter;
import dev.patronioperator.kubernetes.ClientEvents;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.LoadBalancerParameters;
import dev.patronioperator.settings.value.NamespacedName;
import dev.patronioperator.testkit.ApiServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The configuration is followed while the operator runs: on a real API server, with its schema, its defaults and its watches. */
@Tag("apiserver")
class ConfigurationWatchIT {
    private static final String NAME = "operator-config";

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    private final SettingsSource settings = new SettingsSource();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private ConfigurationWatch watch;

    @AfterEach
    void stop() {
        watch.stop();
    }

    private void watch(Optional<String> resource, Optional<NamespacedName> configMap) {
        var client = kubernetes.client();
        var environment = new Environment(
                kubernetes.namespace(), resource, configMap, Optional.empty(), Optional.empty(), Optional.empty());
        var clock = Clock.systemUTC();
        var report = new ConfigurationReport(new ClientEvents(client, clock), new StatusWriter(client, clock), metrics);
        watch = new ConfigurationWatch(
                client,
                environment,
                new ConfigurationController(settings, environment, report, client),
                settings,
                new LogLevel());
        watch.start();
    }

    @Test
    void aConfigMapIsWaitedForFollowedAndABadOneChangesNothing() {
        watch(Optional.empty(), Optional.of(NamespacedName.of(NAME)));
        await().until(() -> settings.waitingFor().contains("does not exist"));
        assertThat(settings.isReady()).isFalse();

        apply(Map.of("workers", "3"));
        await().until(settings::isReady);
        assertThat(settings.current().get(GeneralParameters.WORKERS)).isEqualTo(3);

        apply(Map.of("workers", "none", "resync_period", "soon"));
        await().until(() -> accepted() == 0);
        await().untilAsserted(() -> assertThat(events()).anySatisfy(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getNote()).contains("last good", "workers", "`none`", "resync_period", "`soon`");
        }));
        assertThat(settings.current().get(GeneralParameters.WORKERS)).isEqualTo(3);

        apply(Map.of("workers", "5"));
        await().until(() -> settings.current().get(GeneralParameters.WORKERS) == 5);
        await().untilAsserted(() -> assertThat(events())
                .anySatisfy(event -> assertThat(event.getNote()).isEqualTo("In force: workers: 3 -> 5")));
        assertThat(accepted()).isEqualTo(1);

        kubernetes
                .client()
                .configMaps()
                .inNamespace(kubernetes.namespace())
                .withName(NAME)
                .delete();
        await().until(() -> accepted() == 0);
        assertThat(settings.current().get(GeneralParameters.WORKERS)).isEqualTo(5);
    }

    @Test
    void aResourceSaysWhetherItIsInForce() {
        watch(Optional.of(NAME), Optional.empty());
        configure(Map.of("workers", 3, "load_balancer", Map.of("db_hosted_zone", "db.example.org")));
        await().until(settings::isReady);
        assertThat(settings.current().get(LoadBalancerParameters.DB_HOSTED_ZONE))
                .isEqualTo("db.example.org");
        awaitAccepted("True", "In force.");

        configure(Map.of("min_instances", 3, "max_instances", 2));
        awaitAccepted("False", "min_instances: must not be above max_instances, which is 2, not `3`");
        assertThat(settings.current().get(GeneralParameters.WORKERS)).isEqualTo(3);
        assertThat(events()).anySatisfy(event -> assertThat(event.getReason()).isEqualTo("ConfigurationInvalid"));

        configure(Map.of("workers", 4));
        awaitAccepted("True", "In force.");
        assertThat(settings.current().get(GeneralParameters.WORKERS)).isEqualTo(4);
    }

    private void awaitAccepted(String status, String message) {
        await().untilAsserted(() -> {
            var found = kubernetes
                    .client()
                    .resources(OperatorConfiguration.class)
                    .inNamespace(kubernetes.namespace())
                    .withName(NAME)
                    .get();
            assertThat(found.getStatus()).isNotNull();
            assertThat(found.getStatus().observedGeneration())
                    .isEqualTo(found.getMetadata().getGeneration());
            assertThat(Conditions.find(found.getStatus().conditions(), "Accepted"))
                    .hasValueSatisfying(condition -> {
                        assertThat(condition.getStatus()).isEqualTo(status);
                        assertThat(condition.getMessage()).contains(message);
                    });
        });
    }

    private double accepted() {
        return metrics.get("patroni_operator_configuration_accepted").gauge().value();
    }

    private List<Event> events() {
        return kubernetes
                .client()
                .events()
                .v1()
                .events()
                .inNamespace(kubernetes.namespace())
                .list()
                .getItems();
    }

    private void apply(Map<String, String> data) {
        ConfigMap object = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(kubernetes.namespace())
                .withName(NAME)
                .endMetadata()
                .withData(data)
                .build();
        kubernetes.client().resource(object).serverSideApply();
    }

    private void configure(Map<String, Object> configuration) {
        var object = new OperatorConfiguration();
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(kubernetes.namespace())
                .withName(NAME)
                .build());
        object.setConfiguration(configuration);
        kubernetes.client().resource(object).serverSideApply();
    }
}
