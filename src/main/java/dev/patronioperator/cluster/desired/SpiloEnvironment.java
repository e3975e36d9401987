package dev.patronioperator.cluster.desired;

import java.util.List;

import io.fabric8.kubernetes.api.model.EnvVar;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.Dcs;
import dev.patronioperator.kubernetes.naming.Labels;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.TlsFiles;
import dev.patronioperator.manifest.Variables;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.TeamsParameters;

/**
 * The environment of the PostgreSQL container: the whole interface to Spilo.
 *
 * <p>What comes first wins: the operator's own variables, the manifest's, those for clone and standby, the configured Secret and ConfigMap, the archive, TLS.
 */
final class SpiloEnvironment {

    /** Parent of the data directory. */
    private static final String ROOT = "/home/postgres/pgdata/pgroot";

    private SpiloEnvironment() {}

    static List<EnvVar> render(ClusterModel model, ExternalInputs.PodEnvironment external) {
        var environment = new Environment();
        addCore(environment, model);
        addDcs(environment, model);
        environment.addAll(model.pod().env());
        environment.addAll(OriginEnvironment.clone(model));
        environment.addAll(OriginEnvironment.standby(model));
        addExternal(environment, model.settings(), external);
        environment.addAll(ArchiveEnvironment.render(model));
        model.pod().tls().ifPresent(tls -> addTls(environment, tls));
        return environment.list();
    }

    private static void addCore(Environment environment, ClusterModel model) {
        var settings = model.settings();
        var credentials = model.credentials();
        var cluster = model.identity().name();
        environment
                .add("SCOPE", cluster)
                .add("PGROOT", ROOT)
                .add(Variables.ofField("POD_IP", "status.podIP"))
                .add(Variables.ofField("POD_NAMESPACE", "metadata.namespace"))
                .add("PGUSER_SUPERUSER", credentials.superuser())
                .add("KUBERNETES_SCOPE_LABEL", model.identity().labels().nameKey())
                .add("KUBERNETES_ROLE_LABEL", model.identity().labels().roleKey())
                .add(credentials.password("PGPASSWORD_SUPERUSER", cluster, credentials.superuser()))
                .add("PGUSER_STANDBY", credentials.replication())
                .add(credentials.password("PGPASSWORD_STANDBY", cluster, credentials.replication()))
                .add("PAM_OAUTH2", settings.get(TeamsParameters.PAM_CONFIGURATION))
                .add("HUMAN_ROLE", settings.get(TeamsParameters.PAM_ROLE_NAME));
        if (settings.get(GeneralParameters.ENABLE_SPILO_WAL_PATH_COMPAT)) {
            environment.add("ENABLE_WAL_PATH_COMPAT", "true");
        }
        if (settings.get(GeneralParameters.ENABLE_PGVERSION_ENV_VAR)) {
            environment.add("PGVERSION", model.server().version());
        }
        environment
                .add("KUBERNETES_LABELS", GoJson.write(model.identity().labels().common()))
                .add("SPILO_CONFIGURATION", SpiloConfiguration.render(model));
    }

    private static void addDcs(Environment environment, ClusterModel model) {
        if (model.dcs() instanceof Dcs.Etcd(var host)) {
            environment.add("ETCD_HOST", host);
            return;
        }
        environment.add("DCS_ENABLE_KUBERNETES_API", "true");
        if (model.settings().get(KubernetesParameters.ENABLE_POD_DISRUPTION_BUDGET)) {
            environment.add("KUBERNETES_BOOTSTRAP_LABELS", "{\"" + Labels.CRITICAL_OPERATION + "\":\"true\"}");
        }
        if (model.dcs() instanceof Dcs.ConfigMaps) {
            environment.add("KUBERNETES_USE_CONFIGMAPS", "true");
        }
    }

    private static void addExternal(
            Environment environment, Settings settings, ExternalInputs.PodEnvironment external) {
        settings.get(KubernetesParameters.POD_ENVIRONMENT_SECRET).ifPresent(secret -> external.secretKeys()
                .forEach(key -> environment.add(Credentials.fromSecret(key, secret, key))));
        external.configMap().forEach(environment::add);
    }

    private static void addTls(Environment environment, TlsFiles tls) {
        environment.add("SSL_CERTIFICATE_FILE", tls.certificate()).add("SSL_PRIVATE_KEY_FILE", tls.key());
        tls.authority().ifPresent(file -> environment.add("SSL_CA_FILE", file));
    }
}
