package io.vaultmesh.remembrancer.index;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.memory.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/**
 * Where a page of a search begins, and what the first page found: later pages are cut from the same records, however many
 * were added since.
 *
 * <p>As text: Base64url of format (1 byte), search (8 bytes of a hash), then as big-endian numbers upper, floor, last (8
 * each), matches, given (4 each), tier (1), and the first 8 bytes of the hash of all that.
 *
 * @param upper the leaf index after the newest record that counts
 * @param floor the leaf index before the oldest record that counts
 * @param matches how many records all pages give
 * @param given how many of them earlier pages gave
 * @param tier which rank the page begins in
 * @param last the leaf index of the last hit in that rank, or {@code upper}: the next one is older
 */
record Cursor(long upper, long floor, int matches, int given, Tier tier, long last) {

    /** The ranks, the best first. */
    enum Tier {
        /** All words in the title. */
        TITLE,
        /** The others; without words, all. */
        REST
    }

    private static final byte FORMAT = 1;
    private static final int LENGTH = 1 + 8 + 3 * 8 + 2 * 4 + 1;
    private static final int CHECK = 8;

    Cursor {
        if (floor < -1
                || upper < 0
                || last < 0
                || last > upper
                || given < 0
                || matches < given
                || matches > Search.MAX_RANKED) {
            throw new IllegalArgumentException("its numbers contradict each other");
        }
    }

    /** The cursor after some hits of a tier. */
    Cursor after(int hits, Tier newTier, long newLast) {
        return new Cursor(upper, floor, matches, given + hits, newTier, newLast);
    }

    int left() {
        return matches - given;
    }

    String toText(Search search, String origin) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH + CHECK)
                .put(FORMAT)
                .put(start(fingerprint(search, origin)))
                .putLong(upper)
                .putLong(floor)
                .putLong(last)
                .putInt(matches)
                .putInt(given)
                .put((byte) (tier == Tier.TITLE ? 0 : 1));
        bytes.put(start(Hashing.sha256(Arrays.copyOf(bytes.array(), LENGTH))));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Reads a cursor.
     *
     * @throws IllegalArgumentException if it is malformed, or of another search or origin
     */
    static Cursor parse(String text, Search search, String origin) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(text);
            byte[] check = Arrays.copyOfRange(all, Math.min(LENGTH, all.length), all.length);
            if (all.length != LENGTH + CHECK
                    || all[0] != FORMAT
                    || !Arrays.equals(check, start(Hashing.sha256(Arrays.copyOf(all, LENGTH))))) {
                throw new IllegalArgumentException("it is malformed");
            }
            ByteBuffer bytes = ByteBuffer.wrap(all, 1, LENGTH - 1);
            byte[] of = new byte[8];
            bytes.get(of);
            if (!Arrays.equals(of, start(fingerprint(search, origin)))) {
                throw new IllegalArgumentException("it is of another search or log");
            }
            return read(bytes);
        } catch (IllegalArgumentException e) {
            String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
            throw new IllegalArgumentException(
                    "cursor is \"" + shown + "\": " + e.getMessage() + "; expected one that this search gave", e);
        }
    }

    private static Cursor read(ByteBuffer bytes) {
        long upper = bytes.getLong();
        long floor = bytes.getLong();
        long last = bytes.getLong();
        int matches = bytes.getInt();
        int given = bytes.getInt();
        int tier = bytes.get();
        return new Cursor(upper, floor, matches, given, tier == 0 ? Tier.TITLE : Tier.REST, last);
    }

    /** All of a search but its page. */
    private static Hash fingerprint(Search search, String origin) {
        StringBuilder text = new StringBuilder();
        add(text, origin);
        add(text, search.text().toString());
        add(text, Boolean.toString(search.syntax()));
        add(text, search.kinds().stream().sorted().map(Kind::label).collect(Collectors.joining(",")));
        add(text, search.component().toString());
        add(text, search.version().toString());
        add(text, search.author().toString());
        add(text, search.since().toString());
        add(text, search.until().toString());
        search.attributes().forEach((name, value) -> {
            add(text, name);
            add(text, value.toString());
        });
        return Hashing.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void add(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }

    private static byte[] start(Hash hash) {
        return Arrays.copyOf(hash.bytes(), 8);
    }
}
