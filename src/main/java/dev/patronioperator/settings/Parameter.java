package dev.patronioperator.settings;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.patronioperator.plan.Impact;
import dev.patronioperator.settings.codec.Codec;

/**
 * One parameter of the operator: how it is called, written, defaulted, and what a change of it does. Defined once, as a constant of the holder class of its
 * group; compared by identity.
 *
 * @param <T> type of the value; an {@link Optional} where "not set" is a value of its own
 */
public final class Parameter<T> {
    private final ParameterGroup group;
    private final String key;
    private final Codec<T> codec;
    private final Defaults<T> defaults;
    private final String description;
    private final Set<Effect> effects;
    private final Traits traits;

    /** What only some parameters have; see {@link ParameterGroup.Definition} for the meanings. */
    record Traits(
            Set<Source> sources,
            Set<String> formerKeys,
            Optional<String> unit,
            Optional<String> manifestField,
            Optional<String> deprecation,
            Optional<String> unlikePeer,
            Optional<String> noEffect,
            boolean sensitive,
            boolean unsetWhenEmpty) {}

    Parameter(
            ParameterGroup group,
            String key,
            Codec<T> codec,
            Defaults<T> defaults,
            String description,
            Set<Effect> effects,
            Traits traits) {
        this.group = group;
        this.key = key;
        this.codec = codec;
        this.defaults = defaults;
        this.description = description;
        this.effects = effects;
        this.traits = traits;
    }

    /** Name in the ConfigMap, and within its group in the resource. */
    public String key() {
        return key;
    }

    public ParameterGroup group() {
        return group;
    }

    /** Where it stands below {@code configuration} of an OperatorConfiguration: {@code group.key}, or the key alone at the top. */
    public String path() {
        return group.name().map(name -> name + "." + key).orElse(key);
    }

    /** Its name as a user of that source writes it. */
    public String nameIn(Source source) {
        return source == Source.RESOURCE ? path() : key;
    }

    public Codec<T> codec() {
        return codec;
    }

    public Defaults<T> defaults() {
        return defaults;
    }

    /** One line, as it stands in the CRD and in the reference. */
    public String description() {
        return description;
    }

    /** What a change touches, in the order of {@link Effect}; never empty. */
    public Set<Effect> effects() {
        return effects;
    }

    /** What a change may cost a running cluster: the greatest impact of its effects. */
    public Impact impact() {
        return Impact.max(effects.stream().map(Effect::impact).toList());
    }

    /** Sources that can express it: both, but for a few. */
    public Set<Source> sources() {
        return traits.sources();
    }

    /** Keys it had in older versions; still read. */
    public List<String> formerKeys() {
        return List.copyOf(traits.formerKeys());
    }

    public Optional<String> unit() {
        return traits.unit();
    }

    /** Field of the cluster manifest that takes precedence. */
    public Optional<String> manifestField() {
        return traits.manifestField();
    }

    /** Why it should not be used any more, and what instead. */
    public Optional<String> deprecation() {
        return traits.deprecation();
    }

    /** Where it behaves otherwise than in the peer. */
    public Optional<String> unlikePeer() {
        return traits.unlikePeer();
    }

    /** Why nothing comes of it here, although it is accepted. */
    public Optional<String> noEffect() {
        return traits.noEffect();
    }

    /** Whether the value must never be shown. */
    public boolean sensitive() {
        return traits.sensitive();
    }

    /** Whether an empty value in a resource counts as missing, as in the peer. */
    public boolean unsetWhenEmpty() {
        return traits.unsetWhenEmpty();
    }

    /** The value as text for people: never a secret. */
    public String show(T value) {
        return sensitive() && !codec.isZero(value) ? "(hidden)" : codec.toText(value);
    }

    @Override
    public String toString() {
        return path();
    }
}
