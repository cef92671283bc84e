package io.vaultmesh.federation.config;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.federation.guard.Quota;
import io.vaultmesh.federation.protocol.BodyMode;
import io.vaultmesh.federation.protocol.Limits;
import io.vaultmesh.federation.protocol.Settings;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code federation.yaml} in our form; what the original's form has too is read here for both. */
final class FederationYaml {

    // as RFC 9421 has @authority: in lower case, the port only if it isn't the scheme's
    private static final Pattern AUTHORITY =
            Pattern.compile("([0-9a-z][0-9a-z.-]{0,253}|\\[[0-9a-f:.]{2,45}\\])(:[1-9][0-9]{0,4})?");

    private FederationYaml() {}

    static FederationConfig read(Path file) {
        Section root = Section.of("", YamlReader.read(file));
        Path directory = requireNonNull(file.toAbsolutePath().getParent());
        if (OriginalFederation.isOne(root)) {
            return OriginalFederation.read(root, directory);
        }
        root.only("format", "listen", "names", "tls", "limits", "quota", "bodies", "namespaces");
        int unused = root.text("format", "format: 1", Scalars::format);
        Section listening = root.section("listen", "listen: {host: 127.0.0.1, port: 8088}");
        Listen listen = listening.made(section -> {
            section.only("host", "port");
            return new Listen(
                    section.text("host", "host: 127.0.0.1", host -> host),
                    section.text("port", "port: 8088", Scalars::count));
        });
        Set<NamespaceName> namespaces =
                new LinkedHashSet<>(root.texts("namespaces", "namespaces: [dao:vaultmesh]", FederationYaml::name));
        return config(root, directory, listen, namespaces, List.of());
    }

    /** What both forms have in common. */
    static FederationConfig config(
            Section root, Path directory, Listen listen, Set<NamespaceName> namespaces, List<String> unused) {
        Section quota = root.section("quota");
        return new FederationConfig(
                listen,
                names(root, listen),
                tls(root, directory),
                new Settings(
                        limits(root.section("limits")),
                        root.text("bodies", text -> Scalars.label(BodyMode.class, text))
                                .orElse(BodyMode.AT_ONCE)),
                quota(quota),
                quota.text("concurrent", FederationYaml::places).orElse(FederationConfig.CONCURRENT),
                namespaces,
                unused);
    }

    private static Set<String> names(Section root, Listen listen) {
        Optional<List<String>> names = root.texts("names", FederationYaml::authority);
        if (names.isEmpty() && listen.isAny()) {
            throw root.at()
                    .wrong("names is absent, and nobody asks for " + listen
                            + ", expected what peers ask for, as \"names: [node-a.example:" + listen.port() + "]\"");
        }
        return Set.copyOf(names.orElse(List.of(listen.toString())));
    }

    private static String authority(String text) {
        if (!AUTHORITY.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected a host in lower case, with its port unless that is the usual one");
        }
        return text;
    }

    private static Optional<Tls> tls(Section root, Path directory) {
        if (!root.has("tls")) {
            return Optional.empty();
        }
        Section tls = root.section("tls");
        if (tls.has("password")) {
            throw tls.at()
                    .wrong("tls.password is there, but secrets don't belong here, expected \"password-file: <path>\"");
        }
        tls.only("keystore", "password-file");
        return Optional.of(new Tls(
                tls.text("keystore", "keystore: node.p12", directory::resolve),
                tls.text("password-file", directory::resolve)));
    }

    private static Limits limits(Section section) {
        section.only("period", "coalesce", "timeout", "frame", "rounds", "tail", "part", "body");
        Limits usual = Limits.DEFAULT;
        return section.made(limits -> new Limits(
                limits.text("period", Scalars::duration).orElse(usual.period()),
                limits.text("coalesce", Scalars::duration).orElse(usual.coalesce()),
                limits.text("timeout", Scalars::duration).orElse(usual.timeout()),
                limits.text("frame", Scalars::smallSize).orElse(usual.frame()),
                limits.text("rounds", Scalars::count).orElse(usual.rounds()),
                limits.text("tail", Scalars::count).orElse(usual.tail()),
                limits.text("part", Scalars::smallSize).orElse(usual.part()),
                limits.text("body", Scalars::size).orElse(usual.body())));
    }

    private static Quota quota(Section section) {
        section.only("requests-per-second", "request-burst", "bytes-per-second", "byte-burst", "concurrent");
        Quota usual = Quota.DEFAULT;
        return section.made(quota -> new Quota(
                quota.text("requests-per-second", Scalars::decimal).orElse(usual.requestsPerSecond()),
                quota.text("request-burst", Scalars::count).orElse(usual.requestBurst()),
                quota.text("bytes-per-second", text -> (double) Scalars.size(text))
                        .orElse(usual.bytesPerSecond()),
                quota.text("byte-burst", Scalars::size).orElse(usual.byteBurst())));
    }

    private static int places(String text) {
        int places = Scalars.count(text);
        if (places < 1) {
            throw new IllegalArgumentException("expected at least 1");
        }
        return places;
    }

    static NamespaceName name(String text) {
        return new NamespaceName(text);
    }
}
