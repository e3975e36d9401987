package dev.patronioperator.cli;

import java.util.List;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.plan.Plan;

/** What planning a manifest came to. */
public sealed interface PlannedManifest {

    /**
     * A plan.
     *
     * @param plan in order; empty if there is nothing to do
     * @param objects all objects that the manifest asks for, in the order in which they are applied; Secrets without their passwords
     * @param warnings what is accepted but should be known: deprecated fields, fields without effect
     */
    record Planned(Plan plan, List<HasMetadata> objects, List<String> warnings) implements PlannedManifest {
        public Planned {
            objects = List.copyOf(objects);
            warnings = List.copyOf(warnings);
        }
    }

    /** The operator would refuse the manifest, for all of these reasons. */
    record Rejected(List<String> problems) implements PlannedManifest {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /** No plan can be made: the API server cannot be reached, something may not be read. */
    record Failed(String reason) implements PlannedManifest {}
}
