package dev.patronioperator.cluster.desired;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GoJsonTest {

    @Test
    void isWrittenWithoutBlanks() {
        assertThat(GoJson.write(Map.of("a", List.of("b", 1, true)))).isEqualTo("{\"a\":[\"b\",1,true]}");
        assertThat(GoJson.write(Map.of())).isEqualTo("{}");
        assertThat(GoJson.write(List.of())).isEqualTo("[]");
    }

    @Test
    void charactersThatMeanSomethingInHtmlAreEscapedAsGoDoes() {
        assertThat(GoJson.write("%m <%u> & \"x\"\\\n")).isEqualTo("\"%m \\u003c%u\\u003e \\u0026 \\\"x\\\"\\\\\\n\"");
    }

    @Test
    void otherLettersStay() {
        assertThat(GoJson.write("größe 🐘")).isEqualTo("\"größe 🐘\"");
    }
}
