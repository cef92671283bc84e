package io.vaultmesh.remembrancer.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.memory.Decision;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Memory;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A call of {@code record}. What is recorded follows from the number, so that whoever repeats a call with a key means the
 * same content.
 *
 * @param namespace where
 * @param number what
 * @param keyed whether it has an idempotency key
 */
record Recording(String namespace, long number, boolean keyed) {

    static final List<String> NAMESPACES = List.of("main", "dao:x");

    private static final int KEYS = 500;

    /** One of few keys, which others use too, or something new. */
    static Recording random(RandomGenerator random) {
        boolean keyed = random.nextInt(3) > 0;
        return new Recording(
                NAMESPACES.get(random.nextInt(NAMESPACES.size())),
                keyed ? random.nextInt(KEYS) : random.nextLong(KEYS, Long.MAX_VALUE),
                keyed);
    }

    Memory<?> memory() {
        return keyed ? content().key("key " + number) : content();
    }

    private Memory<?> content() {
        return switch ((int) (number % 3)) {
            case 0 ->
                Deployment.of("ledger", "1." + number)
                        .artifact(
                                "ledger.jar",
                                Hashing.sha256(Long.toString(number).getBytes(UTF_8)));
            case 1 -> Decision.of("decision " + number, "c", "d", "e");
            default -> Discovery.of("found " + number, "What was found, at length. ".repeat((int) (number % 200)));
        };
    }

    boolean hasBody() {
        return number % 3 != 0;
    }
}
