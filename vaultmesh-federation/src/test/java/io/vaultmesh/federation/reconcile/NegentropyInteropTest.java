package io.vaultmesh.federation.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.reconcile.Sets.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** nostr-tools as the client of our server says byte for byte what our client says, and ends with the same ids. */
class NegentropyInteropTest {

    private static final Path SOURCES = Path.of(System.getProperty("module.dir", ""), "src/test/node/negentropy");
    private static final Path INSTALLED = Path.of(System.getProperty("module.dir", ""), "target/negentropy-peers");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "replay.mjs");
    private static final int[][] LIMITS = {{0, 0}, {4096, 0}, {0, 4096}, {5000, 4200}};

    private final List<String> recorded = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    @Test
    void nostrToolsSaysWhatWeSay() throws IOException {
        OutsideProgram node = OutsideProgram.require("node", "npm");
        Random random = new Random(20261127);
        for (int[] limits : LIMITS) {
            record(random, limits, 0, i -> i, Sets::hashed);
            record(random, limits, 31, i -> 7, Sets::hashed);
            record(random, limits, 33, i -> i * 1000L, Sets::hashed);
            record(random, limits, 1200, i -> random.nextInt(Integer.MAX_VALUE - 2), Sets::hashed);
            record(random, limits, 1000, i -> 0, Sets::hashed);
            record(random, limits, 1000, i -> ItemSet.LAST_TIMESTAMP - i % 2, Sets::hashed);
            record(random, limits, 900, i -> i % 3 == 0 ? 0 : ItemSet.LAST_TIMESTAMP, Sets::crowded);
            record(random, limits, 2500, i -> 1_700_000_000L + i / 5, Sets::hashed);
        }
        assertEquals(8 * LIMITS.length, recorded.size());
        install();
        Path cases = Files.write(INSTALLED.resolve("exchanges.jsonl"), recorded, UTF_8);
        String out = node.deadline(Duration.ofMinutes(2))
                .run(INSTALLED, "replay.mjs", cases.getFileName().toString())
                .orFail();
        List<String> said = out.lines().toList();
        for (int i = 0; i < Math.min(said.size(), expected.size()); i++) {
            assertEquals(expected.get(i), said.get(i), "line " + (i + 1));
        }
        assertEquals(expected.size(), said.size());
    }

    /** Copies what stands among the sources, and lets npm fetch what the lock file names, unless it has. */
    private static void install() throws IOException {
        Files.createDirectories(INSTALLED);
        Path kept = INSTALLED.resolve("installed-lock.json");
        Path lock = SOURCES.resolve("package-lock.json");
        for (String file : FILES) {
            Files.copy(SOURCES.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(kept) || Files.mismatch(kept, lock) >= 0) {
            String unused = OutsideProgram.require("npm")
                    .deadline(Duration.ofMinutes(2))
                    .run(INSTALLED, "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund")
                    .orFail();
            Files.copy(lock, kept, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Lets our two roles talk about random parts of some items. */
    private void record(Random random, int[] limits, int n, IntToLongFunction time, IntFunction<Hash> id) {
        List<Entry> ours = new ArrayList<>();
        List<Entry> theirs = new ArrayList<>();
        int same = random.nextInt(100);
        for (int i = 0; i < n; i++) {
            Entry entry = new Entry(time.applyAsLong(i), id.apply(i));
            int side = random.nextInt(100) < same ? 2 : random.nextInt(3);
            if (side != 0) {
                ours.add(entry);
            }
            if (side != 1) {
                theirs.add(entry);
            }
        }
        NegentropyClient client = Negentropy.of(Sets.of(ours), limits[0]).client();
        Negentropy server = Negentropy.of(Sets.of(theirs), limits[1]);
        Sets.Outcome outcome = new Sets.Outcome();
        List<String> answers = new ArrayList<>();
        int number = recorded.size();
        byte[] message = client.initiate();
        while (message.length > 0) {
            expected.add(number + " " + HexFormat.of().formatHex(message));
            byte[] answer = server.answer(message);
            answers.add(HexFormat.of().formatHex(answer));
            ReconcileStep step = client.reconcile(answer);
            outcome.add(step);
            message = step.next().orElse(new byte[0]);
        }
        expected.add(number + " done");
        expected.add(number + " have " + sorted(outcome.have));
        expected.add(number + " need " + sorted(outcome.need));
        recorded.add("{\"ours\":" + json(ours) + ",\"limit\":" + limits[0] + ",\"answers\":"
                + answers.stream().collect(Collectors.joining("\",\"", "[\"", "\"]")) + "}");
    }

    private static String sorted(Set<Hash> ids) {
        return ids.stream().sorted().map(Hash::toString).collect(Collectors.joining(","));
    }

    private static String json(Collection<Entry> entries) {
        Stream<String> items = entries.stream().map(entry -> "[" + entry.timestamp() + ",\"" + entry.id() + "\"]");
        return items.collect(Collectors.joining(",", "[", "]"));
    }
}
