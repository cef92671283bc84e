package io.vaultmesh.remembrancer.openpgp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * ASCII armor (RFC 9580 §6), read strictly: one block of the expected kind with nothing before or after it but blank
 * lines, canonical Base64, and the checksum right where there is one (RFC 9580 lets writers leave it out).
 */
final class Armor {

    static final String SIGNATURE = "PGP SIGNATURE";
    static final String PUBLIC_KEY = "PGP PUBLIC KEY BLOCK";
    static final String SECRET_KEY = "PGP PRIVATE KEY BLOCK";

    /** More than any key or signature file of use, and little enough to hold in memory. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final int LINE = 64;

    private Armor() {}

    /**
     * The packets of a file: of one that is armored, or binary as it is.
     *
     * @param kind what the armor must call its content
     */
    static byte[] unwrap(byte[] file, String kind) {
        if (file.length > MAX_BYTES) {
            throw new IllegalArgumentException("a " + kind + " has more than " + MAX_BYTES + " bytes");
        }
        if (file.length == 0) {
            throw new IllegalArgumentException("an empty file, expected a " + kind);
        }
        return (file[0] & 0x80) != 0 ? file.clone() : decode(lines(file), kind);
    }

    /** The lines without what may stand at their ends; armor is ASCII, and other bytes are found where they matter. */
    private static List<String> lines(byte[] file) {
        List<String> lines = new ArrayList<>();
        for (String line : new String(file, ISO_8859_1).split("\n", -1)) {
            lines.add(line.replaceFirst("[ \t\r]+$", ""));
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        int blank = 0;
        while (blank < lines.size() && lines.get(blank).isEmpty()) {
            blank++;
        }
        return lines.subList(blank, lines.size());
    }

    private static byte[] decode(List<String> lines, String kind) {
        String begin = "-----BEGIN " + kind + "-----";
        String end = "-----END " + kind + "-----";
        if (lines.isEmpty() || !lines.get(0).equals(begin)) {
            String first = lines.isEmpty() ? "" : lines.get(0);
            throw new IllegalArgumentException("expected the line " + begin + " first, this is: "
                    + (first.length() <= 60 ? first : first.substring(0, 60) + "…"));
        }
        int last = lines.indexOf(end);
        if (last < 0) {
            throw new IllegalArgumentException("armor ends without the line " + end);
        }
        if (last != lines.size() - 1) {
            throw new IllegalArgumentException(
                    "armor goes on after the line " + end + ", expected exactly one block and nothing else");
        }
        int blank = lines.indexOf("");
        if (blank < 0 || blank > last) {
            throw new IllegalArgumentException("armor has no blank line between its headers and its content");
        }
        for (String header : lines.subList(1, blank)) {
            if (!header.matches("(Version|Comment|MessageID|Hash|Charset): [\\x20-\\x7e\\x80-\\xff]*")) {
                throw new IllegalArgumentException("armor has a header that isn't known or well-formed, expected "
                        + "Version, Comment, MessageID, Hash or Charset, a colon, a space and text");
            }
        }
        return content(lines.subList(blank + 1, last));
    }

    private static byte[] content(List<String> lines) {
        boolean checked = !lines.isEmpty() && lines.get(lines.size() - 1).startsWith("=");
        byte[] content = base64(String.join("", checked ? lines.subList(0, lines.size() - 1) : lines), "content");
        if (content.length == 0) {
            throw new IllegalArgumentException("armor has no content");
        }
        if (checked) {
            byte[] checksum = base64(lines.get(lines.size() - 1).substring(1), "checksum");
            if (!Arrays.equals(checksum, crc24(content))) {
                throw new IllegalArgumentException("armor has a checksum of other content: it is damaged");
            }
        }
        return content;
    }

    private static byte[] base64(String text, String what) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("armor has a " + what + " that isn't Base64: " + e.getMessage(), e);
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("armor has a " + what + " whose Base64 isn't canonical");
        }
        return bytes;
    }

    /** The armored text as GnuPG 2.2 writes it: no headers, 64 characters a line, with the checksum. */
    static String wrap(byte[] content, String kind) {
        String base64 = Base64.getEncoder().encodeToString(content);
        StringBuilder text = new StringBuilder("-----BEGIN ").append(kind).append("-----\n\n");
        for (int i = 0; i < base64.length(); i += LINE) {
            text.append(base64, i, Math.min(i + LINE, base64.length())).append('\n');
        }
        text.append('=')
                .append(Base64.getEncoder().encodeToString(crc24(content)))
                .append('\n');
        return text.append("-----END ").append(kind).append("-----\n").toString();
    }

    /** RFC 9580 §6.1. */
    private static byte[] crc24(byte[] content) {
        int crc = 0xb704ce;
        for (byte each : content) {
            crc ^= (each & 0xff) << 16;
            for (int bit = 0; bit < 8; bit++) {
                crc <<= 1;
                if ((crc & 0x1000000) != 0) {
                    crc ^= 0x1864cfb;
                }
            }
        }
        return new byte[] {(byte) (crc >> 16), (byte) (crc >> 8), (byte) crc};
    }
}
