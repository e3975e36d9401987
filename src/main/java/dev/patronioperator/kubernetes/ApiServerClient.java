package dev.patronioperator.kubernetes;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** The one client of the API server, in place of the extension's own, which gives up when a connection is closed. */
@Singleton
class ApiServerClient {

    @Produces
    @ApplicationScoped
    KubernetesClient client(Config config, KubernetesSerialization serialization) {
        return of(config, serialization);
    }

    static KubernetesClient of(Config config, KubernetesSerialization serialization) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .withHttpClientFactory(new ApiServerHttpClient.Factory())
                .build();
    }

    void close(@Disposes KubernetesClient client) {
        client.close();
    }
}
