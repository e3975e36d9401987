package dev.patronioperator.cluster;

import io.quarkus.runtime.annotations.RegisterForReflection;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.api.FabricEventStreamSpec;
import dev.patronioperator.api.PostgresTeam;
import dev.patronioperator.api.PostgresTeamSpec;

/** Kinds that are read or written and that no reconciler is declared for: the native image is told of them here. */
@RegisterForReflection(
        targets = {FabricEventStream.class, FabricEventStreamSpec.class, PostgresTeam.class, PostgresTeamSpec.class},
        ignoreNested = false)
final class KindsWithoutController {

    private KindsWithoutController() {}
}
