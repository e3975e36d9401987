package dev.patronioperator.kubernetes.naming;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Annotation keys that we share with the peer, with Patroni and with other controllers. */
public final class Annotations {

    /** On a {@code postgresql}: which of several operators looks after it. */
    public static final String CONTROLLER = "acid.zalan.do/controller";

    /** On a pod: it waits to be made anew. The peer uses the same, so either operator can finish what the other began. */
    public static final String ROLLING_UPDATE_REQUIRED = "zalando-postgres-operator-rolling-update-required";

    /** On a Service: the names external-dns shall publish, comma-separated. */
    public static final String EXTERNAL_DNS_HOSTNAME = "external-dns.alpha.kubernetes.io/hostname";

    /** On a pod: the AWS role kube2iam lends it. */
    public static final String KUBE_IAM_ROLE = "iam.amazonaws.com/role";

    /** On a ServiceAccount: the AWS role its pods get. */
    public static final String IRSA_ROLE_ARN = "eks.amazonaws.com/role-arn";

    /** On a {@code postgresql}: when the last major upgrade succeeded, UTC. */
    public static final String LAST_MAJOR_UPGRADE_SUCCESS = "last-major-upgrade-success";

    /** On a {@code postgresql}: when the last major upgrade failed, UTC; blocks another attempt until the version is put back. */
    public static final String LAST_MAJOR_UPGRADE_FAILURE = "last-major-upgrade-failure";

    /** On a {@code postgresql}, {@code "true"}: what was left as another operator made it may be mended now, by a rollout. */
    public static final String APPROVE_DEFERRED = "patroni-operator.dev/approve-deferred";

    /** On a {@code postgresql}, {@code "true"}: this operator does not look after it any more and does not hold it back from deletion. */
    public static final String RELEASE = "patroni-operator.dev/release";

    private Annotations() {}

    /** Whether an annotation of this key says {@code true}. */
    public static boolean isTrue(HasMetadata object, String key) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(key));
    }
}
