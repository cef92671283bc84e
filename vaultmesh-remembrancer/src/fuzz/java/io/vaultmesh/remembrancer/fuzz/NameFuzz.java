package io.vaultmesh.remembrancer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.key.Ed25519PublicKey;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.function.Function;

/** Hashes, keys of authors and names of namespaces are refused, or written as they were read. */
class NameFuzz {

    @FuzzTest
    void parse(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        oneText(text, Hash::parse, Hash::toString);
        oneText(text, Hash::parseBase64, Hash::toBase64);
        oneText(text, Ed25519PublicKey::ofDidKey, Ed25519PublicKey::didKey);
        oneText(text, NamespaceName::new, NamespaceName::toString);
        oneText(text, NamespaceName::ofPathName, NamespaceName::pathName);
    }

    private static <T> void oneText(String text, Function<String, T> read, Function<T, String> write) {
        try {
            assertEquals(text, write.apply(read.apply(text)));
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
        }
    }
}
