package dev.patronioperator.manifest;

import java.util.Locale;
import java.util.regex.Pattern;

import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.LoadBalancerParameters;

/** The names under which external-dns publishes a cluster's load balancers. */
record DnsNames(Identity identity, Settings settings) {

    private static final Pattern CLUSTER_NAME = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

    /** The longest name whose {@code -repl} Service is still a DNS label. */
    private static final int LEGACY_LIMIT = 58;

    /** One name, or two separated by a comma where the cluster's name begins with its team. */
    String ofDatabase(MemberRole role) {
        var current = fill(format(role), identity.name());
        return beginsWithTeam()
                ? current + ","
                        + fill(
                                legacyFormat(role),
                                identity.name().substring(identity.team().length() + 1))
                : current;
    }

    String ofPooler(MemberRole role) {
        return fill(format(role), identity.names().pooler(MemberRole.PRIMARY));
    }

    private static Parameter<String> format(MemberRole role) {
        return switch (role) {
            case PRIMARY -> LoadBalancerParameters.MASTER_DNS_NAME_FORMAT;
            case REPLICA -> LoadBalancerParameters.REPLICA_DNS_NAME_FORMAT;
        };
    }

    private static Parameter<String> legacyFormat(MemberRole role) {
        return switch (role) {
            case PRIMARY -> LoadBalancerParameters.MASTER_LEGACY_DNS_NAME_FORMAT;
            case REPLICA -> LoadBalancerParameters.REPLICA_LEGACY_DNS_NAME_FORMAT;
        };
    }

    private boolean beginsWithTeam() {
        var name = identity.name();
        var prefix = identity.team().toLowerCase(Locale.ROOT) + "-";
        return prefix.length() > 1
                && name.length() > prefix.length()
                && name.length() <= LEGACY_LIMIT
                && name.toLowerCase(Locale.ROOT).startsWith(prefix)
                && CLUSTER_NAME.matcher(name).matches();
    }

    private String fill(Parameter<String> format, String name) {
        return settings.get(format)
                .replace("{cluster}", name)
                .replace("{namespace}", identity.namespace())
                .replace("{team}", identity.team())
                .replace("{hostedzone}", settings.get(LoadBalancerParameters.DB_HOSTED_ZONE))
                .toLowerCase(Locale.ROOT);
    }
}
