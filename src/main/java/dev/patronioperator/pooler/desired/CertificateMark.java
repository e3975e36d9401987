package dev.patronioperator.pooler.desired;

import java.util.Map;
import java.util.Optional;

import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.pooler.model.PoolerModel;

/**
 * Which certificate the pods of a pooler run with, as a fingerprint of the Secrets that it comes from. PgBouncer reads its certificate when
 * it starts, so another one makes its pods anew.
 *
 * <p>The pods of a pooler that was there before bear no mark, and that is no reason to make them anew: which certificate they were given is
 * noted beside them, and only another one changes them.
 *
 * @param seen the certificate that there is, for the Deployment itself
 * @param pods the one that the pods were last made anew for
 */
public record CertificateMark(Optional<String> seen, Optional<String> pods) {

    /** On the Deployment and on the template of its pods. */
    public static final String ANNOTATION = "patroni-operator.dev/certificate";

    private static final CertificateMark NONE = new CertificateMark(Optional.empty(), Optional.empty());

    static CertificateMark of(PoolerModel model, PoolerInputs inputs, MemberRole role) {
        if (model.tls().isEmpty()) {
            return NONE;
        }
        var before = inputs.before(role).certificate();
        var now = inputs.certificate();
        if (now.isEmpty()) {
            return new CertificateMark(before.seen(), before.pods());
        }
        boolean isNew =
                !before.exists() || before.seen().isPresent() && !before.seen().equals(now);
        return new CertificateMark(now, isNew ? now : before.pods());
    }

    Map<String, String> onDeployment() {
        return annotations(seen);
    }

    Map<String, String> onPods() {
        return annotations(pods);
    }

    private static Map<String, String> annotations(Optional<String> fingerprint) {
        return fingerprint.map(value -> Map.of(ANNOTATION, value)).orElseGet(Map::of);
    }
}
