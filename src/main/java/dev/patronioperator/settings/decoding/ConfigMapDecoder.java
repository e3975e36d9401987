package dev.patronioperator.settings.decoding;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.Source;
import dev.patronioperator.settings.parameters.Catalogue;

/**
 * Reads the data of a ConfigMap, in the peer's grammar: flat keys; an empty text stands for false, 0, empty or none, not for the default — but where that is
 * no value (a duration, a name), the default applies instead of a crash.
 */
public final class ConfigMapDecoder {

    public Decoded decode(Map<String, String> data) {
        var draft = new Draft(Source.CONFIG_MAP);
        var known = new HashSet<String>();
        Catalogue.parametersOf(Source.CONFIG_MAP).forEach(parameter -> {
            known.add(parameter.key());
            known.addAll(parameter.formerKeys());
            decode(parameter, data, draft);
        });
        noteUnknown(data, known, draft);
        return MemoryDefaults.raised(draft.finish());
    }

    private static <T> void decode(Parameter<T> parameter, Map<String, String> data, Draft draft) {
        var byDefault = parameter.defaults().configMap();
        var key = Stream.concat(Stream.of(parameter.key()), parameter.formerKeys().stream())
                .filter(data::containsKey)
                .findFirst();
        if (key.isEmpty()) {
            draft.set(parameter, byDefault);
            return;
        }
        draft.noteIfDeprecated(parameter, key.get());
        var text = Optional.ofNullable(data.get(key.get())).orElse("");
        if (text.isEmpty()) {
            draft.set(parameter, parameter.codec().empty().orElse(byDefault));
        } else {
            draft.take(parameter, key.get(), text, parameter.codec().fromText(text), byDefault);
        }
    }

    private static void noteUnknown(Map<String, String> data, Set<String> known, Draft draft) {
        data.keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .map(ConfigMapDecoder::unknown)
                .forEach(draft::note);
    }

    private static Problem unknown(String key) {
        var onlyElsewhere =
                Catalogue.parameters().anyMatch(parameter -> parameter.key().equals(key));
        return Problem.warning(
                key,
                onlyElsewhere ? "can only be given in an OperatorConfiguration; ignored" : "is no parameter; ignored");
    }
}
