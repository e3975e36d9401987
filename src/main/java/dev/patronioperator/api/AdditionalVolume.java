package dev.patronioperator.api;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Nullable;
import io.fabric8.generator.annotation.Required;

/**
 * One of {@code spec.additionalVolumes}: a volume of any kind mounted into the containers of a database Pod. The source is kept as plain
 * data because the API server does not check it: read as a type, one bad source would make the whole list of clusters unreadable.
 */
@ManifestPart
// spotless:off
public record AdditionalVolume(
        @Required
        @JsonPropertyDescription("Name of the volume in the Pod.")
        String name,

        @Required
        @JsonPropertyDescription("Where it is mounted; no two volumes share a path, and /home/postgres/pgdata is "
                + "taken.")
        String mountPath,

        @JsonPropertyDescription("Folder inside the volume to mount; its root when absent.")
        String subPath,

        @JsonPropertyDescription("True: subPath may contain $(VARIABLE) references. Default false.")
        Boolean isSubPathExpr,

        @Nullable
        @JsonPropertyDescription("Containers that mount it: names, or the one entry all. Only the PostgreSQL "
                + "container when absent.")
        List<String> targetContainers,

        @Required
        @JsonPropertyDescription("The source of the volume as in a Pod, without a name: configMap, secret, "
                + "emptyDir, persistentVolumeClaim, csi and so on.")
        Map<String, Object> volumeSource) {}
// spotless:on
