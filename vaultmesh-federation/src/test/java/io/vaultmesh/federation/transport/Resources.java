package io.vaultmesh.federation.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What this process holds: sockets that are open, and threads of a node and of the JDK's server. */
public final class Resources {

    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final List<String> PREFIXES = List.of(
            "vaultmesh-federation", "vaultmesh-receive", "vaultmesh-ask", "vaultmesh-deadlines", "HTTP-", "idle-");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Resources() {}

    /** How many sockets are open. Skips the test, and says so, where the system doesn't show that. */
    public static long sockets() {
        Assumptions.assumeTrue(Files.isDirectory(OPEN), "open files are counted in /proc/self/fd, which is Linux's");
        try (Stream<Path> files = Files.list(OPEN)) {
            return files.filter(Resources::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (NoSuchFileException e) {
            return false; // closed since it was listed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until no thread of a node is left; one that has left its pool takes a moment more to end. */
    public static void awaitNoThreads() {
        await(() -> threads().isEmpty(), () -> threads().toString());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> PREFIXES.stream().anyMatch(name::startsWith))
                .sorted()
                .toList();
    }

    /** Waits until something is so. */
    public static void await(BooleanSupplier condition, Supplier<String> otherwise) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, otherwise);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
