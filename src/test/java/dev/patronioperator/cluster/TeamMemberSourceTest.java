package dev.patronioperator.cluster;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.api.PostgresTeam;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.OperatorNamespace;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.TeamsParameters;
import dev.patronioperator.settings.value.NamespacedName;
import dev.patronioperator.teams.TeamAnswer;
import dev.patronioperator.teams.TeamMember;
import dev.patronioperator.teams.TeamMembers;
import dev.patronioperator.teams.TeamsApi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Who is asked for the members of a cluster's teams, and with what. */
class TeamMemberSourceTest {

    private final Map<String, Secret> secrets = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Known<List<PostgresTeam>> resources = Known.of(List.of());

    private final TeamsApi api = (access, team) -> {
        asked.add(access.url() + " " + access.token() + " " + team);
        return new TeamAnswer.Members(List.of("anna"));
    };

    private final TeamMemberSource source = new TeamMemberSource(
            new OperatorNamespace(Optional.of("operators"), new KubernetesClientBuilder().build()), api);

    private Settings settings = Settings.defaults()
            .with(TeamsParameters.ENABLE_TEAMS_API, true)
            .with(TeamsParameters.TEAMS_API_URL, "https://teams.corp/api//")
            .with(TeamsParameters.ENABLE_POSTGRES_TEAM_CRD, false)
            .with(KubernetesParameters.OAUTH_TOKEN_SECRET_NAME, Optional.of(NamespacedName.of("postgresql-operator")));

    private final ObjectReader reader = new ObjectReader() {
        @Override
        public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
            return Known.of(
                    Optional.ofNullable(secrets.get(namespace + "/" + name)).map(type::cast));
        }

        @Override
        public <T extends HasMetadata> Known<List<T>> list(
                Class<T> type, String namespace, Map<String, String> labels) {
            return Known.of(List.of());
        }

        @Override
        public <T extends HasMetadata> Known<List<T>> everywhere(Class<T> type, String namespace, String cluster) {
            return resources.map(all -> all.stream().map(type::cast).toList());
        }
    };

    private TeamMembers members() {
        return source.of(ClusterModel.accept(ClusterManifests.with(""), settings), reader);
    }

    private void token(String namespace, String type, String token) {
        secrets.put(
                namespace + "/postgresql-operator",
                new SecretBuilder()
                        .addToData("read-only-token-type", encoded(type))
                        .addToData("read-only-token-secret", encoded(token))
                        .build());
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static PostgresTeam resource(String spec) {
        return new KubernetesSerialization().unmarshal("spec: " + spec, PostgresTeam.class);
    }

    @Test
    void theApiIsAskedWithTheTokenOfTheSecret() {
        token("operators", "Bearer", "abc\n");

        assertThat(members().people()).containsExactly(new TeamMember("anna", false));
        assertThat(asked).containsExactly("https://teams.corp/api abc acid");
    }

    @Test
    void theSecretMayBeElsewhereAndItsTokenMayChange() {
        settings = settings.with(
                KubernetesParameters.OAUTH_TOKEN_SECRET_NAME,
                Optional.of(new NamespacedName(Optional.of("tokens"), "postgresql-operator")));
        token("tokens", "Bearer", "first");
        members();
        token("tokens", "Bearer", "second");
        members();

        assertThat(asked).containsExactly("https://teams.corp/api first acid", "https://teams.corp/api second acid");
    }

    @ParameterizedTest
    @CsvSource({
        "Basic, abc, read-only-token-type has to be Bearer",
        "Bearer, two words, read-only-token-secret has to be a token",
        "Bearer, '', read-only-token-secret has to be a token",
        "Bearer, bäh, read-only-token-secret has to be a token"
    })
    void aSecretWithoutAUsableTokenIsNamedAndNobodyHasLeft(String type, String token, String problem) {
        token("operators", type, token);

        var members = members();

        assertThat(members.complete()).isFalse();
        assertThat(members.problems()).singleElement().asString().contains("postgresql-operator", problem);
        assertThat(members.toString()).doesNotContain("two words", "bäh");
        assertThat(asked).isEmpty();
    }

    @Test
    void aSecretThatIsNotThereIsNamedAndNobodyHasLeft() {
        assertThat(members().complete()).isFalse();
        assertThat(members().problems())
                .singleElement()
                .asString()
                .contains("postgresql-operator (oauth_token_secret_name)", "does not exist");
    }

    /** The default, which the peer asks. */
    @ParameterizedTest
    @ValueSource(strings = {"https://teams.example.com/api/", ""})
    void anAddressThatIsAnExampleOrNoneIsNotAsked(String url) {
        settings = settings.with(TeamsParameters.TEAMS_API_URL, url);

        assertThat(members()).isEqualTo(TeamMembers.NOT_ASKED);
    }

    @Test
    void whereItIsSwitchedOffNobodyIsAsked() {
        settings = settings.with(TeamsParameters.ENABLE_TEAMS_API, false);

        assertThat(members()).isEqualTo(TeamMembers.NOT_ASKED);
    }

    @Test
    void resourcesAreReadIfTheyCount() {
        settings = settings.with(TeamsParameters.ENABLE_TEAMS_API, false);
        resources = Known.of(List.of(resource("{additionalMembers: {acid: [ben]}}")));
        assertThat(members().people()).isEmpty();

        settings = settings.with(TeamsParameters.ENABLE_POSTGRES_TEAM_CRD, true);

        assertThat(members().people()).containsExactly(new TeamMember("ben", false));
    }

    @Test
    void resourcesThatCannotBeReadAreAsTheyWere() {
        settings = settings.with(TeamsParameters.ENABLE_TEAMS_API, false)
                .with(TeamsParameters.ENABLE_POSTGRES_TEAM_CRD, true);
        resources = Known.of(List.of(resource("{additionalMembers: {acid: [ben]}}")));
        members();

        resources = Known.unknown("forbidden");

        assertThat(members().people()).containsExactly(new TeamMember("ben", false));
        assertThat(members().complete()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{additionalMembers: {acid: [ben]}} | {} | true",
                "{additionalMembers: {other: [ben]}} | {} | false",
                "{additionalMembers: {other: [ben]}} | {additionalTeams: {acid: [middle], middle: [other]}} | true",
                "{additionalTeams: {acid: [other]}} | {} | true",
                "{additionalSuperuserTeams: {admins: [x]}} | {additionalSuperuserTeams: {acid: [admins]}} | true",
                "{additionalMembers: {everywhere: [ben]}} | {} | true",
                "{} | {additionalTeams: {acid: [other]}} | false"
            })
    void aChangeConcernsTheClustersOfItsTeams(String changed, String others, boolean concerns) {
        settings = settings.with(TeamsParameters.ENABLE_POSTGRES_TEAM_CRD, true)
                .with(TeamsParameters.ENABLE_POSTGRES_TEAM_CRD_SUPERUSERS, true)
                .with(TeamsParameters.POSTGRES_SUPERUSER_TEAMS, List.of("everywhere"));

        assertThat(TeamMemberSource.concerns(
                        ClusterManifests.with(""), settings, List.of(resource(changed)), List.of(resource(others))))
                .isEqualTo(concerns);
    }

    @Test
    void resourcesCountInTheNamespacesThatAreWatched() {
        assertThat(namespaces("*")).containsExactly("");
        assertThat(namespaces("")).containsExactly("operators");
        assertThat(namespaces("a, b")).containsExactlyInAnyOrder("a", "b");
    }

    private Set<String> namespaces(String watched) {
        return source.namespaces(settings.with(KubernetesParameters.WATCHED_NAMESPACE, watched));
    }
}
