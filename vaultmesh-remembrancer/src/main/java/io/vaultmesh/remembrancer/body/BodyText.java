package io.vaultmesh.remembrancer.body;

import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** The beginning of a body as text. */
final class BodyText {

    private BodyText() {}

    /** Empty if the body is gone, damaged or unreadable. */
    static Optional<String> read(Supplier<InputStream> body, long size, int maxBytes) {
        try (InputStream stream = body.get()) {
            byte[] bytes = stream.readNBytes(maxBytes);
            boolean whole = size <= maxBytes;
            if (whole && stream.read() >= 0) { // reading its end verifies it
                return Optional.empty();
            }
            return Optional.of(decode(bytes, whole));
        } catch (IOException | UncheckedIOException | MemoryDamagedException unreadable) {
            return Optional.empty(); // an index does without; the audit reports it
        }
    }

    private static String decode(byte[] bytes, boolean whole) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        CharBuffer text = CharBuffer.allocate(bytes.length); // UTF-8 never has more characters than bytes
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, whole);
        if (result.isOverflow()) {
            throw new IllegalStateException("UTF-8 of " + bytes.length + " bytes made more characters");
        }
        return text.flip().toString();
    }
}
