package io.vaultmesh.examples.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where the prepared logs and memories lie. Closing it deletes them, unless they are to be kept. */
final class PreparedFiles implements AutoCloseable {

    private static final int BLOCK = 4096;

    private final Path directory;
    private final boolean kept;
    private final Thread deletion = new Thread(this::delete, "deletes what was prepared");

    private PreparedFiles(Path directory, boolean kept) {
        this.directory = directory;
        this.kept = kept;
        if (!kept) {
            Runtime.getRuntime().addShutdownHook(deletion); // an interrupted run leaves nothing either
        }
    }

    static PreparedFiles in(Optional<Path> kept) throws IOException {
        return new PreparedFiles(
                kept.isPresent() ? Files.createDirectories(kept.get()) : Scratch.create(), kept.isPresent());
    }

    /** What tells a benchmark's process where they are. */
    String jvmArgument() {
        return "-D" + Prepared.PROPERTY + "=" + directory;
    }

    /** Builds those that aren't there. */
    void build(Set<? extends Prepared> needed, Consumer<String> said) throws IOException {
        for (Prepared log : needed) {
            Path target = log.in(directory);
            if (Files.exists(target)) {
                continue;
            }
            System.err.println("building " + log.what());
            long started = System.nanoTime();
            Path unfinished = directory.resolve(".unfinished");
            if (Files.exists(unfinished)) {
                Scratch.delete(unfinished);
            }
            log.build(unfinished);
            double seconds = (System.nanoTime() - started) / 1e9;
            said.accept(describe(log, unfinished, seconds));
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static String describe(Prepared log, Path directory, double seconds) throws IOException {
        LongSummaryStatistics sizes;
        try (Stream<Path> walk = Files.walk(directory)) {
            sizes = walk.filter(Files::isRegularFile)
                    .mapToLong(PreparedFiles::onDisk)
                    .summaryStatistics();
        }
        return String.format(
                Locale.ROOT,
                "Built %s in %.0f s: %,d files, %,.0f MB on disk.%n",
                log.what(),
                seconds,
                sizes.getCount(),
                sizes.getSum() / 1e6);
    }

    private static long onDisk(Path path) {
        try {
            return (Files.size(path) + BLOCK - 1) / BLOCK * BLOCK;
        } catch (IOException e) {
            throw new UncheckedIOException("can't examine " + path + ": " + e, e);
        }
    }

    private void delete() {
        try {
            if (Files.exists(directory)) {
                Scratch.delete(directory);
            }
        } catch (IOException e) {
            System.err.println("can't delete " + directory + ": " + e);
        }
    }

    @Override
    public void close() {
        if (!kept) {
            delete();
            Runtime.getRuntime().removeShutdownHook(deletion);
        }
    }
}
