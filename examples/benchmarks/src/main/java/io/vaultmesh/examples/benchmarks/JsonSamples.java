package io.vaultmesh.examples.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** JSON texts of about 100 KB to canonicalize: the same in every run. */
final class JsonSamples {

    /** What each text has at least, in bytes. */
    static final int LENGTH = 100_000;

    private static final long SEED = 20261102;

    private JsonSamples() {}

    /** Records inside one another, indented, with members in no order: names, times, hashes, prose, a few numbers. */
    static byte[] nested() {
        Random random = new Random(SEED);
        StringBuilder json = new StringBuilder("{\n  \"version\": 3,\n  \"services\": [");
        for (int i = 0; json.length() < LENGTH; i++) {
            json.append(i == 0 ? "\n" : ",\n")
                    .append(String.format(
                            Locale.ROOT,
                            """
                                {
                                  "name": "service-%1$d",
                                  "image": {"repository": "registry.example.org/team-%2$d/service-%1$d", "digest": "sha256:%3$064x"},
                                  "replicas": %4$d,
                                  "active": %5$b,
                                  "owner": {
                                    "mail": "owner%2$d@example.org",
                                    "name": "%6$s"
                                  },
                                  "description": "Keeps the books of tenant %2$d.\\nAsk \\"the owner\\" before it is changed.",
                                  "probes": [
                                    {"path": "/health/live", "timeout": 1.5, "headers": []},
                                    {"path": "/health/ready", "timeout": %7$.2f, "headers": [{"value": "yes", "name": "X-Probe"}]}
                                  ],
                                  "limits": {"memory": %8$d, "cpu": %9$.3f, "burst": null},
                                  "deployed": {
                                    "at": "2026-11-%10$02dT12:34:56.789Z",
                                    "by": {"team": %2$d, "person": {"initials": "zk", "id": %11$d}},
                                    "after": ["tests", "review", {"kind": "approval", "by": "%6$s"}]
                                  }
                                }""",
                            i,
                            random.nextInt(50),
                            random.nextLong(),
                            1 + random.nextInt(12),
                            random.nextBoolean(),
                            i % 3 == 0 ? "Jürgen Weiß" : "Zoë K.",
                            2 + random.nextInt(300) / 100.0,
                            (1L + random.nextInt(64)) << 27,
                            random.nextInt(4000) / 1000.0,
                            1 + random.nextInt(28),
                            random.nextInt(1_000_000)));
        }
        return json.append("\n  ]\n}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * An array of numbers as measurements have them: counts, prices, coordinates, results of arithmetic with 16 or 17
     * digits, and magnitudes with an exponent.
     */
    static byte[] numbers() {
        Random random = new Random(SEED);
        StringBuilder json = new StringBuilder("[");
        while (json.length() < LENGTH) {
            json.append(json.length() == 1 ? "" : random.nextInt(10) == 0 ? ",\n" : ", ")
                    .append(random.nextInt(5) == 0 ? "-" : "")
                    .append(number(random));
        }
        return json.append("]").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String number(Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> Integer.toString(random.nextInt(10_000));
            case 2 -> Long.toString(1_760_000_000_000L + random.nextInt(1_000_000_000)); // a time in milliseconds
            case 3, 4 -> String.format(Locale.ROOT, "%.2f", random.nextInt(1_000_000) / 100.0);
            case 5 -> String.format(Locale.ROOT, "%.6f", random.nextDouble() * 180);
            case 6, 7 -> Double.toString(random.nextDouble());
            case 8 -> Double.toString(random.nextGaussian() * 1000).replace("-", "");
            default -> String.format(Locale.ROOT, "%.8e", random.nextDouble() * Math.pow(10, random.nextInt(60) - 30));
        };
    }
}
