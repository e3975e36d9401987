package dev.patronioperator.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.patronioperator.settings.codec.Codec;

/**
 * A group of the OperatorConfiguration. Its holder class defines the parameters while it is initialised; each definition is registered here, so that a
 * parameter cannot exist and be missing in the catalogue.
 */
public final class ParameterGroup {
    private final Optional<String> name;
    private final String title;
    private final List<Parameter<?>> parameters = new ArrayList<>();

    private ParameterGroup(Optional<String> name, String title) {
        this.name = name;
        this.title = title;
    }

    /** A group with a key of its own below {@code configuration}. */
    public static ParameterGroup named(String name, String title) {
        return new ParameterGroup(Optional.of(name), title);
    }

    /** The parameters that stand directly below {@code configuration}. */
    public static ParameterGroup topLevel(String title) {
        return new ParameterGroup(Optional.empty(), title);
    }

    public Optional<String> name() {
        return name;
    }

    /** What the group is about, as a heading. */
    public String title() {
        return title;
    }

    /** In the order of definition. */
    public List<Parameter<?>> parameters() {
        return Collections.unmodifiableList(parameters);
    }

    /** Starts a definition; it ends with one of the {@code byDefault} methods or {@link Definition#unset()}. */
    public <T> Definition<T> define(String key, Codec<T> codec, String description, Effect... effects) {
        return new Definition<>(key, codec, description, EnumSet.copyOf(Arrays.asList(effects)));
    }

    /** A definition being written. */
    public final class Definition<T> {
        private final String key;
        private final Codec<T> codec;
        private final String description;
        private final Set<Effect> effects;
        private final Set<String> formerKeys = new LinkedHashSet<>();
        private Set<Source> sources = EnumSet.allOf(Source.class);
        private Optional<String> unit = Optional.empty();
        private Optional<String> manifestField = Optional.empty();
        private Optional<String> deprecation = Optional.empty();
        private Optional<String> unlikePeer = Optional.empty();
        private Optional<String> noEffect = Optional.empty();
        private boolean sensitive;
        private boolean unsetWhenEmpty;

        private Definition(String key, Codec<T> codec, String description, Set<Effect> effects) {
            this.key = key;
            this.codec = codec;
            this.description = description;
            this.effects = effects;
        }

        /** Field of the manifest that wins over this parameter. */
        public Definition<T> manifest(String field) {
            manifestField = Optional.of(field);
            return this;
        }

        public Definition<T> unit(String text) {
            unit = Optional.of(text);
            return this;
        }

        public Definition<T> deprecated(String why) {
            deprecation = Optional.of(why);
            return this;
        }

        /** How ours differs from the peer; goes into the reference. */
        public Definition<T> unlikePeer(String how) {
            unlikePeer = Optional.of(how);
            return this;
        }

        /** Nobody reads it: why there is nothing for it to do; goes into the reference. */
        public Definition<T> noEffect(String why) {
            noEffect = Optional.of(why);
            return this;
        }

        /** A key of an older version that means the same. */
        public Definition<T> formerly(String oldKey) {
            formerKeys.add(oldKey);
            return this;
        }

        /** The value must never be shown. */
        public Definition<T> secret() {
            sensitive = true;
            return this;
        }

        /** In a resource an empty value counts as missing: the peer falls back by emptiness. */
        public Definition<T> unsetWhenEmpty() {
            unsetWhenEmpty = true;
            return this;
        }

        /** Only one source can express it. */
        public Definition<T> only(Source source) {
            sources = EnumSet.of(source);
            return this;
        }

        /** Empty, off, nothing: the value that an empty text stands for. */
        public Parameter<T> unset() {
            return byDefault(codec.empty()
                    .orElseThrow(() -> new IllegalStateException(key + " has no empty value and needs a default")));
        }

        public Parameter<T> byDefault(T value) {
            return byDefault(Defaults.everywhere(value));
        }

        public Parameter<T> byDefault(Defaults<T> defaults) {
            var traits = new Parameter.Traits(
                    Collections.unmodifiableSet(sources),
                    Collections.unmodifiableSet(formerKeys),
                    unit,
                    manifestField,
                    deprecation,
                    unlikePeer,
                    noEffect,
                    sensitive,
                    unsetWhenEmpty);
            var parameter = new Parameter<>(
                    ParameterGroup.this,
                    key,
                    codec,
                    defaults,
                    description,
                    Collections.unmodifiableSet(effects),
                    traits);
            parameters.add(parameter);
            return parameter;
        }
    }
}
