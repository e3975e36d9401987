package dev.patronioperator.cluster.model;

import java.util.Optional;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.manifest.Adjustment;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.GeneralParameters;

/**
 * How many members there are.
 *
 * @param count after the limits of the configuration
 * @param adjustment where that is not what the manifest asks for, or not what its kind of cluster is meant to have
 */
public record Instances(int count, Optional<Adjustment> adjustment) {

    static Instances of(Postgresql manifest, Settings settings) {
        var spec = manifest.getSpec();
        var asked = spec.numberOfInstances() == null ? 0 : spec.numberOfInstances();
        var standby = spec.standby() != null || Standby.isMeantBy(Given.list(spec.env()));
        if (exempt(manifest, settings) || asked == 1 && standby) {
            return new Instances(asked, Optional.empty());
        }
        var bounded = bounded(asked, settings);
        return standby && bounded.adjustment().isEmpty() && asked > 1
                ? adjusted(asked, asked, "a standby cluster is meant to have one; more are made all the same")
                : bounded;
    }

    private static Instances bounded(int asked, Settings settings) {
        var most = settings.get(GeneralParameters.MAX_INSTANCES);
        var least = settings.get(GeneralParameters.MIN_INSTANCES);
        var count = most >= 0 && asked > most ? most : asked;
        if (least >= 0 && count < least) {
            return adjusted(asked, least, GeneralParameters.MIN_INSTANCES.key());
        }
        return count == asked
                ? new Instances(asked, Optional.empty())
                : adjusted(asked, count, GeneralParameters.MAX_INSTANCES.key());
    }

    private static Instances adjusted(int asked, int used, String why) {
        return new Instances(
                used,
                Optional.of(
                        new Adjustment("spec.numberOfInstances", String.valueOf(asked), String.valueOf(used), why)));
    }

    private static boolean exempt(Postgresql manifest, Settings settings) {
        return settings.get(GeneralParameters.IGNORE_INSTANCE_LIMITS_ANNOTATION_KEY)
                .map(key -> Given.map(manifest.getMetadata().getAnnotations()).get(key))
                .filter("true"::equals)
                .isPresent();
    }
}
