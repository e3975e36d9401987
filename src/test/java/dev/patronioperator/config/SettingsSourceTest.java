package dev.patronioperator.config;

import java.util.ArrayList;

import org.junit.jupiter.api.Test;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.SettingsChange;
import dev.patronioperator.settings.SettingsNotReadyException;
import dev.patronioperator.settings.parameters.GeneralParameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsSourceTest {
    private final SettingsSource source = new SettingsSource();

    @Test
    void saysWhatItWaitsForUntilThereIsAConfiguration() {
        source.waitFor("ConfigMap pgo/config does not exist");
        assertThat(source.isReady()).isFalse();
        assertThatThrownBy(source::current)
                .isInstanceOf(SettingsNotReadyException.class)
                .hasMessage("ConfigMap pgo/config does not exist");
    }

    @Test
    void listenersHearOfChangesAndOfNothingElse() {
        var heard = new ArrayList<SettingsChange>();
        source.onChange(heard::add);
        source.bringIntoForce(Settings.defaults());
        source.bringIntoForce(Settings.defaults());
        assertThat(heard).isEmpty();
        source.bringIntoForce(Settings.defaults().with(GeneralParameters.WORKERS, 3));
        assertThat(heard)
                .singleElement()
                .satisfies(change -> assertThat(change.differences().toString()).isEqualTo("[workers: 8 -> 3]"));
        assertThat(source.current().get(GeneralParameters.WORKERS)).isEqualTo(3);
    }

    @Test
    void aListenerAlreadySeesTheNewSnapshot() {
        source.bringIntoForce(Settings.defaults());
        var seen = new ArrayList<Integer>();
        source.onChange(change -> seen.add(source.current().get(GeneralParameters.WORKERS)));
        source.bringIntoForce(Settings.defaults().with(GeneralParameters.WORKERS, 5));
        assertThat(seen).containsExactly(5);
    }

    @Test
    void aListenerThatFailsKeepsNoOtherFromHearing() {
        source.bringIntoForce(Settings.defaults());
        var heard = new ArrayList<SettingsChange>();
        source.onChange(change -> {
            throw new IllegalStateException("cannot follow");
        });
        source.onChange(heard::add);

        source.bringIntoForce(Settings.defaults().with(GeneralParameters.WORKERS, 5));

        assertThat(heard).hasSize(1);
    }
}
