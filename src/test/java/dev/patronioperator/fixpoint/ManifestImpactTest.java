package dev.patronioperator.fixpoint;

import java.util.List;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.validate.SpecChecks;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ImpactRule;
import dev.patronioperator.plan.ImpactRules;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules tell the truth: a field is changed, objects are rendered, and the plan costs what its rule says. */
class ManifestImpactTest {

    private static final Settings SETTINGS =
            Settings.defaults().with(KubernetesParameters.ENABLE_CROSS_NAMESPACE_SECRET, true);

    static Stream<ImpactRule> rules() {
        return ImpactRules.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aChangeCostsWhatItsRuleSays(ImpactRule rule) {
        var changed = change(EditedManifest.base(rule.field()), EditedManifest.edited(rule.field()));

        assertThat(inOneInstance(changed.impact()))
                .as(PlanText.text(changed.plan()))
                .isBetween(rule.least(), rule.most());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec.numberOfInstances | 3 | NONE",
                "spec.numberOfInstances | 1 | RECREATE",
                "spec.postgresql.version | '18' | RECREATE",
                "spec.volume.size | 20Gi | NONE",
                "spec.volume.size | 5Gi | FORBIDDEN",
                "spec.streams | [] | NONE",
                "spec.podAnnotations | {a: c} | RECREATE",
                "spec.teamId | other | RECREATE",
                "spec.postgresql.parameters | {work_mem: 16MB, max_connections: '100', shared_buffers: 256MB} | RELOAD",
                "spec.postgresql.parameters | {work_mem: 8MB, max_connections: '200', shared_buffers: 256MB} | RESTART",
                "spec.postgresql.parameters | {work_mem: 8MB, max_connections: '100', shared_buffers: 512MB} | RECREATE"
            })
    void whatDependsOnTheValueDoes(String field, String value, Impact impact) {
        var changed = change(EditedManifest.base(field), EditedManifest.edited(field, value));

        assertThat(inOneInstance(changed.impact()))
                .as(PlanText.text(changed.plan()))
                .isEqualTo(impact);
    }

    /** Poolers aside, which the full manifest has. */
    @Test
    void aTeamIsALabelThatRunningPodsGetInPlace() {
        var yaml = new KubernetesSerialization();
        var before = ClusterManifests.with("");
        var after = yaml.unmarshal(yaml.asYaml(before).replaceFirst("teamId: \\S+", "teamId: other"), Postgresql.class);
        var changed = change(before, after);

        assertThat(changed.plan().isEmpty()).isFalse();
        assertThat(changed.impact())
                .as(PlanText.text(changed.plan()))
                .isEqualTo(Impact.NONE)
                .isEqualTo(ImpactRules.of("spec.teamId").orElseThrow().least());
    }

    @Test
    void withoutAChangeThereIsNothingToDo() {
        assertThat(PlanText.text(
                        change(EditedManifest.full(), EditedManifest.full()).plan()))
                .isEqualTo("nothing to do\n");
    }

    private static ChangedCluster change(Postgresql before, Postgresql after) {
        for (var manifest : List.of(before, after)) {
            assertThat(SpecChecks.check(manifest, SETTINGS)).isEmpty();
        }
        return new ChangedCluster(WrittenObjects.of(before, SETTINGS), WrittenObjects.of(after, SETTINGS));
    }

    /** The switchover before the primary's pod is taken belongs to the replacement of the pods. */
    private static Impact inOneInstance(Impact impact) {
        return impact == Impact.SWITCHOVER ? Impact.RECREATE : impact;
    }
}
