package dev.patronioperator.settings.parameters;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.Source;
import dev.patronioperator.settings.codec.Models;
import dev.patronioperator.settings.codec.Parsed;
import dev.patronioperator.settings.decoding.ConfigMapDecoder;
import dev.patronioperator.settings.decoding.Problem;
import dev.patronioperator.settings.decoding.ResourceDecoder;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogueTest {
    private static final Models MODELS = new KubernetesSerialization()::convertValue;

    static Stream<Parameter<?>> parameters() {
        return Catalogue.parameters();
    }

    static Stream<Parameter<?>> parametersOfBothSources() {
        return Catalogue.parameters().filter(parameter -> parameter.sources().size() == 2);
    }

    @Test
    void keysAreUniqueInBothForms() {
        assertThat(Catalogue.parameters().map(Parameter::key)).doesNotHaveDuplicates();
        assertThat(Catalogue.parameters().map(Parameter::path)).doesNotHaveDuplicates();
        assertThat(Catalogue.parameters()).hasSizeGreaterThanOrEqualTo(189);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void isDescribedForItsReaders(Parameter<?> parameter) {
        assertThat(parameter.key()).matches("[a-z][a-z0-9_]*");
        assertThat(parameter.description()).endsWith(".").doesNotContain("\n").hasSizeBetween(8, 200);
        assertThat(parameter.effects()).isNotEmpty();
        assertThat(parameter.codec().schema()).containsKey("type");
    }

    /** A name is a constant of the same name, so that who knows the parameter finds the code. */
    @ParameterizedTest
    @MethodSource("parameters")
    void isAConstantOfItsName(Parameter<?> parameter) {
        var holders = Stream.of(
                GeneralParameters.class,
                UsersParameters.class,
                MajorVersionUpgradeParameters.class,
                KubernetesParameters.class,
                PodResourcesParameters.class,
                TimeoutParameters.class,
                LoadBalancerParameters.class,
                CloudParameters.class,
                LogicalBackupParameters.class,
                DebugParameters.class,
                TeamsParameters.class,
                RestApiParameters.class,
                ScalyrParameters.class,
                PoolerParameters.class,
                PatroniParameters.class);
        assertThat(holders.flatMap(holder -> Stream.of(holder.getFields())).map(java.lang.reflect.Field::getName))
                .contains(parameter.key().toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void defaultsCanBeWrittenAndReadAgain(Parameter<?> parameter) {
        writeAndRead(parameter);
    }

    private static <T> void writeAndRead(Parameter<T> parameter) {
        var codec = parameter.codec();
        for (var value : List.of(
                parameter.defaults().configMap(),
                parameter.defaults().resource(),
                parameter.defaults().schema())) {
            var text = codec.toText(value);
            assertThat(text.isEmpty() ? Parsed.valid(codec.empty().orElseThrow()) : codec.fromText(text))
                    .isEqualTo(Parsed.valid(value));
            var tree = codec.toTree(value);
            assertThat("".equals(tree) ? Parsed.valid(codec.empty().orElseThrow()) : codec.fromTree(tree, MODELS))
                    .isEqualTo(Parsed.valid(value));
        }
    }

    /** The same wish gives the same configuration, wherever it is written. */
    @ParameterizedTest
    @MethodSource("parametersOfBothSources")
    void bothSourcesMeanTheSame(Parameter<?> parameter) {
        var text = Sample.of(parameter);
        var flat = new ConfigMapDecoder().decode(alone(parameter, text));
        var tree = new ResourceDecoder(MODELS).decode(nested(parameter, tree(parameter, text)));
        assertThat(flat.problems().stream().map(Problem::message))
                .as("what is missing beside it is missing in both")
                .containsExactlyElementsOf(
                        tree.problems().stream().map(Problem::message).toList());
        assertThat((Object) flat.settings().get(parameter))
                .isEqualTo(tree.settings().get(parameter));
        assertThat((Object) flat.settings().get(parameter))
                .as("the sample is not the default, so something was read")
                .isNotEqualTo(Settings.defaults(Source.CONFIG_MAP).get(parameter));
    }

    private static Map<String, String> alone(Parameter<?> parameter, String text) {
        return Map.of(parameter.key(), text);
    }

    private static <T> Object tree(Parameter<T> parameter, String text) {
        return switch (parameter.codec().fromText(text)) {
            case Parsed.Valid<T>(var value) -> parameter.codec().toTree(value);
            case Parsed.Invalid<T>(var reasons) -> throw new AssertionError(parameter + ": " + text + " " + reasons);
        };
    }

    private static Map<String, ?> nested(Parameter<?> parameter, Object tree) {
        return parameter
                .group()
                .name()
                .<Map<String, ?>>map(group -> Map.of(group, Map.of(parameter.key(), tree)))
                .orElseGet(() -> new TreeMap<>(Map.of(parameter.key(), tree)));
    }
}
