package dev.patronioperator.settings.codec;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

import dev.patronioperator.settings.value.ClaimRetention;
import dev.patronioperator.settings.value.InfrastructureRole;
import dev.patronioperator.settings.value.MaintenanceWindow;
import dev.patronioperator.settings.value.NamespacedName;

import static org.assertj.core.api.Assertions.assertThat;

/** What is printed is read again as the same value, in both forms. */
class RoundTripProperties {

    private static <T> void survives(Codec<T> codec, T value) {
        var text = codec.toText(value);
        var fromText = text.isEmpty() ? Parsed.valid(codec.empty().orElseThrow()) : codec.fromText(text);
        assertThat(fromText).isEqualTo(Parsed.valid(value));
        assertThat(codec.fromTree(codec.toTree(value), null)).isEqualTo(Parsed.valid(value));
    }

    @Property
    void durations(@ForAll @LongRange(min = 0) long nanos) {
        survives(Codecs.DURATION, Duration.ofNanos(nanos));
    }

    @Property
    void integers(@ForAll int number) {
        survives(Codecs.integer(Integer.MIN_VALUE), number);
    }

    @Property
    void lists(@ForAll("words") List<String> names) {
        survives(Codecs.NAMES, names);
    }

    @Property
    void maps(@ForAll("entries") Map<String, String> entries) {
        survives(Codecs.MAP, entries);
    }

    @Property
    void namespacedNames(@ForAll("maybeWord") Optional<String> namespace, @ForAll("word") String name) {
        survives(Codecs.NAMESPACED_NAME, Optional.of(new NamespacedName(namespace, name)));
    }

    @Property
    void windows(@ForAll Optional<DayOfWeek> day, @ForAll("minutes") LocalTime a, @ForAll("minutes") LocalTime b) {
        survives(
                Codecs.WINDOWS,
                List.of(a.isAfter(b) ? new MaintenanceWindow(day, b, a) : new MaintenanceWindow(day, a, b)));
    }

    @Property
    void claimRetentions(@ForAll ClaimRetention.Policy deleted, @ForAll ClaimRetention.Policy scaled) {
        survives(Codecs.CLAIM_RETENTION, new ClaimRetention(deleted, scaled));
    }

    @Property
    void infrastructureRoles(@ForAll("roles") List<InfrastructureRole> roles) {
        survives(Codecs.INFRASTRUCTURE_ROLES, roles);
    }

    /** Nothing that a user types breaks the reader: every text is a value or refused with a reason. */
    @Property
    void anyTextIsReadOrRefused(@ForAll String text) {
        for (var codec : List.of(
                Codecs.BOOLEAN,
                Codecs.DURATION,
                Codecs.CRON,
                Codecs.MAP,
                Codecs.NAMES,
                Codecs.CPU,
                Codecs.WINDOWS,
                Codecs.NAMESPACED_NAME,
                Codecs.SINGLE_TOLERATION,
                Codecs.CLAIM_RETENTION,
                Codecs.INFRASTRUCTURE_ROLES,
                Codecs.MAJOR_VERSION,
                Codecs.integer(0))) {
            if (codec.fromText(text) instanceof Parsed.Invalid<?>(var reasons)) {
                assertThat(reasons).isNotEmpty().allSatisfy(reason -> assertThat(reason)
                        .isNotBlank());
            }
        }
    }

    @Provide
    Arbitrary<LocalTime> minutes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 23),
                        Arbitraries.integers().between(0, 59))
                .as(LocalTime::of);
    }

    @Provide
    Arbitrary<String> word() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("-._")
                .ofMinLength(1)
                .ofMaxLength(20);
    }

    @Provide
    Arbitrary<Optional<String>> maybeWord() {
        return word().optional();
    }

    @Provide
    Arbitrary<List<String>> words() {
        return word().list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<Map<String, String>> entries() {
        return Arbitraries.maps(word(), word().edgeCases(config -> config.add("")))
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<InfrastructureRole>> roles() {
        return Combinators.combine(
                        word(), word(), word(), word().optional(), word().optional(), Arbitraries.of(true, false))
                .as((secret, user, password, role, details, template) -> new InfrastructureRole(
                        NamespacedName.of(secret),
                        Optional.of(user),
                        Optional.of(password),
                        role,
                        Optional.empty(),
                        Optional.empty(),
                        details,
                        template))
                .list()
                .ofMaxSize(4);
    }
}
