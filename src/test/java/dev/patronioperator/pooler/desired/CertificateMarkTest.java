package dev.patronioperator.pooler.desired;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.pooler.desired.PoolerBefore.Certificate;
import dev.patronioperator.pooler.model.PoolerModel;
import dev.patronioperator.settings.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/** When the pods of a pooler are made anew for the sake of a certificate, and when they are not. */
class CertificateMarkTest {

    private static final Optional<String> OLD = Optional.of("old");
    private static final Optional<String> NEW = Optional.of("new");
    private static final Optional<String> NOTHING = Optional.empty();

    @Test
    void newPodsBearTheCertificateThatThereIs() {
        var made = render("tls: {secretName: cert}", NEW, Certificate.NONE);

        assertThat(noted(made)).contains("new");
        assertThat(onPods(made)).contains("new");
    }

    @Test
    void podsOfTheOperatorBeforeStayWithTheCertificateTheyHave() {
        var first = render("tls: {secretName: cert}", OLD, new Certificate(true, NOTHING, NOTHING));

        assertThat(noted(first)).contains("old");
        assertThat(onPods(first)).isEmpty();
        assertThat(render("tls: {secretName: cert}", OLD, new Certificate(true, noted(first), onPods(first))))
                .isEqualTo(first);
    }

    @Test
    void aRenewedCertificateMakesThemAnewOnce() {
        var renewed = render("tls: {secretName: cert}", NEW, new Certificate(true, OLD, NOTHING));

        assertThat(noted(renewed)).contains("new");
        assertThat(onPods(renewed)).contains("new");
        assertThat(render("tls: {secretName: cert}", NEW, new Certificate(true, NEW, NEW)))
                .isEqualTo(renewed);
    }

    @Test
    void whileItCannotBeReadAllStaysAsItIs() {
        var unread = render("tls: {secretName: cert}", NOTHING, new Certificate(true, NEW, OLD));

        assertThat(noted(unread)).contains("new");
        assertThat(onPods(unread)).contains("old");
    }

    @Test
    void withoutACertificateNothingIsNoted() {
        var plain = render("{}", NOTHING, new Certificate(true, OLD, OLD));

        assertThat(noted(plain)).isEmpty();
        assertThat(onPods(plain)).isEmpty();
    }

    private static Deployment render(String spec, Optional<String> certificate, Certificate before) {
        var manifest = ClusterManifests.with("enableConnectionPooler: true" + (spec.equals("{}") ? "" : "\n" + spec));
        var inputs = new PoolerInputs(
                Optional.of(new TreeMap<>(Map.of("pooler", "p"))),
                new TreeSet<>(),
                certificate,
                Map.of(MemberRole.PRIMARY, new PoolerBefore(NOTHING, 0, NOTHING, before)));
        return PoolerObjects.render(PoolerModel.accept(manifest, Settings.defaults()), inputs).objects().stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> noted(Deployment pooler) {
        return mark(pooler.getMetadata());
    }

    private static Optional<String> onPods(Deployment pooler) {
        return mark(pooler.getSpec().getTemplate().getMetadata());
    }

    private static Optional<String> mark(ObjectMeta metadata) {
        return Optional.ofNullable(metadata.getAnnotations())
                .map(annotations -> annotations.get(CertificateMark.ANNOTATION));
    }
}
