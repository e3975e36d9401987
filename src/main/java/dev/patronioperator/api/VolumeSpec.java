package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;

/** {@code spec.volume}: the data volume that each instance claims. */
@ManifestPart
// spotless:off
public record VolumeSpec(
        @Required @Pattern(Formats.MEMORY) @Size(max = 32)
        @ValidationRule(value = Rules.QUANTITY, message = Rules.QUANTITY_MESSAGE)
        @JsonPropertyDescription("Size of the data volume of each instance, such as 10Gi. It can grow while the "
                + "cluster runs; a volume never shrinks.")
        String size,

        @JsonPropertyDescription("StorageClass of the claims; the cluster's default class when absent. A change "
                + "holds for volumes claimed from then on.")
        String storageClass,

        @JsonPropertyDescription("Selects the PersistentVolumes that may be bound. A change holds for volumes "
                + "claimed from then on.")
        LabelSelector selector,

        @JsonPropertyDescription("Folder inside the volume that holds the data; the volume's root when absent. A "
                + "change points the instances to another, possibly empty, folder.")
        String subPath,

        @JsonPropertyDescription("True: subPath may contain $(VARIABLE) references. Default false.")
        Boolean isSubPathExpr,

        @Max(80000)
        @JsonPropertyDescription("Provisioned I/O operations per second of an AWS gp3 volume; from 3000 on.")
        Integer iops,

        @Max(2000)
        @JsonPropertyDescription("Provisioned throughput of an AWS gp3 volume in MB/s; from 125 on.")
        Integer throughput,

        @JsonPropertyDescription("Type of the AWS volume, such as gp3.")
        String type) {}
// spotless:on
