package dev.patronioperator.manifest;

import io.fabric8.kubernetes.api.model.Quantity;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CanonicalQuantityTest {

    @ParameterizedTest
    @CsvSource({
        "1Gi, 1Gi",
        "1024Mi, 1Gi",
        "2048Mi, 2Gi",
        "1.5Gi, 1536Mi",
        "1000Mi, 1000Mi",
        "512Ki, 512Ki",
        "0.5Ki, 512",
        "0.5, 500m",
        "1000m, 1",
        "1500m, 1500m",
        "2, 2",
        "1.5G, 1500M",
        "1000M, 1G",
        "100k, 100k",
        "1e9, 1e9",
        "0, 0"
    })
    void isTheFormTheApiServerStores(String written, String stored) {
        assertThat(CanonicalQuantity.parse(written))
                .map(CanonicalQuantity::toString)
                .contains(stored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Gi", "1GB", "1 Gi", "ten", "1.2.3"})
    void whatIsNoQuantityIsNone(String text) {
        assertThat(CanonicalQuantity.parse(text)).isEmpty();
    }

    @Property
    void theAmountStaysTheSame(@ForAll @IntRange(max = 1_000_000) int number) {
        for (var suffix : new String[] {"", "m", "k", "M", "G", "Ki", "Mi", "Gi"}) {
            var written = number + suffix;
            assertThat(CanonicalQuantity.parse(written).orElseThrow().quantity())
                    .isEqualTo(new Quantity(written));
        }
    }
}
