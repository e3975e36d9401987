package dev.patronioperator.settings.decoding;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.Source;
import dev.patronioperator.settings.codec.Models;
import dev.patronioperator.settings.codec.Parsed;
import dev.patronioperator.settings.parameters.Catalogue;
import dev.patronioperator.settings.parameters.PoolerParameters;

/**
 * Reads what stands below {@code configuration} of an OperatorConfiguration. A value that is missing in a group that is there has the default of the schema;
 * in a group that is not, the one for missing groups. Where the peer falls back by emptiness, an empty value counts as missing.
 */
public final class ResourceDecoder {
    private static final int FEWEST_POOLER_INSTANCES = 2;

    private final Models models;

    /** @param models makes containers and probes from trees */
    public ResourceDecoder(Models models) {
        this.models = models;
    }

    public Decoded decode(Map<String, ?> configuration) {
        var draft = new Draft(Source.RESOURCE);
        var topLevel = new HashSet<String>();
        for (var group : Catalogue.groups()) {
            if (group.name().isPresent()) {
                topLevel.add(group.name().get());
                decodeNamed(group, configuration, draft);
            } else {
                topLevel.addAll(decodeGroup(group, configuration, true, draft));
            }
        }
        noteUnknown(Optional.empty(), configuration, topLevel, draft);
        return atLeastTwoPoolers(draft.finish());
    }

    private void decodeNamed(ParameterGroup group, Map<String, ?> configuration, Draft draft) {
        var tree = configuration.get(group.name().orElseThrow());
        switch (tree) {
            case null -> decodeGroup(group, Map.of(), false, draft);
            case Map<?, ?> map -> {
                var known = decodeGroup(group, map, true, draft);
                noteUnknown(group.name(), map, known, draft);
            }
            default -> {
                decodeGroup(group, Map.of(), false, draft);
                draft.note(
                        Problem.error(group.name().get(), Optional.of(tree.toString()), "must be a map of parameters"));
            }
        }
    }

    private Set<String> decodeGroup(ParameterGroup group, Map<?, ?> tree, boolean present, Draft draft) {
        var known = new HashSet<String>();
        group.parameters().stream()
                .filter(parameter -> parameter.sources().contains(Source.RESOURCE))
                .forEach(parameter -> {
                    known.add(parameter.key());
                    known.addAll(parameter.formerKeys());
                    decode(parameter, tree, present, draft);
                });
        return known;
    }

    private <T> void decode(Parameter<T> parameter, Map<?, ?> tree, boolean present, Draft draft) {
        var byDefault =
                present ? parameter.defaults().schema() : parameter.defaults().resource();
        var key = Stream.concat(Stream.of(parameter.key()), parameter.formerKeys().stream())
                .filter(candidate -> tree.get(candidate) != null)
                .findFirst();
        if (key.isEmpty()) {
            draft.set(parameter, byDefault);
            return;
        }
        var name =
                parameter.group().name().map(group -> group + "." + key.get()).orElse(key.get());
        var written = tree.get(key.get());
        var parsed = read(parameter, written, byDefault);
        // The API server writes the schema's defaults into the object: nobody asked for those.
        if (!parsed.equals(Parsed.valid(parameter.defaults().schema()))) {
            draft.noteIfDeprecated(parameter, name);
        }
        draft.take(parameter, name, written, parsed, byDefault);
    }

    private <T> Parsed<T> read(Parameter<T> parameter, Object written, T byDefault) {
        if ("".equals(written)) {
            var empty = parameter.unsetWhenEmpty()
                    ? Optional.<T>empty()
                    : parameter.codec().empty();
            return Parsed.valid(empty.orElse(byDefault));
        }
        if (parameter.unsetWhenEmpty() && saysNothing(written)) {
            return Parsed.valid(byDefault);
        }
        return parameter
                .codec()
                .fromTree(written, models)
                .map(value -> parameter.unsetWhenEmpty() && parameter.codec().isZero(value) ? byDefault : value);
    }

    private static boolean saysNothing(Object written) {
        return written instanceof Number number && number.longValue() == 0
                || "0".equals(written)
                || "0s".equals(written);
    }

    /** One pooler would be a single point of failure; the peer raises it, and a fleet that it ran has two. */
    private static Decoded atLeastTwoPoolers(Decoded decoded) {
        var parameter = PoolerParameters.CONNECTION_POOLER_NUMBER_OF_INSTANCES;
        Settings settings = decoded.settings();
        if (settings.get(parameter) >= FEWEST_POOLER_INSTANCES) {
            return decoded;
        }
        var problems = Stream.concat(
                decoded.problems().stream(),
                Stream.of(Problem.warning(parameter.path(), "is raised to " + FEWEST_POOLER_INSTANCES)));
        return new Decoded(settings.with(parameter, FEWEST_POOLER_INSTANCES), problems.toList());
    }

    private static void noteUnknown(Optional<String> group, Map<?, ?> tree, Set<String> known, Draft draft) {
        tree.keySet().stream()
                .map(Object::toString)
                .filter(key -> !known.contains(key))
                .sorted()
                .map(key -> Problem.warning(group.map(name -> name + "." + key).orElse(key), unknown(key)))
                .forEach(draft::note);
    }

    private static String unknown(String key) {
        return Catalogue.parametersOf(Source.RESOURCE)
                .filter(parameter -> parameter.key().equals(key))
                .findFirst()
                .map(parameter -> "is ignored here; it belongs to " + parameter.path())
                .orElse("is no parameter; ignored");
    }
}
