package dev.patronioperator.settings.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.Source;
import dev.patronioperator.settings.codec.Parsed;

/** Settings in the making; collects the problems. Lives as long as one decoding. */
final class Draft {
    private final Source source;
    private final List<Problem> problems = new ArrayList<>();
    private Settings settings;

    Draft(Source source) {
        this.source = source;
        this.settings = Settings.defaults(source);
    }

    <T> void set(Parameter<T> parameter, T value) {
        settings = settings.with(parameter, value);
    }

    /** Takes the value, or notes what is wrong with it and takes the default. */
    <T> void take(Parameter<T> parameter, String name, Object written, Parsed<T> parsed, T otherwise) {
        switch (parsed) {
            case Parsed.Valid<T>(var value) -> set(parameter, value);
            case Parsed.Invalid<T>(var reasons) -> {
                var shown = parameter.sensitive() ? Optional.<String>empty() : Optional.of(String.valueOf(written));
                reasons.forEach(reason -> problems.add(Problem.error(name, shown, reason)));
                set(parameter, otherwise);
            }
        }
    }

    void note(Problem problem) {
        problems.add(problem);
    }

    void noteIfDeprecated(Parameter<?> parameter, String name) {
        if (!parameter.key().equals(name.substring(name.lastIndexOf('.') + 1))) {
            note(Problem.warning(name, "is called " + parameter.nameIn(source) + " now"));
        }
        parameter.deprecation().ifPresent(why -> note(Problem.warning(name, "is deprecated: " + why)));
    }

    Decoded finish() {
        problems.addAll(Consistency.problems(settings));
        return new Decoded(settings, problems);
    }
}
