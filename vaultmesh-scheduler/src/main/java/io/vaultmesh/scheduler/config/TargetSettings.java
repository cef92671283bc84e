package io.vaultmesh.scheduler.config;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.scheduler.cadence.Cadence;
import io.vaultmesh.scheduler.cadence.Interval;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code anchors.yaml} says of a target, with variables of the environment filled in. Who makes targets reads what it
 * needs; what isn't right becomes an error that names file, line and key, and shows what the file has, never what a variable
 * had.
 *
 * <p>Two are equal if they have the same name and the same values, wherever those stand. Immutable and thread-safe.
 */
public final class TargetSettings {

    static final String INTERVAL = "interval";
    static final String FAILURES = "failures";

    private final String name;
    private final Place at;
    private final Path directory;
    private final Map<String, List<Yaml.Text>> written;
    private final Map<String, List<String>> values;

    private TargetSettings(
            String name,
            Place at,
            Path directory,
            Map<String, List<Yaml.Text>> written,
            Map<String, List<String>> values) {
        this.name = name;
        this.at = at;
        this.directory = directory;
        this.written = written;
        this.values = values;
    }

    static TargetSettings of(
            String name, Yaml.Members section, Path directory, Function<String, Optional<String>> environment) {
        Map<String, List<Yaml.Text>> written = new LinkedHashMap<>();
        Map<String, List<String>> values = new LinkedHashMap<>();
        section.values().forEach((key, member) -> {
            List<Yaml.Text> texts = texts(member);
            written.put(key, texts);
            values.put(
                    key,
                    texts.stream()
                            .map(text -> text.read(filled -> Interpolation.fill(filled, environment)))
                            .toList());
        });
        return new TargetSettings(name, section.at(), directory, written, values);
    }

    private static List<Yaml.Text> texts(Yaml.Member member) {
        if (member.value() instanceof Yaml.Text text) {
            return List.of(text);
        }
        if (member.value() instanceof Yaml.Items items && !items.values().isEmpty()) {
            return items.values().stream().map(Yaml::text).toList();
        }
        throw member.key().wrong("is " + member.value().what() + ", expected a text or a number, or a list of them");
    }

    /**
     * What the target is called, as namespaces name it.
     *
     * @return the name, such as {@code rfc3161:freetsa}
     */
    public String name() {
        return name;
    }

    /**
     * A setting that may be missing.
     *
     * @param key its key
     * @return its value; empty if it is absent or an empty text
     * @throws ConfigException if it is a list
     */
    public Optional<String> text(String key) {
        List<String> all = values.getOrDefault(key, List.of(""));
        if (all.size() > 1) {
            throw requireNonNull(written.get(key)).get(1).at().wrong("is one more value of " + key + ", expected one");
        }
        return Optional.of(all.get(0)).filter(value -> !value.isEmpty());
    }

    /**
     * A setting that must be there.
     *
     * @param <T> what it is
     * @param key its key
     * @param read makes something of its value, and throws an {@link IllegalArgumentException} that says what was expected, and
     *     doesn't repeat the value, if it isn't right
     * @return what was made
     * @throws ConfigException if it is absent, empty or not right
     */
    public <T> T read(String key, Function<String, T> read) {
        Optional<String> unused = text(key); // one alone
        return readAll(key, read).get(0);
    }

    /**
     * A setting that must be there, and may be a list.
     *
     * @param <T> what each is
     * @param key its key
     * @param read makes something of each value, as in {@link #read}
     * @return what was made, in the order of the file; at least one
     * @throws ConfigException if it is absent, or one is empty or not right
     */
    public <T> List<T> readAll(String key, Function<String, T> read) {
        List<String> all = values.getOrDefault(key, List.of(""));
        if (all.contains("")) {
            throw at.wrong("has no value of " + key + ", expected one");
        }
        List<Yaml.Text> texts = requireNonNull(written.get(key));
        return IntStream.range(0, all.size())
                .mapToObj(i -> texts.get(i).read(unused -> read.apply(all.get(i))))
                .toList();
    }

    /**
     * A setting that is the path of a file, and must be there. A file whose key ends in {@code key_file} or {@code
     * password_file} holds a secret: nobody but its owner may have permissions for it, where the file system knows that.
     *
     * @param key its key
     * @return the path, made absolute from the directory of {@code anchors.yaml}
     * @throws ConfigException if it is absent, empty or no path, or the file of a secret isn't there or isn't for its owner alone
     */
    public Path file(String key) {
        return read(key, value -> {
            Path file = directory.resolve(value);
            return KeyFiles.isKeyFile(key) ? KeyFiles.requirePrivate(file) : file;
        });
    }

    /**
     * How the target is spared: {@code interval} and {@code failures}.
     *
     * @return the limits
     * @throws ConfigException if they are not right
     */
    public Limits limits() {
        return new Limits(
                text(INTERVAL).isPresent() ? read(INTERVAL, TargetSettings::interval) : Limits.DEFAULT.interval(),
                text(FAILURES).isPresent() ? read(FAILURES, TargetSettings::failures) : Limits.DEFAULT.failures());
    }

    private static Duration interval(String text) {
        if (Cadence.parse(text) instanceof Interval interval) {
            return interval.length();
        }
        throw new IllegalArgumentException("expected a time such as 10s");
    }

    private static int failures(String text) {
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("expected a whole number from 1 to 999999");
        }
        return Integer.parseInt(text);
    }

    /**
     * An error of the target as a whole.
     *
     * @param reason what was wrong, and what was expected
     * @return an exception that names file, line and key as well
     */
    public ConfigException wrong(String reason) {
        return at.wrong("is refused: " + reason);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TargetSettings that
                && name.equals(that.name)
                && directory.equals(that.directory)
                && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** The name alone: values may be secret. */
    @Override
    public String toString() {
        return name;
    }
}
