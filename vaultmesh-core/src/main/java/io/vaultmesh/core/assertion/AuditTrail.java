package io.vaultmesh.core.assertion;

import static java.util.stream.Collectors.joining;

import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.TrustedCheckpoint;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A log as text that people read and compare: its size, its root hash, and a line for each entry.
 *
 * <pre>
 * vaultmesh-trail 1
 * size 3
 * root 5d4f…
 * 0 9c1b… text {"amount":10}
 * 1 f00d… base64 AAEC/w==
 * 2 6e34… empty
 * </pre>
 *
 * <p>An entry is shown as text if it is UTF-8 that a line can show and an editor leaves alone: no control or invisible
 * character, no space at either end. The text is the same on every platform. Stateless and thread-safe.
 */
public final class AuditTrail {

    private static final String HEADER = "vaultmesh-trail 1";

    private AuditTrail() {}

    /**
     * A whole log as text.
     *
     * @param log the log
     * @return its lines, each ending in {@code \n}
     */
    public static String text(MerkleLog log) {
        return String.join("\n", lines(log)) + "\n";
    }

    /**
     * The end of a log as text.
     *
     * @param log the log
     * @param most how many entries are shown at most, from 1; a line says how many come before
     * @return its lines, each ending in {@code \n}
     * @throws IllegalArgumentException if {@code most} is less than 1
     */
    public static String end(MerkleLog log, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most is " + most + ", expected at least 1");
        }
        TrustedCheckpoint now = log.checkpoint();
        long from = Math.max(0, now.size() - most);
        List<String> lines = new ArrayList<>(head(now));
        if (from > 0) {
            lines.add("(" + from + " entries before)");
        }
        log.entries(from, now.size()).map(AuditTrail::line).forEach(lines::add);
        return lines.stream().skip(1).map(line -> line + "\n").collect(joining());
    }

    /** The head of three lines, then entry i in line 3 + i. */
    static List<String> lines(MerkleLog log) {
        TrustedCheckpoint now = log.checkpoint();
        List<String> lines = new ArrayList<>(head(now));
        log.entries(0, now.size()).map(AuditTrail::line).forEach(lines::add);
        return lines;
    }

    private static List<String> head(TrustedCheckpoint now) {
        return List.of(HEADER, "size " + now.size(), "root " + now.root());
    }

    static String line(LogEntry entry) {
        return entry.index() + " " + entry.leafHash() + " " + show(entry.bytes());
    }

    static String show(byte[] entry) {
        if (entry.length == 0) {
            return "empty";
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(entry))
                    .toString();
            if (text.codePoints().allMatch(AuditTrail::isPlain) && text.equals(text.strip())) {
                return "text " + text;
            }
        } catch (CharacterCodingException notText) {
            return "base64 " + Base64.getEncoder().encodeToString(entry);
        }
        return "base64 " + Base64.getEncoder().encodeToString(entry);
    }

    /** By ranges that no version of Unicode will change: what ends a line, is invisible or turns the order around. */
    private static boolean isPlain(int c) {
        return c >= 0x20
                && !(c >= 0x7F && c <= 0xA0)
                && c != 0xAD
                && !(c >= 0x200B && c <= 0x200F)
                && !(c >= 0x2028 && c <= 0x202F)
                && !(c >= 0x2060 && c <= 0x206F)
                && c != 0xFEFF;
    }
}
