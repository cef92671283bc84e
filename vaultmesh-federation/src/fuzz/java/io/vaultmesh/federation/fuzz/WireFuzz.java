package io.vaultmesh.federation.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.federation.wire.Announcement;
import io.vaultmesh.federation.wire.BodyRange;
import io.vaultmesh.federation.wire.EntryList;
import io.vaultmesh.federation.wire.IdList;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.WireException;
import java.util.Arrays;

/** What a peer sends is refused by one exception, or is what we would write. The first byte says as what it is read. */
class WireFuzz {

    @FuzzTest
    void parse(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        try {
            switch (input[0] % 5) {
                case 0 -> announcement(bytes);
                case 1 -> range(bytes);
                case 2 -> assertArrayEquals(bytes, EntryList.encode(EntryList.decode(bytes)));
                case 3 -> assertArrayEquals(bytes, IdList.encode(IdList.decode(bytes)));
                default -> request(new String(bytes, ISO_8859_1));
            }
        } catch (WireException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank(), "a refusal says why");
        }
    }

    private static void announcement(byte[] bytes) {
        Announcement read = Announcement.parse(bytes);
        assertEquals(read, Announcement.parse(read.bytes()));
    }

    private static void range(byte[] bytes) {
        BodyRange read = BodyRange.parse(bytes);
        assertEquals(read, BodyRange.parse(read.bytes()));
    }

    private static void request(String line) {
        int space = line.indexOf(' ');
        String method = line.substring(0, Math.max(space, 0));
        String path = line.substring(space + 1);
        Request read = Request.parse(method, path, new byte[0]);
        assertEquals(method + " " + path, read.method() + " " + read.path());
    }
}
