package dev.patronioperator.cluster;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.patronioperator.api.Postgresql;

/** Manifests for tests of model and objects: the smallest one, with more fields as YAML. */
public final class ClusterManifests {

    private static final String MINIMAL =
            """
            metadata: {name: acid-test, namespace: ns, uid: uid-1, annotations: {exempt: "true"}}
            spec:
              teamId: acid
              numberOfInstances: 2
              volume: {size: 1Gi}
            """;

    private static final String SERVER = "postgresql: {version: '17'}\n";

    private ClusterManifests() {}

    /** @param fields of the spec, each line without indentation */
    public static Postgresql with(String fields) {
        var all = fields.contains("postgresql:") ? fields : SERVER + fields;
        return new KubernetesSerialization().unmarshal(MINIMAL + all.indent(2), Postgresql.class);
    }
}
