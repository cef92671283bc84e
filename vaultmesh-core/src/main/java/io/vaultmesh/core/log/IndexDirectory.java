package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * The files of an index, each a run and named {@code <from>-<to>.run}. They are written aside, forced to the disk and
 * moved into place. What has such a name and is of no use is deleted; other files are left alone. Thread-safe.
 */
final class IndexDirectory implements AutoCloseable {

    private static final String RUN = ".run";
    private static final int BUFFER = 1 << 16;

    private final Path directory;
    private final Output output;
    private final Map<Path, IndexRun> open = new ConcurrentHashMap<>();

    IndexDirectory(Path directory, Output output) {
        this.directory = directory;
        this.output = output;
    }

    /** Opens a file to write it, as {@link FileOutputStream#FileOutputStream(File)} does. */
    @FunctionalInterface
    interface Output {
        FileOutputStream open(File file) throws IOException;
    }

    /** What a run is made of. */
    interface Records {

        /** The first index that the run is about. */
        long from();

        /** The index after the last one. */
        long to();

        /** How many records there are. */
        long count();

        /** The leaf hash of the last entry. */
        Hash lastHash();

        /** Adds the records, sorted. */
        void writeTo(IndexRunWriter writer) throws IOException;
    }

    /** Creates the directory if need be, and opens the runs that are of use to a log, in order and without overlap. */
    List<IndexRun> open(long size, LongFunction<Hash> leaves) {
        for (Path file : files()) {
            try {
                IndexRun.open(file).ifPresentOrElse(run -> open.put(file, run), () -> delete(file));
            } catch (IOException damaged) {
                delete(file);
            }
        }
        List<IndexRun> found = new ArrayList<>(open.values());
        found.sort(Comparator.comparing(IndexRun::from).thenComparing(IndexRun::to, Comparator.reverseOrder()));
        List<IndexRun> useful = new ArrayList<>();
        long at = 0;
        for (IndexRun run : found) {
            if (run.from() >= at && run.to() <= size && isOf(leaves, run)) {
                useful.add(run);
                at = run.to();
            } else {
                drop(run);
            }
        }
        return useful;
    }

    private boolean isOf(LongFunction<Hash> leaves, IndexRun run) {
        return run.path().equals(path(run.from(), run.to()))
                && leaves.apply(run.to() - 1).equals(run.lastHash());
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            FileDisk.createDirectories(directory);
            try (DirectoryStream<Path> all =
                    Files.newDirectoryStream(directory, "*" + RUN + "{," + DirectoryStore.ASIDE + "}")) {
                all.forEach(files::add);
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("can't use " + directory + " for an index: " + e, e);
        }
    }

    private Path path(long from, long to) {
        return directory.resolve(from + "-" + to + RUN);
    }

    /**
     * Writes a run and opens it.
     *
     * @throws UncheckedIOException if the disk refuses, or the records can't be read
     */
    IndexRun write(Records records) {
        Path path = path(records.from(), records.to());
        Path aside = directory.resolve(path.getFileName() + DirectoryStore.ASIDE);
        try {
            writeFile(aside, records);
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            FileDisk.force(directory);
            IndexRun run = IndexRun.open(path).orElseThrow(() -> new IOException("it doesn't read as it was written"));
            open.put(path, run);
            return run;
        } catch (IOException e) {
            delete(aside); // the next one needs the space
            throw new UncheckedIOException("can't write " + path + ": " + e, e);
        }
    }

    private void writeFile(Path path, Records records) throws IOException {
        try (FileOutputStream file = output.open(path.toFile()); // no channel: interrupts close those
                OutputStream out = new BufferedOutputStream(file, BUFFER)) {
            IndexRunWriter writer = new IndexRunWriter(out, records.count());
            records.writeTo(writer);
            writer.finish(records.from(), records.to(), records.lastHash());
            out.flush();
            file.getFD().sync();
        }
    }

    /** Closes a run that others have replaced, and deletes its file if none of them has its name. */
    void drop(IndexRun run) {
        close(run);
        if (open.remove(run.path(), run)) {
            delete(run.path());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException itStays) {
            // it is of no use, but does no harm; the next open tries again
        }
    }

    private static void close(IndexRun run) {
        try {
            run.close();
        } catch (IOException nothingIsLost) {
            // it was only read
        }
    }

    @Override
    public void close() {
        open.values().forEach(IndexDirectory::close);
    }
}
