package dev.patronioperator.manifest.infrastructure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;

import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.TeamsParameters;
import dev.patronioperator.settings.value.InfrastructureRole;

/**
 * The infrastructure roles as the configured Secrets describe them now.
 *
 * @param roles those that could be read and may be described so; one bad Secret does not keep the others from counting
 * @param problems why others could not, one line each
 * @param complete whether everything that is there was read, so that a role which is not among these is none
 */
public record InfrastructureRoles(List<InfrastructureCredentials> roles, List<String> problems, boolean complete) {

    /** For a configuration that names none. */
    public static final InfrastructureRoles NONE = new InfrastructureRoles(List.of(), List.of(), true);

    public InfrastructureRoles {
        roles = List.copyOf(roles);
        problems = List.copyOf(problems);
    }

    /**
     * Reads what the configuration names.
     *
     * @param operatorNamespace where Secrets are whose names say no namespace
     * @param others reader for objects that belong to no cluster
     */
    public static InfrastructureRoles read(Settings settings, String operatorNamespace, ObjectReader others) {
        return new Reading(operatorNamespace, reserved(settings), others)
                .all(InfrastructureSecrets.definitions(settings));
    }

    /** Roles of the operator's own, and those that nobody may create. Of them no Secret of the configuration gives a password. */
    private static Set<String> reserved(Settings settings) {
        var own = Credentials.of(settings);
        var names = new TreeSet<>(settings.get(TeamsParameters.PROTECTED_ROLE_NAMES));
        names.add(own.superuser());
        names.add(own.replication());
        return names;
    }

    private static final class Reading {
        private final String operatorNamespace;
        private final Set<String> reserved;
        private final ObjectReader reader;
        private final List<InfrastructureSecrets.Source> sources = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private boolean complete = true;

        Reading(String operatorNamespace, Set<String> reserved, ObjectReader reader) {
            this.operatorNamespace = operatorNamespace;
            this.reserved = reserved;
            this.reader = reader;
        }

        InfrastructureRoles all(List<InfrastructureRole> definitions) {
            definitions.forEach(this::one);
            var roles = InfrastructureSecrets.read(sources).stream()
                    .filter(this::isAllowed)
                    .toList();
            return new InfrastructureRoles(roles, problems, complete);
        }

        private boolean isAllowed(InfrastructureCredentials role) {
            boolean allowed = !reserved.contains(role.name());
            if (!allowed) {
                problems.add("role " + role.name() + " is superuser, replication user or protected");
            }
            return allowed;
        }

        private void one(InfrastructureRole definition) {
            var secret = get(Secret.class, definition);
            var configMap = get(ConfigMap.class, definition);
            if (secret.isEmpty() || configMap.isEmpty()) {
                return;
            }
            secret.get()
                    .ifPresentOrElse(
                            found -> sources.add(new InfrastructureSecrets.Source(
                                    definition,
                                    decoded(found.getData()),
                                    configMap
                                            .get()
                                            .map(it -> Given.map(it.getData()))
                                            .orElse(Map.of()))),
                            () -> problems.add("Secret " + definition.secretName() + " does not exist"));
        }

        /** Empty if it could not be read. */
        private <T extends HasMetadata> Optional<Optional<T>> get(Class<T> type, InfrastructureRole definition) {
            var name = definition.secretName();
            return switch (reader.get(type, name.namespaceOr(operatorNamespace), name.name())) {
                case Known.Value<Optional<T>>(Optional<T> value) -> Optional.of(value);
                case Known.Unknown<Optional<T>>(String because) -> {
                    complete = false;
                    problems.add(because);
                    yield Optional.empty();
                }
            };
        }

        private static Map<String, String> decoded(Map<String, String> data) {
            return Given.map(data).entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> SecretText.decoded(entry.getValue())));
        }
    }
}
