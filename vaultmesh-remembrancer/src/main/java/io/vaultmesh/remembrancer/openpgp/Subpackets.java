package io.vaultmesh.remembrancer.openpgp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One area of a signature's subpackets (RFC 9580 §5.2.3.7), hashed or not. */
final class Subpackets {

    static final int CREATED = 2;
    static final int SIGNATURE_EXPIRES = 3;
    static final int KEY_EXPIRES = 9;
    static final int ISSUER_KEY_ID = 16;
    static final int KEY_FLAGS = 27;
    static final int REVOCATION_REASON = 29;
    static final int EMBEDDED_SIGNATURE = 32;
    static final int ISSUER_FINGERPRINT = 33;

    /** What decides: a second one would make it a question of the reader which counts. */
    private static final Set<Integer> ONLY_ONCE =
            Set.of(CREATED, SIGNATURE_EXPIRES, KEY_EXPIRES, KEY_FLAGS, REVOCATION_REASON);

    /**
     * What may be marked critical because it is heeded, or is known to change nothing here: preferences, features,
     * exportability, policy and user names. Not among them, so that a critical one is refused: notations (20), since
     * none is known; designated revokers (12); trust, regular expressions and targets.
     */
    private static final Set<Integer> UNDERSTOOD =
            Set.of(2, 3, 4, 7, 9, 11, 16, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 32, 33, 34);

    private static final Set<Integer> HINTS = Set.of(ISSUER_KEY_ID, EMBEDDED_SIGNATURE, ISSUER_FINGERPRINT);

    private record Entry(int type, boolean critical, Octets body) {}

    private final List<Entry> entries = new ArrayList<>();

    private Subpackets() {}

    static Subpackets read(byte[] area, boolean hashed) {
        Subpackets subpackets = new Subpackets();
        Octets octets = new Octets(area, "a signature's subpackets");
        Set<Integer> seen = new HashSet<>();
        while (!octets.atEnd()) {
            long length = Packet.lengthAfter(octets.octet(), octets);
            if (length == 0) {
                throw new IllegalArgumentException("a signature has a subpacket without a type");
            }
            int type = octets.octet();
            byte[] body = octets.take(length - 1);
            int kind = type & 0x7f;
            if (hashed && ONLY_ONCE.contains(kind) && !seen.add(kind)) {
                throw new IllegalArgumentException("a signature has subpacket " + kind + " twice, expected it once");
            }
            subpackets.entries.add(
                    new Entry(kind, (type & 0x80) != 0, new Octets(body, "subpacket " + kind + " of a signature")));
        }
        return subpackets;
    }

    /** The contents of all subpackets of a type, in order, each to be read from its start. */
    List<Octets> all(int type) {
        return entries.stream()
                .filter(entry -> entry.type() == type)
                .map(entry -> entry.body().again())
                .toList();
    }

    Optional<Octets> first(int type) {
        return all(type).stream().findFirst();
    }

    /** The first subpacket of this area that does more than to name the issuer, or to carry a signature of its own. */
    Optional<Integer> beyondHints() {
        return entries.stream()
                .filter(entry -> entry.critical() || !HINTS.contains(entry.type()))
                .map(Entry::type)
                .findFirst();
    }

    /** The first subpacket that must be understood and isn't. */
    Optional<Integer> notUnderstood() {
        return entries.stream()
                .filter(entry -> entry.critical() && !UNDERSTOOD.contains(entry.type()))
                .map(Entry::type)
                .findFirst();
    }
}
