package dev.patronioperator.settings.value;

import java.util.Optional;

/**
 * Where one role is described that exists in every cluster (monitoring, for example).
 *
 * @param secretName Secret with the role's data; a ConfigMap of the same name may describe more
 * @param userKey key of the role's name in the Secret
 * @param passwordKey key of its password
 * @param roleKey key of the role it is a member of
 * @param defaultUserValue name of the role if there is no such key
 * @param defaultRoleValue role it is a member of if there is no such key
 * @param details key of a YAML definition of the role
 * @param template whether the Secret describes many roles by numbered keys
 */
public record InfrastructureRole(
        NamespacedName secretName,
        Optional<String> userKey,
        Optional<String> passwordKey,
        Optional<String> roleKey,
        Optional<String> defaultUserValue,
        Optional<String> defaultRoleValue,
        Optional<String> details,
        boolean template) {}
