package dev.patronioperator.cli;

import java.util.Set;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Constants;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.SettingsProvider;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.value.NamespaceScope;

/** Has the controllers watch the namespaces that the configuration names, also when it names others later. */
final class WatchedNamespaces {

    private final Operator operator;

    WatchedNamespaces(Operator operator) {
        this.operator = operator;
    }

    void follow(SettingsProvider settings) {
        watch(settings.current());
        settings.onChange(change -> watch(change.after()));
    }

    private void watch(Settings settings) {
        var wanted = namespaces(settings.get(KubernetesParameters.WATCHED_NAMESPACE));
        operator.getRegisteredControllers().stream()
                .filter(controller -> !wanted.equals(
                        controller.getConfiguration().getInformerConfig().getNamespaces()))
                .forEach(controller -> controller.changeNamespaces(wanted));
    }

    /** In the words of the SDK. */
    static Set<String> namespaces(String text) {
        var scope = NamespaceScope.of(text);
        if (scope.everywhere()) {
            return Set.of(Constants.WATCH_ALL_NAMESPACES);
        }
        return scope.names().isEmpty() ? Set.of(Constants.WATCH_CURRENT_NAMESPACE) : scope.names();
    }
}
