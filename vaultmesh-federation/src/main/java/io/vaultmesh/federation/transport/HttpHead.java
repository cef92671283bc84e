package io.vaultmesh.federation.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an answer in HTTP/1.1 (RFC 9112 §4, §5), strictly.
 *
 * @param status its status
 * @param fields its fields, by their names in any case
 */
record HttpHead(int status, Map<String, List<String>> fields) {

    private static final int MOST_BYTES = 32 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1[.]1 ([1-9][0-9]{2})( [ -~\\t]*)?");
    // each of these looks at a character once: a pattern with spaces around a value looks at spaces again and again
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[ -~\\t\\x80-\\xff]*");

    /** Reads a head and not a byte more. */
    static HttpHead read(InputStream in) throws IOException {
        int[] left = {MOST_BYTES};
        String line = line(in, left);
        Matcher first = STATUS.matcher(line);
        if (!first.matches()) {
            throw new IOException("the answer doesn't begin as one of HTTP/1.1");
        }
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (line = line(in, left); !line.isEmpty(); line = line(in, left)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon));
            String value = line.substring(colon + 1);
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                throw new IOException("the answer has a header field that is none");
            }
            fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value.strip());
        }
        return new HttpHead(Integer.parseInt(first.group(1)), fields);
    }

    /** Reads a line that ends with CR LF, which is not part of the result. */
    static String line(InputStream in, int[] left) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the answer ends in its head");
            }
            if (--left[0] < 0) {
                throw new IOException("the answer's head has more than " + MOST_BYTES + " bytes");
            }
            line.write(next);
        }
        String text = line.toString(ISO_8859_1);
        if (!text.endsWith("\r")) {
            throw new IOException("a line of the answer's head doesn't end with CR LF");
        }
        return text.substring(0, text.length() - 1);
    }

    List<String> values(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** Whether another answer can follow on the same connection. */
    boolean keepsOpen() {
        return values("Connection").stream()
                .noneMatch(each -> each.toLowerCase(java.util.Locale.ROOT).contains("close"));
    }

    /** Reads the body and not a byte more. */
    byte[] body(InputStream in, int most) throws IOException {
        List<String> coding = values("Transfer-Encoding");
        List<String> length = values("Content-Length");
        if (coding.isEmpty() && length.size() == 1 && length.get(0).matches("[0-9]{1,10}")) {
            return exactly(in, Long.parseLong(length.get(0)), most);
        }
        if (length.isEmpty() && coding.size() == 1 && coding.get(0).equalsIgnoreCase("chunked")) {
            return chunks(in, most);
        }
        throw new IOException("the answer has Content-Length " + length + " and Transfer-Encoding " + coding
                + ", expected one length or chunks");
    }

    private static byte[] exactly(InputStream in, long length, int most) throws IOException {
        if (length > most) {
            throw new IOException("the answer has " + length + " bytes, expected at most " + most);
        }
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw new EOFException("the answer ends after " + body.length + " of " + length + " bytes");
        }
        return body;
    }

    private static byte[] chunks(InputStream in, int most) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int[] left = {MOST_BYTES};
        while (true) {
            String line = line(in, left);
            int extension = line.indexOf(';');
            String size = extension < 0 ? line : line.substring(0, extension).stripTrailing();
            if (!size.matches("[0-9A-Fa-f]{1,8}")) {
                throw new IOException("the answer has a chunk without a size");
            }
            long length = Long.parseLong(size, 16);
            body.write(exactly(in, length, most - body.size()));
            if (length == 0) {
                while (!line(in, left).isEmpty()) {
                    // trailers: nothing of them is used
                }
                return body.toByteArray();
            }
            if (!line(in, left).isEmpty()) {
                throw new IOException("the answer has a chunk of another size than it says");
            }
        }
    }
}
