package dev.patronioperator.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import dev.patronioperator.api.Postgresql;

/**
 * Gives each test a namespace of its own in a Kubernetes that all tests of the run share, and explains a failed test with what was in it. Register it in a
 * field that is not static:
 *
 * <pre>{@code @RegisterExtension final ApiServer kubernetes = new ApiServer();}</pre>
 */
public abstract class KubernetesExtension implements BeforeEachCallback, AfterEachCallback {

    private final String prefix;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private SharedKubernetes shared;
    private String namespace;

    KubernetesExtension(String prefix) {
        this.prefix = prefix;
    }

    /** Finds or starts the Kubernetes; called once in a run. */
    abstract SharedKubernetes start();

    /** As administrator, with the test's namespace as the default one. */
    public KubernetesClient client() {
        return shared.client();
    }

    public String namespace() {
        return namespace;
    }

    /** A reader of the API server's audit log that begins now. */
    public AuditLog auditLog() {
        return AuditLog.from(shared.instance().auditLog());
    }

    /** Whether there is a PostgreSQL in the pods. */
    abstract boolean hasDatabases();

    /** The operator with the rights that it is installed with, looking after this namespace only; ends with the test. */
    public OperatorUnderTest.Builder operator() {
        var operator = new OperatorUnderTest.Builder(client(), namespace, this::closeAfterTest);
        return hasDatabases() ? operator : operator.with("enable_database_access", "false");
    }

    /** Sets a parameter in the ConfigMap of the operator. */
    public void configure(String parameter, String value) {
        var map = client().configMaps().inNamespace(namespace).withName("patroni-operator");
        NewestVersion.edit(
                map,
                found -> new ConfigMapBuilder(found).addToData(parameter, value).build());
    }

    /** Writes a value into a Secret of the test's namespace, as a person would by hand. */
    public void editSecret(String name, String key, String value) {
        var secret = client().secrets().inNamespace(namespace).withName(name);
        var encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        NewestVersion.edit(
                secret,
                found -> new SecretBuilder(found).addToData(key, encoded).build());
    }

    /** Hands over something that ends with the test, before the namespace goes. */
    <T extends AutoCloseable> T closeAfterTest(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        shared = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(getClass()))
                .computeIfAbsent("kubernetes", key -> start(), SharedKubernetes.class);
        namespace = prefix + "-" + UUID.randomUUID().toString().substring(0, 8).toLowerCase(Locale.ROOT);
        client().namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .withLabels(Map.of("test", label(context)))
                        .endMetadata()
                        .build())
                .create();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        context.getExecutionException().ifPresent(failure -> new Diagnostics(client(), namespace).attachTo(failure));
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        // Nobody is left to finish a deletion: neither the operator its finalizer, nor a kubelet its pods.
        client().resources(Postgresql.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(this::release);
        client().pods().inNamespace(namespace).withGracePeriod(0).delete();
        client().namespaces().withName(namespace).delete();
    }

    private void release(Postgresql cluster) {
        client().resource(cluster).edit(now -> {
            now.getMetadata().setFinalizers(List.of());
            return now;
        });
    }

    private static String label(ExtensionContext context) {
        var name = context.getRequiredTestClass().getSimpleName() + "."
                + context.getTestMethod().map(method -> method.getName()).orElse("");
        return name.substring(0, Math.min(63, name.length())).replaceAll("[^A-Za-z0-9]+$", "");
    }
}
