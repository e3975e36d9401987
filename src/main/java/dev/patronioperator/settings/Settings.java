package dev.patronioperator.settings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An immutable snapshot of the operator's configuration. Whoever works with it works with one snapshot from beginning to end; a changed configuration is
 * another snapshot.
 */
public final class Settings {
    private static final Set<Effect> OF_THE_OPERATOR = EnumSet.of(Effect.OPERATOR, Effect.NONE);

    private final Source source;
    private final Map<Parameter<?>, Object> values;
    /** Computed when first asked for, as it is asked for with every look at a cluster; null before. */
    private volatile String fingerprint;

    private Settings(Source source, Map<Parameter<?>, Object> values) {
        this.source = source;
        this.values = values;
    }

    /** The defaults of an OperatorConfiguration in which every group is present and empty; those the chart builds on. */
    public static Settings defaults() {
        return defaults(Source.RESOURCE);
    }

    /** The defaults of that source; {@link Source#CONFIG_MAP} also for an operator that is given no configuration at all. */
    public static Settings defaults(Source source) {
        return new Settings(source, Map.of());
    }

    /** The value, or the default of this snapshot's source; never null. */
    @SuppressWarnings("unchecked") // `with` is the only way in
    public <T> T get(Parameter<T> parameter) {
        var value = (T) values.get(parameter);
        return value != null ? value : parameter.defaults().in(source);
    }

    public <T> Settings with(Parameter<T> parameter, T value) {
        var changed = new HashMap<>(values);
        changed.put(parameter, Objects.requireNonNull(value, parameter.path()));
        return new Settings(source, Collections.unmodifiableMap(changed));
    }

    public Source source() {
        return source;
    }

    /** What is different in the other, newer snapshot; sorted by path. */
    public List<SettingsDifference<?>> differences(Settings newer) {
        var parameters = new LinkedHashSet<>(values.keySet());
        parameters.addAll(newer.values.keySet());
        var differences = new ArrayList<SettingsDifference<?>>();
        parameters.forEach(parameter -> addDifference(parameter, newer, differences));
        differences.sort((a, b) -> a.parameter().path().compareTo(b.parameter().path()));
        return List.copyOf(differences);
    }

    private <T> void addDifference(Parameter<T> parameter, Settings newer, List<SettingsDifference<?>> differences) {
        var before = get(parameter);
        var after = newer.get(parameter);
        if (!before.equals(after)) {
            differences.add(new SettingsDifference<>(parameter, before, after));
        }
    }

    /**
     * Tells two configurations apart without showing them, as far as they mean something to a cluster; the same values give the same
     * fingerprint in any process. What concerns the operator alone, such as its log level, is no other configuration to a cluster.
     */
    public String fingerprint() {
        var known = fingerprint;
        if (known == null) {
            known = computeFingerprint();
            fingerprint = known;
        }
        return known;
    }

    private String computeFingerprint() {
        var text = values.keySet().stream()
                .filter(parameter -> !OF_THE_OPERATOR.containsAll(parameter.effects()))
                .map(this::write)
                .sorted()
                .collect(Collectors.joining("\n", source + "\n", ""));
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private <T> String write(Parameter<T> parameter) {
        // The tree, since the text of a container is its name only.
        return parameter.path() + "=" + parameter.codec().toTree(get(parameter));
    }

    /** What was set, without secrets. */
    @Override
    public String toString() {
        return values.keySet().stream().map(this::show).sorted().collect(Collectors.joining(", ", "Settings[", "]"));
    }

    private <T> String show(Parameter<T> parameter) {
        return parameter.path() + "=" + parameter.show(get(parameter));
    }
}
