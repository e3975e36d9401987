package dev.patronioperator.cluster.validate;

import java.util.List;

import dev.patronioperator.api.ResourceAmounts;
import dev.patronioperator.api.ResourcesSpec;

/**
 * Requests and limits. A request above its limit is no problem: the limit is raised and the cluster says so. Huge pages cannot be
 * overcommitted, so there the two have to be equal.
 */
final class ResourcesCheck implements SpecCheck {

    private static final ResourceAmounts NOTHING = new ResourceAmounts(null, null, null, null);

    @Override
    public void check(Subject subject, Problems problems) {
        var spec = subject.spec();
        check("spec.resources", spec.resources(), problems);
        if (spec.connectionPooler() != null) {
            check("spec.connectionPooler.resources", spec.connectionPooler().resources(), problems);
        }
        var sidecars = Absent.asEmpty(spec.sidecars());
        for (int i = 0; i < sidecars.size(); i++) {
            check("spec.sidecars[" + i + "].resources", sidecars.get(i).resources(), problems);
        }
    }

    private static void check(String field, ResourcesSpec resources, Problems problems) {
        if (resources == null) {
            return;
        }
        var requests = resources.requests() == null ? NOTHING : resources.requests();
        var limits = resources.limits() == null ? NOTHING : resources.limits();
        amounts(field + ".requests", requests, problems);
        amounts(field + ".limits", limits, problems);
        hugePages(field, "hugepages-2Mi", requests.hugePages2Mi(), limits.hugePages2Mi(), problems);
        hugePages(field, "hugepages-1Gi", requests.hugePages1Gi(), limits.hugePages1Gi(), problems);
    }

    private static void amounts(String field, ResourceAmounts amounts, Problems problems) {
        Amounts.read(field + ".cpu", amounts.cpu(), problems);
        Amounts.read(field + ".memory", amounts.memory(), problems);
    }

    private static void hugePages(String field, String key, String request, String limit, Problems problems) {
        var requested = Amounts.read(field + ".requests." + key, request, problems);
        var limited = Amounts.read(field + ".limits." + key, limit, problems);
        var unreadable = problems.found().stream()
                .anyMatch(problem -> List.of(field + ".requests." + key, field + ".limits." + key)
                        .contains(problem.field()));
        boolean differ = requested.isPresent() != limited.isPresent()
                || requested.isPresent() && requested.get().compareTo(limited.get()) != 0;
        if (differ && !unreadable) {
            problems.refuse(
                    field + ".limits." + key,
                    limit == null ? "nothing" : limit,
                    "is not the request: Kubernetes asks for equal requests and limits of huge pages");
        }
    }
}
