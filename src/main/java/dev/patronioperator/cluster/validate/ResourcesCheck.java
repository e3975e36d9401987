package dev.patronioperator.cluster.validate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import dev.patronioperator.api.ResourceAmounts;
import dev.patronioperator.api.ResourcesSpec;

/**
 * Requests and limits. A request above its limit is no problem: the limit is raised and the cluster says so. Huge pages cannot be
 * overcommitted, so there a request has to be the limit; a limit alone is the request too.
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
        var requested = pages(field + ".requests." + key, request, problems);
        var limited = pages(field + ".limits." + key, limit, problems);
        var unreadable = problems.found().stream()
                .anyMatch(problem -> List.of(field + ".requests." + key, field + ".limits." + key)
                        .contains(problem.field()));
        boolean differ = requested.isPresent()
                && limited.filter(most -> most.compareTo(requested.get()) == 0).isEmpty();
        if (differ && !unreadable) {
            problems.refuse(
                    field + ".limits." + key,
                    limit == null ? "nothing" : limit,
                    "is not the request: Kubernetes asks for equal requests and limits of huge pages");
        }
    }

    /** Huge pages have no default, so that zero is an amount like any other. */
    private static Optional<BigDecimal> pages(String field, String text, Problems problems) {
        return "0".equals(text) ? Optional.of(BigDecimal.ZERO) : Amounts.read(field, text, problems);
    }
}
