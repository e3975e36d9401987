package dev.patronioperator.config;

import java.util.function.Function;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

import dev.patronioperator.api.OperatorConfiguration;

/**
 * Watches the one object that holds the configuration, for as long as the operator runs. An API server that cannot be reached and an object that is not there
 * are waited for.
 */
@Singleton
public class ConfigurationWatch {
    private final KubernetesClient client;
    private final Environment environment;
    private final ConfigurationController controller;
    private final SettingsSource settings;
    private final LogLevel logLevel;
    private volatile SharedIndexInformer<?> informer;

    public ConfigurationWatch(
            KubernetesClient client,
            Environment environment,
            ConfigurationController controller,
            SettingsSource settings,
            LogLevel logLevel) {
        this.client = client;
        this.environment = environment;
        this.controller = controller;
        this.settings = settings;
        this.logLevel = logLevel;
    }

    /** Begins to watch and returns at once; {@link SettingsSource#first()} tells when there is a configuration. */
    public void start() {
        logLevel.follow(settings);
        if (environment.configurationObject().isPresent()) {
            var name = environment.configurationObject().get();
            watch(
                    client.resources(OperatorConfiguration.class)
                            .inNamespace(environment.operatorNamespace())
                            .withName(name),
                    ConfigurationDocument.FromResource::new,
                    "OperatorConfiguration " + environment.operatorNamespace() + "/" + name);
        } else if (environment.configMap().isPresent()) {
            var configMap = environment.configMap().get();
            var namespace = configMap.namespaceOr(environment.operatorNamespace());
            watch(
                    client.configMaps().inNamespace(namespace).withName(configMap.name()),
                    ConfigurationDocument.FromConfigMap::new,
                    "ConfigMap " + namespace + "/" + configMap.name());
        } else {
            controller.none();
        }
    }

    private <T extends HasMetadata> void watch(
            Resource<T> resource, Function<T, ConfigurationDocument> document, String name) {
        var watching = resource.runnableInformer(0);
        watching.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                controller.seen(document.apply(object));
            }

            @Override
            public void onUpdate(T before, T now) {
                controller.seen(document.apply(now));
            }

            @Override
            public void onDelete(T object, boolean unknownFinalState) {
                controller.missing(name + " was deleted");
            }

            @Override
            public void onNothing() {
                controller.missing(name + " does not exist");
            }
        });
        watching.exceptionHandler((started, failure) -> {
            controller.missing(name + " cannot be read: " + failure.getMessage());
            return true;
        });
        informer = watching;
        watching.start();
    }

    @PreDestroy
    void stop() {
        if (informer != null) {
            informer.stop();
        }
    }
}
