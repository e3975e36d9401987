package dev.patronioperator.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What is known of roles and databases inside PostgreSQL. */
@ManifestPart
// spotless:off
public record DatabaseStatus(
        @JsonPropertyDescription("Stands for all that roles and databases follow from, when they were last found to be "
                + "as they should. Nobody looks again until it is another, or resync_period has passed.")
        String foundRightWith,

        @JsonPropertyDescription("The roles whose passwords are changed regularly, and when each is changed next.")
        List<RotationStatus> rotations,

        @JsonPropertyDescription("Roles that nothing asks for any more. They are not dropped: drop them by hand once "
                + "nobody needs what they own.")
        List<RemovedRoleStatus> removedRoles,

        @JsonPropertyDescription("Databases, schemas and extensions that nothing asks for any more. They are not "
                + "dropped: drop them by hand once nobody needs them.")
        List<RemovedObjectStatus> removedObjects) {}
// spotless:on
