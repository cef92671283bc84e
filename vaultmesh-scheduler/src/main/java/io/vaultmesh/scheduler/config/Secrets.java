package io.vaultmesh.scheduler.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Finds what may not stand in a file that is copied, shown and versioned. */
final class Secrets {

    private static final Pattern KEYS = Pattern.compile(
            "key|seed|wif|token|.*(privatekey|secretkey|apikey|secret|password|passphrase|mnemonic|credentials?)");

    // PEM; a signed note's private form; 32 bytes in hex, as chains write keys; a password in a URL
    private static final Pattern VALUES = Pattern.compile("PRIVATE KEY-----|PRIVATE\\+KEY\\+"
            + "|(?<![0-9a-fA-F])(?:0[xX])?[0-9a-fA-F]{64}(?![0-9a-fA-F])|://[^/@\\s]*:[^/@\\s]*@");

    private static final String ADVICE = "expected a file that nobody else may read, as \"key_file: <path>\"";

    private Secrets() {}

    /**
     * Refuses secrets in what a file says, at any depth.
     *
     * @throws ConfigException if there is one, or a key for one with anything but a variable of the environment; it is not shown
     */
    static void refuse(Yaml node) {
        if (node instanceof Yaml.Members members) {
            members.values().forEach((key, member) -> {
                refuseIn(key, member.key());
                String name = key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
                boolean variable = member.value() instanceof Yaml.Text text
                        && (text.value().isEmpty() || Interpolation.isVariable(text.value()));
                if (KEYS.matcher(name).matches() && !variable) {
                    throw member.key().wrong("holds a secret in the file, " + ADVICE);
                }
                refuse(member.value());
            });
        } else if (node instanceof Yaml.Items items) {
            items.values().forEach(Secrets::refuse);
        } else if (node instanceof Yaml.Text text) {
            refuseIn(text.value(), text.at());
        }
    }

    private static void refuseIn(String text, Place at) {
        if (VALUES.matcher(text).find()) {
            // the path may end in the secret
            throw new Place(
                            at.file(),
                            at.line(),
                            at.column(),
                            VALUES.matcher(at.path()).replaceAll("…"))
                    .wrong("holds what looks like a private key or a password, " + ADVICE);
        }
    }
}
