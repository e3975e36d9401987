package dev.patronioperator.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.Secret;

import dev.patronioperator.api.PostgresTeam;
import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.OperatorNamespace;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.TeamsParameters;
import dev.patronioperator.settings.value.NamespaceScope;
import dev.patronioperator.settings.value.NamespacedName;
import dev.patronioperator.teams.AdditionalTeams;
import dev.patronioperator.teams.TeamAnswer;
import dev.patronioperator.teams.TeamCensus;
import dev.patronioperator.teams.TeamMembers;
import dev.patronioperator.teams.TeamRules;
import dev.patronioperator.teams.TeamsApi;

/**
 * Reads who is in the teams of a cluster. Nobody who cannot be heard keeps a cluster from being looked after: what was known last stays,
 * and the status tells.
 */
@ApplicationScoped
class TeamMemberSource {

    private static final String TOKEN_TYPE = "read-only-token-type";
    private static final String TOKEN = "read-only-token-secret";

    /** A header holds nothing else. */
    private static final Pattern TOKEN_FORM = Pattern.compile("[\\x21-\\x7e]+");

    private final OperatorNamespace operator;
    private final TeamsApi api;
    private volatile AdditionalTeams lastAdditional = AdditionalTeams.NONE;

    TeamMemberSource(OperatorNamespace operator, TeamsApi api) {
        this.operator = operator;
        this.api = api;
    }

    /** Where resources count: in the namespaces whose clusters are looked after; an empty name stands for all. */
    Set<String> namespaces(Settings settings) {
        var scope = NamespaceScope.of(settings.get(KubernetesParameters.WATCHED_NAMESPACE));
        return scope.everywhere() ? Set.of("") : scope.namesOr(operator.name());
    }

    /** Whether a cluster may have other members after resources have changed. */
    static boolean concerns(
            Postgresql cluster, Settings settings, Collection<PostgresTeam> changed, Collection<PostgresTeam> all) {
        var owner = cluster.getSpec() == null || cluster.getSpec().teamId() == null
                ? ""
                : cluster.getSpec().teamId();
        var teams = new TreeSet<>(
                TeamRules.of(settings).consulted(owner, AdditionalTeams.of(all)).keySet());
        teams.add(owner);
        return AdditionalTeams.of(changed).mentioned().stream().anyMatch(teams::contains);
    }

    TeamMembers of(ClusterModel model, ObjectReader reader) {
        var settings = model.settings();
        var rules = TeamRules.of(settings);
        var url = address(settings);
        if (!rules.fromResources() && url.isEmpty()) {
            return TeamMembers.NOT_ASKED;
        }
        var identity = model.identity();
        var additional = rules.fromResources() ? additional(model, reader) : Known.of(AdditionalTeams.NONE);
        var asking =
                url.map(address -> asking(address, settings, reader.ofOthers(identity.namespace(), identity.name())));
        return TeamCensus.take(rules, identity.team(), additional, lastAdditional, asking);
    }

    private Known<AdditionalTeams> additional(ClusterModel model, ObjectReader reader) {
        var identity = model.identity();
        var known = reader.everywhere(PostgresTeam.class, identity.namespace(), identity.name())
                .map(AdditionalTeams::of);
        if (known instanceof Known.Value<AdditionalTeams>(AdditionalTeams teams)) {
            lastAdditional = teams;
        }
        return known;
    }

    /** Nobody answers at the address that stands for one in the peer's examples, and it is the default. */
    private static Optional<String> address(Settings settings) {
        var url = settings.get(TeamsParameters.TEAMS_API_URL);
        return settings.get(TeamsParameters.ENABLE_TEAMS_API) && !url.isBlank() && !url.contains("//teams.example.com/")
                ? Optional.of(url.strip().replaceAll("/+$", ""))
                : Optional.empty();
    }

    private Function<String, TeamAnswer> asking(String url, Settings settings, ObjectReader others) {
        return switch (token(settings, others)) {
            case Known.Value<String>(String token) -> team -> api.members(new TeamsApi.Access(url, token), team);
            case Known.Unknown<String>(String because) ->
                team -> new TeamAnswer.Unclear(because, false, Optional.<List<String>>empty());
        };
    }

    /** Read anew each time: a token that is replaced counts at once. */
    private Known<String> token(Settings settings, ObjectReader others) {
        var name = settings.get(KubernetesParameters.OAUTH_TOKEN_SECRET_NAME);
        if (name.isEmpty()) {
            return Known.unknown("oauth_token_secret_name names no Secret with a token for the Teams API");
        }
        return switch (secret(name.get(), others)) {
            case Known.Unknown<Optional<Secret>>(String because) -> Known.unknown(because);
            case Known.Value<Optional<Secret>>(var secret) ->
                secret.map(found -> token(name.get(), found))
                        .orElseGet(
                                () -> Known.unknown(
                                        "Secret " + name.get()
                                                + " (oauth_token_secret_name), which holds the token for the Teams API, does not exist"));
        };
    }

    private Known<Optional<Secret>> secret(NamespacedName name, ObjectReader others) {
        return others.get(Secret.class, name.namespaceOr(operator.name()), name.name());
    }

    private static Known<String> token(NamespacedName name, Secret secret) {
        var type = value(secret, TOKEN_TYPE);
        var token = value(secret, TOKEN);
        if (!"Bearer".equals(type)) {
            return Known.unknown("Secret " + name + ": " + TOKEN_TYPE + " has to be Bearer");
        }
        return TOKEN_FORM.matcher(token).matches()
                ? Known.of(token)
                : Known.unknown("Secret " + name + ": " + TOKEN + " has to be a token, in one word");
    }

    private static String value(Secret secret, String key) {
        return SecretText.of(secret, key).map(String::strip).orElse("");
    }
}
