package dev.patronioperator.cluster.execute;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

import dev.patronioperator.cluster.desired.ConnectionUris;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.kubernetes.Applier;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.SecretValue;
import dev.patronioperator.plan.Step;

/** Makes and changes Secrets with credentials. Passwords come about here, and go nowhere else. */
final class SecretEffects {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final Applier applier;
    private final PasswordGenerator passwords;
    private final ObservedCluster observed;

    SecretEffects(Applier applier, PasswordGenerator passwords, ObservedCluster observed) {
        this.applier = applier;
        this.passwords = passwords;
        this.observed = observed;
    }

    /** A Secret that exists after all, perhaps without our labels, keeps what it holds and gets the labels. */
    Outcome create(Step.CreateSecret create) {
        if (!applier.create(withPasswords(create))) {
            applier.apply(new SecretBuilder(create.template()).withData(null).build());
        }
        return new Outcome.Done();
    }

    private Secret withPasswords(Step.CreateSecret create) {
        var data = new HashMap<String, String>(data(create.template()));
        create.generatedKeys().forEach(key -> data.put(key, SecretText.encoded(passwords.generate())));
        return new SecretBuilder(create.template()).withData(data).build();
    }

    Outcome edit(Step.EditSecret edit) {
        if (!(observed.find(edit.object()).orElse(null) instanceof Secret found)) {
            return new Outcome.Unchanged();
        }
        var values = new HashMap<String, Optional<String>>();
        edit.values().forEach((key, value) -> {
            if (!(value instanceof SecretValue.Filled)) {
                values.put(key, encoded(value, data(found)));
            }
        });
        var after = new HashMap<>(data(found));
        values.forEach((key, value) -> value.ifPresent(text -> after.put(key, text)));
        edit.values().forEach((key, value) -> {
            if (value instanceof SecretValue.Filled) {
                values.put(key, encoded(value, after));
            }
        });
        return applier.editData(found, values)
                ? new Outcome.Done()
                : new Outcome.Pending(edit.object() + " to be read as it is now", SOON);
    }

    private Optional<String> encoded(SecretValue value, Map<String, String> data) {
        return switch (value) {
            case SecretValue.Text(String text) -> Optional.of(SecretText.encoded(text));
            case SecretValue.Generated ignored -> Optional.of(SecretText.encoded(passwords.generate()));
            case SecretValue.SameAs(String key) -> Optional.ofNullable(data.get(key));
            case SecretValue.Filled filled ->
                Optional.of(SecretText.encoded(ConnectionUris.fill(filled.template(), data)));
            case SecretValue.Gone ignored -> Optional.empty();
        };
    }

    private static Map<String, String> data(Secret secret) {
        return Optional.ofNullable(secret.getData()).orElseGet(Map::of);
    }
}
