package dev.patronioperator.postgres.parameters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.patronioperator.plan.Impact;
import dev.patronioperator.postgres.parameters.ServerParameter.Type;

/**
 * The parameters of one major version, with those of the extensions that come with PostgreSQL or with Spilo. Recorded from real servers;
 * {@code local/postgres-parameters.sh} makes the file.
 *
 * <p>For saying beforehand what a change costs. Whether PostgreSQL has to restart it says itself, afterwards, so a parameter that is not
 * known here gets its restart all the same, only without having been announced.
 */
public final class ParameterCatalogue {

    /** Oldest and newest version on record; an older or newer server is taken for its neighbour. */
    public static final int OLDEST = 12;

    public static final int NEWEST = 18;

    private static final String FILE = "/postgres/parameters.tsv";
    private static final Map<Integer, ParameterCatalogue> ALL = read();

    private final Map<String, ServerParameter> byName = new TreeMap<>();

    private ParameterCatalogue() {}

    /** What is known of a major version, such as {@code 17}; of the newest one if the text is no number. */
    public static ParameterCatalogue of(String majorVersion) {
        int asked = majorVersion.matches("\\d{1,4}") ? Integer.parseInt(majorVersion) : NEWEST;
        return ALL.get(Math.clamp(asked, OLDEST, NEWEST));
    }

    /** Empty for what only extensions that are not on record have, and for what is no parameter at all. */
    public Optional<ServerParameter> find(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** All of them, sorted by name. */
    public Collection<ServerParameter> parameters() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** What a change costs; empty if PostgreSQL has to be asked. */
    public Optional<Impact> impact(String name) {
        return find(name).map(parameter -> parameter.context().impact());
    }

    private static Map<Integer, ParameterCatalogue> read() {
        var all = new TreeMap<Integer, ParameterCatalogue>();
        for (int major = OLDEST; major <= NEWEST; major++) {
            all.put(major, new ParameterCatalogue());
        }
        text().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            var cells = line.split("\t", -1);
            var parameter = new ServerParameter(
                    cells[0],
                    Type.valueOf(cells[1].toUpperCase(Locale.ROOT)),
                    Optional.of(cells[2]).filter(unit -> !unit.isEmpty()),
                    ParameterContext.of(cells[3]));
            for (int major = Integer.parseInt(cells[4]); major <= Integer.parseInt(cells[5]); major++) {
                all.get(major).byName.put(parameter.name().toLowerCase(Locale.ROOT), parameter);
            }
        });
        return Map.copyOf(all);
    }

    private static String text() {
        try (var stream = ParameterCatalogue.class.getResourceAsStream(FILE)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
