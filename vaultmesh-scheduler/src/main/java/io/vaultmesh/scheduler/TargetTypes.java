package io.vaultmesh.scheduler;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vaultmesh.remembrancer.timestamp.TimestampAnchor;
import io.vaultmesh.remembrancer.timestamp.TimestampClient;
import io.vaultmesh.remembrancer.timestamp.TimestampClientBuilder;
import io.vaultmesh.remembrancer.timestamp.TimestampVerifier;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.anchor.FileAnchor;
import io.vaultmesh.scheduler.anchor.GitAnchor;
import io.vaultmesh.scheduler.anchor.Rfc3161Anchor;
import io.vaultmesh.scheduler.config.TargetSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Who makes targets of which type. Immutable and thread-safe, if those who make them are. */
final class TargetTypes {

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]*-----END CERTIFICATE-----");
    private static final int MOST_BYTES = 1 << 20;

    private final Map<String, Type> types;

    /**
     * A type.
     *
     * @param keys the keys that the settings of its targets may have
     * @param maker makes a target
     */
    record Type(Set<String> keys, Function<TargetSettings, Anchor> maker) {

        Type {
            keys = Set.copyOf(keys);
        }
    }

    private TargetTypes(Map<String, Type> types) {
        this.types = types;
    }

    /** The types that are there without being registered, and more. */
    static TargetTypes with(InstantSource clock, Map<String, Type> more) {
        Map<String, Type> types = new TreeMap<>(standard(clock));
        types.putAll(more);
        return new TargetTypes(types);
    }

    private static Map<String, Type> standard(InstantSource clock) {
        Map<String, Type> types = new LinkedHashMap<>();
        types.put(
                "file",
                new Type(Set.of("path"), settings -> FileAnchor.of(settings.name(), settings.file("path"), clock)));
        types.put(
                "git",
                new Type(
                        Set.of("repository", "branch"),
                        settings -> GitAnchor.of(
                                settings.name(),
                                settings.file("repository"),
                                settings.text("branch").orElse("anchors"),
                                clock)));
        types.put("rfc3161", new Type(Set.of("url", "policyOID", "trustBundle"), settings -> rfc3161(settings, clock)));
        return types;
    }

    private static Anchor rfc3161(TargetSettings settings, InstantSource clock) {
        TimestampAnchor[] pins = pins(settings.file("trustBundle"));
        if (settings.text("policyOID").isPresent()) {
            for (int i = 0; i < pins.length; i++) {
                TimestampAnchor pin = pins[i];
                pins[i] = settings.read("policyOID", pin::policies);
            }
        }
        TimestampVerifier verifier = TimestampVerifier.pinning(clock, pins);
        TimestampClientBuilder client = TimestampClient.builder(verifier);
        Set<URI> known = new HashSet<>();
        settings.readAll("url", url -> once(uri(url), known)).forEach(client::authority);
        return Rfc3161Anchor.of(settings.name(), client.build(), verifier, clock);
    }

    private static URI once(URI uri, Set<URI> known) {
        if (!known.add(uri)) {
            throw new IllegalArgumentException("expected each URL once");
        }
        return uri;
    }

    /** What comes of a variable may be secret, and so is not repeated. */
    private static URI uri(String text) {
        String expected = "expected a URL of http or https, without user, query and fragment";
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (http && bare && uri.getHost() != null) { // each attestation names it, for ever
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(expected);
        }
        throw new IllegalArgumentException(expected);
    }

    private static TimestampAnchor[] pins(Path bundle) {
        try (InputStream in = Files.newInputStream(bundle)) {
            TimestampAnchor[] pins = CERTIFICATE
                    .matcher(new String(in.readNBytes(MOST_BYTES), ISO_8859_1))
                    .results()
                    .map(found -> TimestampAnchor.of(found.group().getBytes(ISO_8859_1)))
                    .toArray(TimestampAnchor[]::new);
            if (pins.length == 0) {
                throw new IllegalArgumentException(bundle + " has no certificate in PEM, expected at least one");
            }
            return pins;
        } catch (IOException e) {
            throw new IllegalArgumentException("can't read " + bundle + ": " + e, e);
        }
    }

    /** The keys of each type's settings. */
    Map<String, Set<String>> keys() {
        return types.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, type -> type.getValue().keys()));
    }

    /**
     * Makes a target of a type that is known.
     *
     * @throws RuntimeException if whoever makes it doesn't
     */
    Anchor make(TargetSettings settings) {
        String name = settings.name();
        Type type = types.get(name.substring(0, name.indexOf(':')));
        if (type == null) {
            throw new IllegalArgumentException("nobody registered its type, expected one of " + types.keySet());
        }
        Anchor target = type.maker().apply(settings);
        if (!target.name().equals(name)) {
            throw new IllegalArgumentException("it was made under the name " + target.name() + ", expected " + name);
        }
        return target;
    }
}
