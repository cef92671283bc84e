package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.log.LogProof;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.note.NoteVerifier;
import java.util.Map;

/** A log, and a proof that is verified without it. */
public final class Main {

    public static void main(String[] args) {
        byte[] event = CanonicalJson.encode(Map.of("from", "alice", "to", "bob", "amount", 10));
        String proof;
        String logKey;
        try (MerkleLog memory = MerkleLog.inMemory()) {
            memory.append("something else".getBytes(UTF_8));
            proof = memory.proveInclusion(memory.append(event).index()).toText();
            logKey = memory.verifier().toText();
            memory.fsck().orThrow();
        }
        LogProof.parse(proof).verify(event, NoteVerifier.of(logKey)).orThrow();
        boolean module = Main.class.getModule().isNamed();
        System.out.println("core on the " + (module ? "module path" : "class path") + ": " + new String(event, UTF_8)
                + " is proven");
    }
}
