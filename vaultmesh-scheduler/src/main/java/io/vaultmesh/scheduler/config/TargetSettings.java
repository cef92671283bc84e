package io.vaultmesh.scheduler.config;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.scheduler.cadence.Cadence;
import io.vaultmesh.scheduler.cadence.Interval;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
    private final Map<String, Yaml.Text> written;
    private final Map<String, String> values;

    private TargetSettings(
            String name, Place at, Path directory, Map<String, Yaml.Text> written, Map<String, String> values) {
        this.name = name;
        this.at = at;
        this.directory = directory;
        this.written = written;
        this.values = values;
    }

    static TargetSettings of(
            String name, Yaml.Members section, Path directory, Function<String, Optional<String>> environment) {
        Map<String, Yaml.Text> written = new LinkedHashMap<>();
        Map<String, String> values = new LinkedHashMap<>();
        section.values().forEach((key, member) -> {
            if (!(member.value() instanceof Yaml.Text text)) {
                throw member.key().wrong("is " + member.value().what() + ", expected a text or a number");
            }
            written.put(key, text);
            values.put(key, text.read(filled -> Interpolation.fill(filled, environment)));
        });
        return new TargetSettings(name, section.at(), directory, written, values);
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
     */
    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
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
        String value = text(key).orElseThrow(() -> at.wrong("has no value of " + key + ", expected one"));
        return requireNonNull(written.get(key)).read(unused -> read.apply(value));
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
