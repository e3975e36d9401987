package dev.patronioperator.manifest;

import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.ResourceAmounts;
import dev.patronioperator.api.ResourcesSpec;
import dev.patronioperator.manifest.ContainerResources.Amounts;
import dev.patronioperator.manifest.ContainerResources.Rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

class ContainerResourcesTest {

    private static final Amounts NONE = Amounts.NONE;
    private static final Rules BOUNDED = new Rules(
            amounts("100m", "100Mi"), amounts("1", "500Mi"), amounts("250m", "250Mi"), amounts("500m", "1Gi"), false);
    private static final Rules BARE = new Rules(NONE, NONE, NONE, NONE, false);

    @Test
    void defaultsFillWhatTheManifestLeavesOut() {
        assertThat(of(null, BOUNDED).requirements()).isEqualTo(resources("100m", "100Mi", "1", "500Mi"));
    }

    @Test
    void withoutDefaultsNothingIsRequested() {
        assertThat(of(null, BARE).requirements()).isEqualTo(new ResourceRequirements());
    }

    @Test
    void zeroAndNullMeanNotSet() {
        var spec = new ResourcesSpec(amountsOf("0", "null"), amountsOf("", "0"));

        assertThat(of(spec, BOUNDED).requirements()).isEqualTo(resources("100m", "100Mi", "1", "500Mi"));
    }

    @Test
    void limitsAreRaisedToTheMinimumAndItIsSaid() {
        var result = of(new ResourcesSpec(null, amountsOf("200m", "200Mi")), BOUNDED);

        assertThat(result.requirements()).isEqualTo(resources("100m", "100Mi", "250m", "250Mi"));
        assertThat(result.adjustments())
                .extracting(Adjustment::field, Adjustment::asked, Adjustment::used, Adjustment::why)
                .contains(tuple("spec.resources.limits.cpu", "200m", "250m", "min_cpu_limit"));
    }

    @Test
    void aMissingLimitCountsAsBelowTheMinimum() {
        var rules = new Rules(NONE, NONE, amounts("250m", "250Mi"), NONE, false);

        assertThat(of(null, rules).requirements().getLimits()).containsEntry("cpu", new Quantity("250m"));
    }

    @Test
    void aLimitBelowTheRequestIsRaised() {
        var spec = new ResourcesSpec(amountsOf(null, "750Mi"), amountsOf(null, "300Mi"));

        assertThat(of(spec, BOUNDED).requirements()).isEqualTo(resources("100m", "750Mi", "1", "750Mi"));
    }

    @Test
    void requestsAreCutToTheMaximumAndLimitsStay() {
        var spec = new ResourcesSpec(amountsOf("1", "2Gi"), amountsOf("2", "4Gi"));

        assertThat(of(spec, BOUNDED).requirements()).isEqualTo(resources("500m", "1Gi", "2", "4Gi"));
    }

    @Test
    void theCapHoldsEvenWhereMemoryIsRequestedInFull() {
        var rules = new Rules(amounts("100m", "100Mi"), amounts("1", "500Mi"), NONE, amounts("500m", "1Gi"), true);
        var spec = new ResourcesSpec(amountsOf(null, "500Mi"), amountsOf(null, "2Gi"));

        assertThat(of(spec, rules).requirements().getRequests()).containsEntry("memory", new Quantity("1Gi"));
    }

    @Test
    void hugePagesAreCopied() {
        var huge = new ResourceAmounts(null, null, "128Mi", "1Gi");

        assertThat(of(new ResourcesSpec(huge, huge), BARE).requirements().getLimits())
                .isEqualTo(Map.of("hugepages-2Mi", new Quantity("128Mi"), "hugepages-1Gi", new Quantity("1Gi")));
    }

    private static ContainerResources of(ResourcesSpec spec, Rules rules) {
        return ContainerResources.of(spec, "spec.resources", rules);
    }

    private static ResourceAmounts amountsOf(String cpu, String memory) {
        return new ResourceAmounts(cpu, memory, null, null);
    }

    private static Amounts amounts(String cpu, String memory) {
        return new Amounts(CanonicalQuantity.parse(cpu), Optional.of(memory).flatMap(CanonicalQuantity::parse));
    }

    private static ResourceRequirements resources(
            String cpuRequest, String memoryRequest, String cpuLimit, String memoryLimit) {
        return new ResourceRequirementsBuilder()
                .withRequests(Map.of("cpu", new Quantity(cpuRequest), "memory", new Quantity(memoryRequest)))
                .withLimits(Map.of("cpu", new Quantity(cpuLimit), "memory", new Quantity(memoryLimit)))
                .build();
    }
}
