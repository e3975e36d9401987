package dev.patronioperator.config;

import java.util.List;

/**
 * What the operator makes of its configuration, without acting on it.
 *
 * @param name kind, namespace and name of the object that holds it; {@code defaults} if none is named
 * @param errors why it would be refused; empty if it would come into force
 * @param notes what is accepted and should be known: warnings, parameters without effect or with another one than in the peer
 */
public record ConfigurationCheck(String name, List<String> errors, List<String> notes) {

    public ConfigurationCheck {
        errors = List.copyOf(errors);
        notes = List.copyOf(notes);
    }
}
