package io.vaultmesh.remembrancer.trust;

import io.vaultmesh.core.key.Ed25519PublicKey;
import io.vaultmesh.core.note.CosignatureVerifier;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.openpgp.PgpCertificate;
import io.vaultmesh.remembrancer.timestamp.TimestampAnchor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Keys as pins write them. */
final class KeyText {

    private KeyText() {}

    static String label(Pin.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    static Pin.Type type(String label) {
        return Arrays.stream(Pin.Type.values())
                .filter(type -> label(type).equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("type of a pin is \"" + label + "\", expected one of "
                        + Arrays.stream(Pin.Type.values()).map(KeyText::label).toList()));
    }

    /** What identifies a key, which is refused if it is none of its type. */
    static String id(Pin.Type type, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        String identity = switch (type) {
            case OPENPGP -> PgpCertificate.parse(bytes).fingerprint().hex();
            case TSA -> TimestampAnchor.of(bytes).id().toString();
            case LOG -> withoutKey(NoteVerifier.of(key).toText());
            case WITNESS -> withoutKey(CosignatureVerifier.of(key).toText());
            case PEER -> Ed25519PublicKey.ofDidKey(key).didKey();
        };
        return label(type) + ":" + identity;
    }

    /** Name and key id of a verifier key: what stands before the second plus sign. */
    private static String withoutKey(String verifierKey) {
        return verifierKey.substring(0, verifierKey.indexOf('+', verifierKey.indexOf('+') + 1));
    }

    static void require(Pin.Type type, String id, String key) {
        String found = id(type, key);
        if (!found.equals(id)) {
            throw new IllegalArgumentException("the key of a pin is " + found + ", expected " + id);
        }
    }
}
