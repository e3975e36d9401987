package dev.patronioperator.manifest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;

import dev.patronioperator.api.ResourceAmounts;
import dev.patronioperator.api.ResourcesSpec;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.GeneralParameters;

/**
 * What a container requests and may use at most, with what had to be changed on the way.
 *
 * <p>The rules in their order: the manifest's value, else the default; limits raised to the configured minimum; limits raised to the request; the memory request
 * raised to the limit, where the configuration wants it; requests cut to the configured maximum. The last one comes last on purpose: a cap holds even then.
 */
public record ContainerResources(ResourceRequirements requirements, List<Adjustment> adjustments) {

    /** A resource that has defaults and bounds. Huge pages have neither and are copied. */
    public enum Bounded {
        CPU,
        MEMORY;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Amounts of the configuration.
     *
     * @param cpu cores
     * @param memory bytes
     */
    public record Amounts(Optional<CanonicalQuantity> cpu, Optional<CanonicalQuantity> memory) {
        public static final Amounts NONE = new Amounts(Optional.empty(), Optional.empty());

        /** The configured amounts of one kind. */
        public static Amounts of(
                Settings settings, Parameter<Optional<Quantity>> cpu, Parameter<Optional<Quantity>> memory) {
            return new Amounts(
                    settings.get(cpu).flatMap(CanonicalQuantity::of),
                    settings.get(memory).flatMap(CanonicalQuantity::of));
        }

        /** These, and the others where there is none. */
        public Amounts or(Amounts otherwise) {
            return new Amounts(cpu.or(otherwise::cpu), memory.or(otherwise::memory));
        }

        Optional<CanonicalQuantity> get(Bounded resource) {
            return resource == Bounded.CPU ? cpu : memory;
        }
    }

    /**
     * @param requests used where the manifest asks for nothing
     * @param limits used where the manifest limits nothing
     * @param minimumLimits limits are at least this much
     * @param maximumRequests requests are at most this much
     * @param memoryRequestToLimit whether a container gets all the memory it may use from the start
     */
    public record Rules(
            Amounts requests,
            Amounts limits,
            Amounts minimumLimits,
            Amounts maximumRequests,
            boolean memoryRequestToLimit) {

        /** For a container that is not PostgreSQL's: it has defaults and no bounds. */
        public static Rules unbounded(Settings settings, Amounts requests, Amounts limits) {
            return new Rules(
                    requests,
                    limits,
                    Amounts.NONE,
                    Amounts.NONE,
                    settings.get(GeneralParameters.SET_MEMORY_REQUEST_TO_LIMIT));
        }
    }

    /** Applies the rules to what the manifest says at that field; the section may be absent. */
    public static ContainerResources of(ResourcesSpec spec, String field, Rules rules) {
        return new Calculation(spec, field, rules).result();
    }

    private static Optional<CanonicalQuantity> amount(String text) {
        return text == null || text.isEmpty() || text.equals("0") || text.equals("null")
                ? Optional.empty()
                : CanonicalQuantity.parse(text);
    }

    private static final class Calculation {
        private final ResourceAmounts askedRequests;
        private final ResourceAmounts askedLimits;
        private final String field;
        private final Map<Bounded, CanonicalQuantity> requests = new EnumMap<>(Bounded.class);
        private final Map<Bounded, CanonicalQuantity> limits = new EnumMap<>(Bounded.class);
        private final List<Adjustment> adjustments = new ArrayList<>();

        Calculation(ResourcesSpec spec, String field, Rules rules) {
            askedRequests = spec == null ? null : spec.requests();
            askedLimits = spec == null ? null : spec.limits();
            this.field = field;
            for (var resource : Bounded.values()) {
                asked(askedRequests, resource)
                        .or(() -> rules.requests().get(resource))
                        .ifPresent(it -> requests.put(resource, it));
                asked(askedLimits, resource)
                        .or(() -> rules.limits().get(resource))
                        .ifPresent(it -> limits.put(resource, it));
                rules.minimumLimits()
                        .get(resource)
                        .ifPresent(minimum -> raiseLimit(resource, minimum, "min_" + resource.key() + "_limit"));
                Optional.ofNullable(requests.get(resource))
                        .filter(request -> limits.containsKey(resource))
                        .ifPresent(request -> raiseLimit(resource, request, "a limit is not below the request"));
            }
            if (rules.memoryRequestToLimit() && limits.containsKey(Bounded.MEMORY)) {
                raiseMemoryRequest();
            }
            for (var resource : Bounded.values()) {
                rules.maximumRequests().get(resource).ifPresent(maximum -> cutRequest(resource, maximum));
            }
        }

        private void raiseLimit(Bounded resource, CanonicalQuantity least, String why) {
            var limit = limits.get(resource);
            if (limit == null || limit.compareTo(least) < 0) {
                limits.put(resource, least);
                adjusted("limits", resource, limit, least, why);
            }
        }

        private void raiseMemoryRequest() {
            var limit = limits.get(Bounded.MEMORY);
            var request = requests.put(Bounded.MEMORY, limit);
            if (request != null && request.compareTo(limit) >= 0) {
                requests.put(Bounded.MEMORY, request);
            }
        }

        private void cutRequest(Bounded resource, CanonicalQuantity most) {
            var request = requests.get(resource);
            if (request != null && request.compareTo(most) > 0) {
                requests.put(resource, most);
                adjusted("requests", resource, request, most, "max_" + resource.key() + "_request");
            }
        }

        private void adjusted(String side, Bounded resource, CanonicalQuantity from, CanonicalQuantity to, String why) {
            adjustments.add(new Adjustment(
                    field + "." + side + "." + resource.key(),
                    from == null ? "unset" : from.toString(),
                    to.toString(),
                    why));
        }

        ContainerResources result() {
            return new ContainerResources(
                    new ResourceRequirementsBuilder()
                            .withRequests(quantities(requests, askedRequests))
                            .withLimits(quantities(limits, askedLimits))
                            .build(),
                    List.copyOf(adjustments));
        }

        private static Optional<CanonicalQuantity> asked(ResourceAmounts amounts, Bounded resource) {
            return amounts == null
                    ? Optional.empty()
                    : amount(resource == Bounded.CPU ? amounts.cpu() : amounts.memory());
        }

        private static Map<String, Quantity> quantities(
                Map<Bounded, CanonicalQuantity> bounded, ResourceAmounts asked) {
            var quantities = new LinkedHashMap<String, Quantity>();
            bounded.forEach((resource, amount) -> quantities.put(resource.key(), amount.quantity()));
            if (asked != null) {
                Given.text(asked.hugePages2Mi())
                        .flatMap(CanonicalQuantity::parse)
                        .ifPresent(it -> quantities.put("hugepages-2Mi", it.quantity()));
                Given.text(asked.hugePages1Gi())
                        .flatMap(CanonicalQuantity::parse)
                        .ifPresent(it -> quantities.put("hugepages-1Gi", it.quantity()));
            }
            return quantities;
        }
    }
}
