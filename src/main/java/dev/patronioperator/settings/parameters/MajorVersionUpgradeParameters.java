package dev.patronioperator.settings.parameters;

import java.util.List;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;
import dev.patronioperator.settings.value.MajorVersionUpgradeMode;

import static dev.patronioperator.settings.Effect.MAJOR_UPGRADE;
import static dev.patronioperator.settings.Effect.OPERATOR;
import static dev.patronioperator.settings.Effect.ROLLING_UPDATE;
import static dev.patronioperator.settings.codec.Codecs.MAJOR_VERSION;
import static dev.patronioperator.settings.codec.Codecs.NAMES;
import static dev.patronioperator.settings.codec.Codecs.oneOf;

/** Parameters of the group {@code major_version_upgrade}. */
public final class MajorVersionUpgradeParameters {
    private static final ParameterGroup GROUP = ParameterGroup.named("major_version_upgrade", "Major version upgrade");

    public static final Parameter<MajorVersionUpgradeMode> MAJOR_VERSION_UPGRADE_MODE = GROUP.define(
                    "major_version_upgrade_mode",
                    oneOf(MajorVersionUpgradeMode.values()),
                    "Who starts a major version upgrade: nobody (off), the manifest (manual), or also the operator (full).",
                    ROLLING_UPDATE,
                    MAJOR_UPGRADE)
            .byDefault(MajorVersionUpgradeMode.MANUAL);

    public static final Parameter<List<String>> MAJOR_VERSION_UPGRADE_TEAM_ALLOW_LIST = GROUP.define(
                    "major_version_upgrade_team_allow_list",
                    NAMES,
                    "Teams whose clusters are upgraded even if the mode is off.",
                    OPERATOR)
            .noEffect("not yet: the operator starts no major version upgrade")
            .unset();

    public static final Parameter<Integer> MINIMAL_MAJOR_VERSION = GROUP.define(
                    "minimal_major_version",
                    MAJOR_VERSION,
                    "Oldest version that is left alone in mode full.",
                    ROLLING_UPDATE,
                    MAJOR_UPGRADE)
            .byDefault(14);

    public static final Parameter<Integer> TARGET_MAJOR_VERSION = GROUP.define(
                    "target_major_version",
                    MAJOR_VERSION,
                    "Version that mode full upgrades to.",
                    ROLLING_UPDATE,
                    MAJOR_UPGRADE)
            .byDefault(18);

    private MajorVersionUpgradeParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
