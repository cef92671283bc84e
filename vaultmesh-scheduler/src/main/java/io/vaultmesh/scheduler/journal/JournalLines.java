package io.vaultmesh.scheduler.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The lines of a journal's file, as bytes: the length of the JSON in eight hex digits, a space, its CRC-32C likewise, a space,
 * the JSON, a line feed.
 *
 * <p>A crash leaves a last line that breaks off before its line feed, perhaps with zeros in the place of what is missing. A
 * line that is as long as it says to be has not broken off.
 */
final class JournalLines {

    private static final int DIGITS = 8;
    private static final int HEAD = 2 * (DIGITS + 1);

    private JournalLines() {}

    static byte[] line(JsonObject event) {
        byte[] json = CanonicalJson.encode(event);
        ByteArrayOutputStream line = new ByteArrayOutputStream(HEAD + json.length + 1);
        line.writeBytes(head(json));
        line.writeBytes(json);
        line.write('\n');
        return line.toByteArray();
    }

    /**
     * The line of what somebody else may have made.
     *
     * @throws IllegalArgumentException if it couldn't be read again, as it is nested too deeply
     */
    static byte[] legible(JsonObject event) {
        JsonObject unused = StrictJson.parseObject(CanonicalJson.encode(event), "what is to be written down");
        return line(event);
    }

    private static byte[] head(byte[] json) {
        CRC32C crc = new CRC32C();
        crc.update(json);
        HexFormat hex = HexFormat.of();
        return (hex.toHexDigits(json.length) + " " + hex.toHexDigits((int) crc.getValue()) + " ").getBytes(US_ASCII);
    }

    /**
     * Reads a file, without the line that a crash left at its end.
     *
     * @throws IllegalArgumentException if anything else is wrong; the message says where
     */
    static List<JsonObject> read(byte[] file) {
        List<JsonObject> events = new ArrayList<>();
        int at = 0;
        while (at < file.length) {
            int end = at;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            if (end == file.length) {
                lastOf(Arrays.copyOfRange(file, at, end), at).forEach(events::add);
                break;
            }
            events.add(whole(Arrays.copyOfRange(file, at, end), at));
            at = end + 1;
        }
        return events;
    }

    /** The event of a last line without its line feed, if it is there whole. */
    private static List<JsonObject> lastOf(byte[] tail, int at) {
        int length = tail.length;
        while (length > 0 && tail[length - 1] == 0) {
            length--;
        }
        byte[] left = Arrays.copyOf(tail, length);
        if (left.length < HEAD) {
            return List.of(); // whatever it was going to be, nobody was told that it is durable
        }
        long announced = announced(left, at);
        if (left.length - HEAD < announced) {
            return List.of();
        }
        if (left.length - HEAD > announced) {
            throw new IllegalArgumentException(
                    "the last line, from byte " + at + ", is longer than it says to be, and has no end");
        }
        return List.of(whole(left, at));
    }

    private static long announced(byte[] line, int at) {
        try {
            return Integer.toUnsignedLong(HexFormat.fromHexDigits(new String(line, 0, DIGITS, US_ASCII)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the line from byte " + at + " doesn't begin with eight hex digits", e);
        }
    }

    private static JsonObject whole(byte[] line, int at) {
        byte[] json = Arrays.copyOfRange(line, Math.min(HEAD, line.length), line.length);
        if (!Arrays.equals(head(json), Arrays.copyOf(line, Math.min(HEAD, line.length)))) {
            throw new IllegalArgumentException("the line from byte " + at + " is not what was written: expected it to"
                    + " begin with its length and checksum, \"" + new String(head(json), US_ASCII) + "\"");
        }
        return StrictJson.parseObject(json, "the line from byte " + at);
    }
}
