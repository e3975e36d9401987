package dev.patronioperator.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.backup.desired.BackupObjects;
import dev.patronioperator.backup.model.BackupModel;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.ExternalInputs;
import dev.patronioperator.cluster.desired.SecretTemplate;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.pooler.desired.PoolerInputs;
import dev.patronioperator.pooler.desired.PoolerObjects;
import dev.patronioperator.pooler.model.PoolerModel;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.decoding.ResourceDecoder;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.LogicalBackupParameters;
import dev.patronioperator.testkit.golden.GoldenCase;

/** What we make of a golden case: its objects by {@code Kind namespace/name}. */
final class Rendered {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final GoldenCase.State state;
    private final Settings settings;
    private final Map<String, JsonNode> objects = new TreeMap<>();

    private Rendered(GoldenCase.State state) {
        this.state = state;
        this.settings = settings(state);
    }

    static Map<String, JsonNode> of(GoldenCase.State state) {
        var rendered = new Rendered(state);
        state.manifests().stream()
                .map(manifest -> SERIALIZATION.convertValue(manifest, Postgresql.class))
                .forEach(rendered::render);
        return rendered.objects;
    }

    @SuppressWarnings("unchecked") // a JSON object is a map with texts for keys
    private static Settings settings(GoldenCase.State state) {
        Map<String, ?> configuration = SERIALIZATION.convertValue(state.configuration(), Map.class);
        var decoded = new ResourceDecoder(SERIALIZATION::convertValue).decode(configuration);
        if (!decoded.isAccepted()) {
            throw new AssertionError("the configuration is not accepted: " + decoded.problems());
        }
        return decoded.settings();
    }

    private void render(Postgresql manifest) {
        manifest.getMetadata().setUid("<uid>");
        var model = ClusterModel.accept(manifest, settings, List.of());
        var desired = DesiredObjects.render(model, inputs(model.identity().namespace()));
        desired.objects().forEach(object -> add(SERIALIZATION.convertValue(object, ObjectNode.class)));
        desired.secrets().forEach(this::add);
        renderPoolers(PoolerModel.accept(manifest, settings));
        BackupObjects.render(
                        BackupModel.accept(manifest, settings),
                        backupSecretKeys(model.identity().namespace()))
                .cronJob()
                .ifPresent(cronJob -> add(SERIALIZATION.convertValue(cronJob, ObjectNode.class)));
    }

    private void renderPoolers(PoolerModel model) {
        var passwords = new TreeMap<>(Map.of(model.user(), "<password>"));
        PoolerObjects.render(model, new PoolerInputs(Optional.of(passwords), new TreeSet<>()))
                .objects()
                .forEach(object -> add(readable(SERIALIZATION.convertValue(object, ObjectNode.class))));
    }

    private static ObjectNode readable(ObjectNode object) {
        if (object.path("kind").asText().equals("Secret")) {
            var data = (ObjectNode) object.path("data");
            fieldNames(data).forEach(key -> data.put(key, decoded(data.path(key).asText())));
        }
        return object;
    }

    private Optional<SortedSet<String>> backupSecretKeys(String namespace) {
        return Optional.of(settings.get(LogicalBackupParameters.LOGICAL_BACKUP_CRONJOB_ENVIRONMENT_SECRET)
                .flatMap(name -> existing("Secret", namespace, name))
                .map(found -> new TreeSet<>(fieldNames(found.path("stringData"))))
                .orElseGet(TreeSet::new));
    }

    private ExternalInputs inputs(String namespace) {
        var secret = settings.get(KubernetesParameters.POD_ENVIRONMENT_SECRET)
                .map(name -> existing("Secret", namespace, name).map(found -> found.path("stringData")));
        var configMap = settings.get(KubernetesParameters.POD_ENVIRONMENT_CONFIGMAP)
                .map(name -> existing("ConfigMap", name.namespaceOr("pgo"), name.name())
                        .or(() -> existing("ConfigMap", namespace, name.name()))
                        .map(found -> found.path("data")));
        if (Stream.of(secret, configMap).flatMap(Optional::stream).anyMatch(Optional::isEmpty)) {
            return ExternalInputs.waitingFor(List.of("the pod environment"));
        }
        var values = new TreeMap<String, String>();
        configMap.flatMap(found -> found).ifPresent(data -> data.properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText())));
        return ExternalInputs.of(new ExternalInputs.PodEnvironment(
                secret.flatMap(found -> found)
                        .map(keys -> new TreeSet<>(fieldNames(keys)))
                        .orElseGet(TreeSet::new),
                values));
    }

    private Optional<JsonNode> existing(String kind, String namespace, String name) {
        return state.existing().stream()
                .filter(object -> object.path("kind").asText().equals(kind)
                        && object.path("metadata").path("namespace").asText().equals(namespace)
                        && object.path("metadata").path("name").asText().equals(name))
                .findFirst();
    }

    private static List<String> fieldNames(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void add(SecretTemplate template) {
        ObjectNode secret = SERIALIZATION.convertValue(template.secret(), ObjectNode.class);
        var data = secret.putObject("data");
        template.secret().getData().forEach((key, value) -> data.put(key, decoded(value)));
        template.generatedKeys().forEach(key -> data.put(key, "<password>"));
        add(secret);
    }

    private static String decoded(String base64) {
        return new String(java.util.Base64.getDecoder().decode(base64), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** In the form of the cases: what names an object is its key and not repeated. */
    private void add(ObjectNode object) {
        var metadata = (ObjectNode) object.path("metadata");
        var key =
                object.path("kind").asText() + " " + metadata.path("namespace").asText() + "/"
                        + metadata.path("name").asText();
        object.remove(List.of("apiVersion", "kind"));
        metadata.remove(List.of("namespace", "name"));
        objects.put(key, object);
    }
}
