package dev.patronioperator.cluster.model;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.manifest.Adjustment;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.GeneralParameters;

/**
 * How many members there are.
 *
 * @param count after the limits of the configuration
 * @param adjustment where that is not what the manifest asks for
 */
public record Instances(int count, Optional<Adjustment> adjustment) {

    private static final Pattern STANDBY_ARCHIVE = Pattern.compile("STANDBY_WALE_(S3|GS|GSC|SWIFT)_PREFIX");

    static Instances of(Postgresql manifest, Settings settings) {
        var spec = manifest.getSpec();
        var asked = spec.numberOfInstances() == null ? 0 : spec.numberOfInstances();
        if (exempt(manifest, settings) || (asked == 1 && isStandby(spec))) {
            return new Instances(asked, Optional.empty());
        }
        return bounded(asked, settings);
    }

    /** Whether the cluster follows another one, by the section or by the variables it stands for. */
    static boolean isStandby(PostgresqlSpec spec) {
        return spec.standby() != null
                || Given.list(spec.env()).stream()
                        .anyMatch(variable ->
                                STANDBY_ARCHIVE.matcher(variable.getName()).matches()
                                        && Given.text(variable.getValue()).isPresent());
    }

    private static Instances bounded(int asked, Settings settings) {
        var most = settings.get(GeneralParameters.MAX_INSTANCES);
        var least = settings.get(GeneralParameters.MIN_INSTANCES);
        var count = most >= 0 && asked > most ? most : asked;
        if (least >= 0 && count < least) {
            return adjusted(asked, least, GeneralParameters.MIN_INSTANCES);
        }
        return count == asked
                ? new Instances(asked, Optional.empty())
                : adjusted(asked, count, GeneralParameters.MAX_INSTANCES);
    }

    private static Instances adjusted(int asked, int used, Parameter<Integer> why) {
        return new Instances(
                used,
                Optional.of(new Adjustment(
                        "spec.numberOfInstances", String.valueOf(asked), String.valueOf(used), why.key())));
    }

    private static boolean exempt(Postgresql manifest, Settings settings) {
        return settings.get(GeneralParameters.IGNORE_INSTANCE_LIMITS_ANNOTATION_KEY)
                .map(key -> Given.map(manifest.getMetadata().getAnnotations()).get(key))
                .filter("true"::equals)
                .isPresent();
    }
}
