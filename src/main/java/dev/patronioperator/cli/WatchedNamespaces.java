package dev.patronioperator.cli;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Constants;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.SettingsProvider;
import dev.patronioperator.settings.parameters.KubernetesParameters;

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

    /** One, several separated by commas, or {@code *} for all; nothing means where the operator runs. */
    static Set<String> namespaces(String text) {
        return switch (text.strip()) {
            case "*" -> Set.of(Constants.WATCH_ALL_NAMESPACES);
            case "" -> Set.of(Constants.WATCH_CURRENT_NAMESPACE);
            default -> Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toSet());
        };
    }
}
