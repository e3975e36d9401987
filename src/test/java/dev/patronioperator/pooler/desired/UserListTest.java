package dev.patronioperator.pooler.desired;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.pooler.model.PoolerModel;
import dev.patronioperator.settings.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/** The list of users of a pooler: when it is written, and when pods have to be made anew for it. */
class UserListTest {

    private static final SortedMap<String, String> PASSWORDS = new TreeMap<>(Map.of("pooler", "p", "robot", "r\"q"));

    private final PoolerModel model =
            PoolerModel.accept(ClusterManifests.with("enableConnectionPooler: true"), Settings.defaults());

    @Test
    void namesEveryUserAndDoublesQuotes() {
        assertThat(text(render(PoolerBefore.NOTHING))).isEqualTo("\"pooler\" \"p\"\n\"robot\" \"r\"\"q\"\n");
    }

    @Test
    void newPoolerHasNoRevision() {
        var objects = render(PoolerBefore.NOTHING);

        assertThat(annotations(objects)).doesNotContainKey(UserList.REVISION);
        assertThat(secret(objects).getMetadata().getAnnotations()).isNull();
    }

    @Test
    void listThatSaysTheSameInAnotherOrderStaysAsItIs() {
        var peers = "\"robot\" \"r\"\"q\"\n\"pooler\" \"p\"";

        var objects = render(new PoolerBefore(Optional.of(peers), 0, Optional.empty()));

        assertThat(text(objects)).isEqualTo(peers);
        assertThat(annotations(objects)).doesNotContainKey(UserList.REVISION);
    }

    @Test
    void changedPasswordCountsTheRevisionUpOnSecretAndPods() {
        var objects = render(new PoolerBefore(Optional.of("\"pooler\" \"old\"\n"), 4, Optional.empty()));

        assertThat(text(objects)).contains("\"pooler\" \"p\"");
        assertThat(annotations(objects)).containsEntry(UserList.REVISION, "5");
        assertThat(secret(objects).getMetadata().getAnnotations()).containsEntry(UserList.REVISION, "5");
    }

    @Test
    void whatHasBeenWrittenIsWrittenOnce() {
        var written = render(new PoolerBefore(Optional.of("\"pooler\" \"old\"\n"), 4, Optional.empty()));

        var again = render(new PoolerBefore(Optional.of(text(written)), 5, Optional.empty()));

        assertThat(again).isEqualTo(written);
    }

    @Property(tries = 300)
    void whateverIsInNamesAndPasswordsIsReadBack(@ForAll("users") Map<String, String> users) {
        var passwords = Optional.<SortedMap<String, String>>of(new TreeMap<>(users));
        var written = text(render(passwords, PoolerBefore.NOTHING));

        var again = render(passwords, new PoolerBefore(Optional.of(written), 0, Optional.empty()));

        assertThat(annotations(again)).doesNotContainKey(UserList.REVISION);
        assertThat(text(again)).isEqualTo(written);
    }

    @Provide
    Arbitrary<Map<String, String>> users() {
        var text = Arbitraries.oneOf(
                Arbitraries.strings().withChars("\"\n\r\t ;a").ofMaxLength(8),
                Arbitraries.strings().all().ofMaxLength(40).filter(UserListTest::isWhatASecretHolds));
        return Arbitraries.maps(text, text).ofMaxSize(4);
    }

    private static boolean isWhatASecretHolds(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Test
    void aLongPasswordIsReadBackToo() {
        var passwords = Optional.<SortedMap<String, String>>of(new TreeMap<>(Map.of("robot", "\"p\n".repeat(20_000))));
        var written = text(render(passwords, PoolerBefore.NOTHING));

        assertThat(annotations(render(passwords, new PoolerBefore(Optional.of(written), 0, Optional.empty()))))
                .doesNotContainKey(UserList.REVISION);
    }

    @Test
    void listThatSomebodyDeletedIsMadeAgainWithoutNewPods() {
        assertThat(annotations(render(new PoolerBefore(Optional.empty(), 4, Optional.empty()))))
                .containsEntry(UserList.REVISION, "4");
    }

    @Test
    void whileThePasswordsAreUnknownListAndPodsStay() {
        var before = new PoolerBefore(Optional.of("\"pooler\" \"old\"\n"), 4, Optional.empty());

        var objects = PoolerObjects.render(
                model, new PoolerInputs(Optional.empty(), new TreeSet<>(), Map.of(MemberRole.PRIMARY, before)));

        assertThat(objects.objects()).noneMatch(Secret.class::isInstance);
        assertThat(annotations(objects)).containsEntry(UserList.REVISION, "4");
    }

    @Test
    void usersOfTheStatisticsStayInTheOrderOfThePeer() {
        assertThat(statisticsUsers(Optional.of("robot,auditor"))).isEqualTo("robot,auditor");
        assertThat(statisticsUsers(Optional.of("robot,somebody"))).isEqualTo("auditor,robot");
        assertThat(statisticsUsers(Optional.empty())).isEqualTo("auditor,robot");
    }

    @Test
    void passwordsAreNotPrinted() {
        var before = new PoolerBefore(Optional.of("\"pooler\" \"secret\"\n"), 4, Optional.empty());
        var inputs = new PoolerInputs(
                Optional.of(new TreeMap<>(Map.of("pooler", "secret"))),
                new TreeSet<>(),
                Map.of(MemberRole.PRIMARY, before));

        assertThat(inputs + " " + before + " " + UserList.of(inputs, MemberRole.PRIMARY))
                .doesNotContain("secret");
    }

    private String statisticsUsers(Optional<String> before) {
        var roles = new TreeSet<>(java.util.Set.of("robot", "auditor"));
        var objects = PoolerObjects.render(
                model,
                new PoolerInputs(
                        Optional.empty(),
                        roles,
                        Map.of(MemberRole.PRIMARY, new PoolerBefore(Optional.empty(), 0, before))));
        return deployment(objects).getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
                .filter(variable -> variable.getName().equals("INFRASTRUCTURE_ROLES"))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
    }

    private PoolerObjects render(PoolerBefore before) {
        return render(Optional.of(PASSWORDS), before);
    }

    private PoolerObjects render(Optional<SortedMap<String, String>> passwords, PoolerBefore before) {
        return PoolerObjects.render(
                model, new PoolerInputs(passwords, new TreeSet<>(), Map.of(MemberRole.PRIMARY, before)));
    }

    private static Secret secret(PoolerObjects objects) {
        return (Secret) objects.objects().stream()
                .filter(Secret.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static Deployment deployment(PoolerObjects objects) {
        return (Deployment) objects.objects().stream()
                .filter(Deployment.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> annotations(PoolerObjects objects) {
        var annotations =
                deployment(objects).getSpec().getTemplate().getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    private static String text(PoolerObjects objects) {
        return new String(
                Base64.getDecoder().decode(secret(objects).getData().get(UserList.KEY)), StandardCharsets.UTF_8);
    }
}
