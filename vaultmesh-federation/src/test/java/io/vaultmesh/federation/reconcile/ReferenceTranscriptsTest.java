package io.vaultmesh.federation.reconcile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every message of both roles is the one that the C++ reference implementation writes, with and without frame limits. */
class ReferenceTranscriptsTest {

    private static final int CASES = 210;

    /** Which of the first n items each side has. */
    private record Members(int n, IntPredicate client, IntPredicate server) {}

    private static final Map<String, Members> SETS = Map.of(
            "empty", new Members(0, i -> true, i -> true),
            "client-only", new Members(1000, i -> true, i -> false),
            "server-only", new Members(1000, i -> false, i -> true),
            "small", new Members(40, i -> i % 5 != 0, i -> i % 3 != 0),
            "tenth", new Members(1500, i -> i % 10 != 0, i -> true),
            "most", new Members(1000, i -> i % 2 != 0, i -> i % 3 != 0),
            "scattered", new Members(5000, i -> i % 50 != 0, i -> i % 70 != 0));

    private final Map<String, ItemSet> built = new HashMap<>();

    @Test
    void areThoseOfTheReferenceImplementation() throws IOException {
        List<String> lines = lines();
        assertEquals(CASES, lines.size());
        assertAll(lines.stream().map(line -> () -> assertEquals(line, replay(line.split(" ")))));
    }

    private String replay(String[] words) {
        String kind = words[0];
        Members members = SETS.get(words[1]);
        ItemSet ours = set(kind, words[1] + " client", members.n(), members.client());
        ItemSet theirs = set(kind, words[1] + " server", members.n(), members.server());
        int ourLimit = Integer.parseInt(words[2]);
        int theirLimit = Integer.parseInt(words[3]);
        ByteArrayOutputStream transcript = new ByteArrayOutputStream();
        NegentropyClient client = Negentropy.of(ours, ourLimit).client();
        Negentropy server = Negentropy.of(theirs, theirLimit);
        Sets.Outcome outcome = new Sets.Outcome();
        byte[] message = client.initiate();
        while (message.length > 0) {
            byte[] answer = server.answer(message);
            transcript.writeBytes(Hashing.sha256(message).bytes());
            transcript.writeBytes(Hashing.sha256(answer).bytes());
            outcome.rounds++;
            outcome.bytes += message.length + answer.length;
            ReconcileStep step = client.reconcile(answer);
            outcome.add(step);
            message = step.next().orElse(new byte[0]);
        }
        return String.join(
                " ",
                kind,
                words[1],
                words[2],
                words[3],
                Integer.toString(outcome.rounds),
                Long.toString(outcome.bytes),
                Integer.toString(outcome.have.size()),
                Integer.toString(outcome.need.size()),
                Hashing.sha256(transcript.toByteArray()).toString());
    }

    private ItemSet set(String kind, String name, int n, IntPredicate member) {
        return built.computeIfAbsent(kind + " " + name, unbuilt -> {
            ItemSet set = new ItemSet();
            for (int i = n - 1; i >= 0; i--) {
                if (member.test(i)) {
                    set.add(timestamp(kind, i), id(kind, i));
                }
            }
            return set;
        });
    }

    private static long timestamp(String kind, int i) {
        return switch (kind) {
            case "spread" -> 1_700_000_000L + 7L * i;
            case "equal" -> 5;
            case "few" -> i % 3;
            case "edges" -> i % 3 == 0 ? 0 : i % 3 == 1 ? 1 : ItemSet.LAST_TIMESTAMP;
            case "crowded" -> i / 1000;
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Hash id(String kind, int i) {
        return kind.equals("crowded") ? Sets.crowded(i) : Sets.hashed(i);
    }

    private static List<String> lines() throws IOException {
        try (InputStream file =
                ReferenceTranscriptsTest.class.getResourceAsStream("/vectors/negentropy/transcripts.txt")) {
            assertNotNull(file);
            try (Stream<String> lines = new String(file.readAllBytes(), US_ASCII).lines()) {
                return lines.toList();
            }
        }
    }
}
