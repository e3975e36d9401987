package dev.patronioperator.settings.parameters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.patronioperator.settings.Parameter;

import static org.assertj.core.api.Assertions.assertThat;

/** Nobody sets a parameter for nothing: it is read, or the reference says why there is nothing for it to do. */
class UsedParametersTest {

    private static final Path MAIN = Path.of("src/main/java/dev/patronioperator");
    private static final Pattern CONSTANT = Pattern.compile("Parameters\\.([A-Z0-9_]+)\\b");

    /** Of parts that are not built yet. One that is read by now may stand here; take it out when you see it. */
    private static final Set<String> NOT_YET = Set.of(
            "enable_database_access",
            "enable_password_rotation",
            "password_rotation_interval",
            "password_rotation_user_retention",
            "storage_resize_mode",
            "major_version_upgrade_team_allow_list",
            "oauth_token_secret_name",
            "enable_teams_api",
            "teams_api_url",
            "team_api_role_configuration",
            "enable_team_superuser",
            "postgres_superuser_teams",
            "enable_postgres_team_crd",
            "enable_postgres_team_crd_superusers",
            "enable_team_member_deprecation",
            "role_deletion_suffix");

    @Test
    void everyParameterIsReadOrSaysWhyNot() throws IOException {
        var constants = constantsInUse();
        var silent = Catalogue.parameters()
                .filter(parameter -> !constants.contains(constant(parameter)))
                .filter(parameter -> parameter.noEffect().isEmpty())
                .map(Parameter::key)
                .collect(Collectors.toCollection(TreeSet::new));
        silent.removeAll(NOT_YET);

        assertThat(silent)
                .as("read by nobody: use it, or give it .noEffect(reason)")
                .isEmpty();
    }

    @Test
    void whatSaysThatItHasNoEffectIsReadByNobody() throws IOException {
        var constants = constantsInUse();

        assertThat(Catalogue.parameters()
                        .filter(parameter -> parameter.noEffect().isPresent()))
                .isNotEmpty()
                .as("is read: take .noEffect(…) away")
                .noneMatch(parameter -> constants.contains(constant(parameter)));
    }

    private static String constant(Parameter<?> parameter) {
        return parameter.key().toUpperCase(Locale.ROOT);
    }

    /** The names of constants in the program, but for where parameters are defined. */
    private static Set<String> constantsInUse() throws IOException {
        try (var files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(MAIN.resolve("settings/parameters")))
                    .flatMap(file -> CONSTANT.matcher(text(file)).results())
                    .map(match -> match.group(1))
                    .collect(Collectors.toSet());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
