package io.vaultmesh.core.note;

import static java.util.stream.Collectors.joining;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.key.Ed25519PublicKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which witnesses cosigned a note. The signed message holds no name, so that keys are told apart and names aren't. */
final class Cosignatures {

    private Cosignatures() {}

    /** The newest of each key. */
    static List<Cosignature> verified(SignedNote note, CosignatureVerifier... witnesses) {
        byte[] text = note.textBytes();
        Map<Ed25519PublicKey, Cosignature> newest = new LinkedHashMap<>();
        for (NoteSignature signature : note.signatures()) {
            for (CosignatureVerifier witness : witnesses) {
                if (!signature.isOf(witness)) {
                    continue;
                }
                byte[] timeAndSignature = signature.signature();
                if (!witness.verify(text, timeAndSignature)) {
                    throw new RefutedException("the cosignature of " + signature + " is not valid");
                }
                newest.merge(
                        witness.key(),
                        new Cosignature(witness, CosignedMessage.time(timeAndSignature)),
                        (one, other) -> other.posixSeconds() > one.posixSeconds() ? other : one);
            }
        }
        return List.copyOf(newest.values());
    }

    static Verdict verify(SignedNote note, int atLeast, CosignatureVerifier... witnesses) {
        long keys = Arrays.stream(witnesses)
                .map(CosignatureVerifier::key)
                .distinct()
                .count();
        if (atLeast < 1 || atLeast > keys) {
            throw new IllegalArgumentException("at least " + atLeast + " cosignatures are asked for, expected 1 to "
                    + keys + ", the number of different keys among the witnesses");
        }
        List<Cosignature> cosignatures;
        try {
            cosignatures = verified(note, witnesses);
        } catch (RefutedException e) {
            return Verdict.refuted(String.valueOf(e.getMessage()));
        }
        if (cosignatures.size() >= atLeast) {
            return Verdict.proven();
        }
        String names = cosignatures.stream().map(each -> each.witness().name()).collect(joining(", "));
        return Verdict.refuted("cosigned by " + (names.isEmpty() ? "none" : names) + " of " + keys
                + " witnesses, expected at least " + atLeast);
    }
}
