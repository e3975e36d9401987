package dev.patronioperator.settings;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.settings.parameters.DebugParameters;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.ScalyrParameters;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsTest {
    private static Settings withSidecar(String image) {
        Container sidecar =
                new ContainerBuilder().withName("metrics").withImage(image).build();
        return Settings.defaults().with(GeneralParameters.SIDECARS, List.of(sidecar));
    }

    @Test
    void fingerprintFollowsTheContentAndNothingElse() {
        assertThat(withSidecar("a:1").fingerprint())
                .isEqualTo(withSidecar("a:1").fingerprint());
        assertThat(withSidecar("a:1").fingerprint())
                .isNotEqualTo(withSidecar("a:2").fingerprint());
        assertThat(Settings.defaults().fingerprint())
                .isNotEqualTo(Settings.defaults(Source.CONFIG_MAP).fingerprint());
    }

    @Test
    void fingerprintDoesNotFollowWhatConcernsTheOperatorAlone() {
        assertThat(Settings.defaults()
                        .with(DebugParameters.DEBUG_LOGGING, false)
                        .fingerprint())
                .isEqualTo(Settings.defaults().fingerprint());
        assertThat(Settings.defaults()
                        .with(GeneralParameters.DOCKER_IMAGE, "spilo:2")
                        .fingerprint())
                .isNotEqualTo(Settings.defaults().fingerprint());
    }

    @Test
    void aSnapshotDoesNotChange() {
        var before = Settings.defaults();
        var after = before.with(GeneralParameters.WORKERS, 3);
        assertThat(before.get(GeneralParameters.WORKERS)).isEqualTo(8);
        assertThat(after.get(GeneralParameters.WORKERS)).isEqualTo(3);
    }

    @Test
    void differencesHideSecrets() {
        var before = Settings.defaults();
        var after = before.with(ScalyrParameters.SCALYR_API_KEY, Optional.of("s3cr3t"));
        assertThat(before.differences(after).stream().map(SettingsDifference::text))
                .containsExactly("scalyr.scalyr_api_key: \"\" -> (hidden)");
        assertThat(after.toString()).doesNotContain("s3cr3t");
    }
}
