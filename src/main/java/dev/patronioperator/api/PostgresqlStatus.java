package dev.patronioperator.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;

/**
 * What the operator last saw and means to do. {@code PostgresClusterStatus} is written with the words of the Zalando operator so that
 * tools keep working; everything else is beside it. Clusters from before the status subresource hold a bare string, which is read too.
 */
@ManifestPart
// spotless:off
public record PostgresqlStatus(
        @Required @JsonProperty("PostgresClusterStatus")
        @JsonPropertyDescription("One word for the whole cluster: Creating, Updating, Running, CreateFailed, "
                + "UpdateFailed, SyncFailed or Invalid. The conditions say more, and why.")
        String postgresClusterStatus,

        @JsonPropertyDescription("The metadata.generation that was last planned without an error. Smaller than "
                + "metadata.generation: the newest manifest was not looked at yet, or was refused.")
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Progressing, SpecAccepted and Degraded; PoolerReady and BackupScheduled "
                + "where there are poolers and a backup. Each with a reason and a message for people.")
        List<Condition> conditions,

        @JsonPropertyDescription("One entry for each database Pod, in the order of their ordinals.")
        List<InstanceStatus> instances,

        @JsonPropertyDescription("What the operator is about to do or is doing, and how much it disturbs.")
        PlanStatus plan,

        @JsonPropertyDescription("The rolling update or rolling restart in progress; absent when there is none.")
        RolloutStatus rollout,

        @JsonPropertyDescription("What the last plan was made from besides the manifest.")
        PlannedWith plannedWith,

        @JsonPropertyDescription("The connection poolers; absent when there are none.")
        PartStatus pooler,

        @JsonPropertyDescription("The logical backup; absent when there is none.")
        PartStatus backup,

        @JsonPropertyDescription("Roles and databases inside PostgreSQL; absent where the operator does not look after them.")
        DatabaseStatus database) {
    // spotless:on

    @JsonCreator
    public PostgresqlStatus {}

    /** Reads the form before the status subresource, {@code status: Running}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static PostgresqlStatus ofWord(String word) {
        return new PostgresqlStatus(word, null, null, null, null, null, null, null, null, null);
    }
}
