package dev.patronioperator.fixpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.backup.desired.BackupObjects;
import dev.patronioperator.backup.model.BackupModel;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.ExternalInputs;
import dev.patronioperator.cluster.desired.SecretTemplate;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.validate.SpecChecks;
import dev.patronioperator.pooler.desired.PoolerInputs;
import dev.patronioperator.pooler.desired.PoolerObjects;
import dev.patronioperator.pooler.model.PoolerModel;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.decoding.ResourceDecoder;
import dev.patronioperator.testkit.golden.GoldenCase;

/**
 * All objects that the operator writes for a manifest.
 *
 * @param model the cluster
 * @param cluster what the cluster consists of
 * @param beside what its poolers and its backup consist of
 */
record WrittenObjects(ClusterModel model, DesiredObjects cluster, List<HasMetadata> beside) {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    static WrittenObjects of(Postgresql manifest, Settings settings) {
        manifest.getMetadata().setUid("7d1f1a52-0000-0000-0000-000000000000");
        var model = ClusterModel.accept(manifest, settings, List.of());
        var beside = new ArrayList<HasMetadata>();
        var pooler = PoolerModel.accept(manifest, settings);
        var passwords = new TreeMap<>(Map.of(pooler.user(), "secret"));
        beside.addAll(PoolerObjects.render(pooler, new PoolerInputs(Optional.of(passwords), new TreeSet<>()))
                .objects());
        BackupObjects.render(BackupModel.accept(manifest, settings), Optional.of(new TreeSet<>()))
                .cronJob()
                .ifPresent(beside::add);
        return new WrittenObjects(model, DesiredObjects.render(model, ExternalInputs.NONE), beside);
    }

    /** Those of every cluster of a golden case whose manifest is valid. */
    @SuppressWarnings("unchecked") // a JSON object is a map with texts for keys
    static List<WrittenObjects> of(GoldenCase golden) {
        Map<String, ?> configuration = SERIALIZATION.convertValue(golden.first().configuration(), Map.class);
        var settings = new ResourceDecoder(SERIALIZATION::convertValue)
                .decode(configuration)
                .settings();
        return golden.first().manifests().stream()
                .map(manifest -> SERIALIZATION.convertValue(manifest, Postgresql.class))
                .filter(manifest -> SpecChecks.check(manifest, settings).isEmpty())
                .map(manifest -> of(manifest, settings))
                .toList();
    }

    boolean isOfCluster(HasMetadata object) {
        return !beside.contains(object);
    }

    /** Everything, also the Secrets without the passwords that are generated. */
    List<HasMetadata> all() {
        var all = new ArrayList<HasMetadata>(cluster.objects());
        cluster.secrets().stream().map(SecretTemplate::secret).forEach(all::add);
        all.addAll(beside);
        return all;
    }
}
