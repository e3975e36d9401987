package dev.patronioperator.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.generator.annotation.Nullable;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Volume;

/** One of {@code spec.additionalVolumes}: a volume of any kind mounted into the containers of a database Pod. */
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

        @Required @JsonDeserialize(using = VolumeSourceReader.class)
        @JsonPropertyDescription("The source of the volume as in a Pod, without a name: configMap, secret, "
                + "emptyDir, persistentVolumeClaim, csi and so on.")
        Volume volumeSource) {}
// spotless:on
