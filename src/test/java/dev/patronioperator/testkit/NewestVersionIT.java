package dev.patronioperator.testkit;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class NewestVersionIT {

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void editThatComesLateIsMadeAgainOfWhatTheOtherHasWritten() {
        var map = map("shared");
        var reads = new AtomicInteger();

        NewestVersion.edit(map, read -> {
            if (reads.incrementAndGet() == 1) {
                map.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"others\":\"kept\"}}");
            }
            return new ConfigMapBuilder(read).addToData("ours", "written").build();
        });

        assertThat(map.get().getData()).containsExactlyInAnyOrderEntriesOf(Map.of("others", "kept", "ours", "written"));
        assertThat(reads).hasValue(2);
    }

    private Resource<ConfigMap> map(String name) {
        var client = kubernetes.client();
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(kubernetes.namespace())
                        .endMetadata()
                        .build())
                .create();
        return client.configMaps().inNamespace(kubernetes.namespace()).withName(name);
    }
}
