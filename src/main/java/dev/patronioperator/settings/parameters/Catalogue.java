package dev.patronioperator.settings.parameters;

import java.util.List;
import java.util.stream.Stream;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;
import dev.patronioperator.settings.Source;

/** All parameters, in the order of the reference. */
public final class Catalogue {
    private static final List<ParameterGroup> GROUPS = List.of(
            GeneralParameters.group(),
            UsersParameters.group(),
            MajorVersionUpgradeParameters.group(),
            KubernetesParameters.group(),
            PodResourcesParameters.group(),
            TimeoutParameters.group(),
            LoadBalancerParameters.group(),
            CloudParameters.group(),
            LogicalBackupParameters.group(),
            DebugParameters.group(),
            TeamsParameters.group(),
            RestApiParameters.group(),
            ScalyrParameters.group(),
            PoolerParameters.group(),
            PatroniParameters.group());

    private Catalogue() {}

    public static List<ParameterGroup> groups() {
        return GROUPS;
    }

    public static Stream<Parameter<?>> parameters() {
        return GROUPS.stream().flatMap(group -> group.parameters().stream());
    }

    /** Those that the source can express. */
    public static Stream<Parameter<?>> parametersOf(Source source) {
        return parameters().filter(parameter -> parameter.sources().contains(source));
    }
}
