package dev.patronioperator.controller;

import java.util.Set;

import jakarta.inject.Singleton;

import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Constants;

import dev.patronioperator.kubernetes.OperatorNamespace;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.SettingsProvider;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.value.NamespaceScope;

/**
 * The namespaces whose clusters the controllers look after, as the configuration names them when the controllers are made. They stay as
 * long as the process: the framework can change them only by stopping a controller's work, and a reconcile that runs at that moment is never heard of again.
 */
@Singleton
public class WatchedNamespaces {

    private final SettingsProvider settings;
    private final OperatorNamespace operator;

    public WatchedNamespaces(SettingsProvider settings, OperatorNamespace operator) {
        this.settings = settings;
        this.operator = operator;
    }

    /** Has a controller watch them, from its first request on: the operator may have rights in no other. */
    public void narrow(ControllerConfigurationOverrider<?> controller) {
        controller.settingNamespaces(of(settings.current()));
    }

    /** In the words of the framework. */
    Set<String> of(Settings settings) {
        var scope = NamespaceScope.of(settings.get(KubernetesParameters.WATCHED_NAMESPACE));
        return scope.everywhere() ? Set.of(Constants.WATCH_ALL_NAMESPACES) : scope.namesOr(operator.name());
    }
}
