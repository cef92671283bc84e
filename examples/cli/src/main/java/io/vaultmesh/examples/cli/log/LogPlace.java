package io.vaultmesh.examples.cli.log;

import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.log.LogSource;
import io.vaultmesh.core.note.NoteVerifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A log that is read: its directory, or the address where a web server shows that. */
final class LogPlace {

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "The log's directory, or the http or https address where it is shown.")
    private String place;

    @Mixin
    private LogKeyOption key;

    static void requireLog(Path directory) {
        if (!Files.exists(directory.resolve(LogSource.CHECKPOINT))) {
            throw new IllegalArgumentException(
                    directory + " holds no log, expected a directory with a file " + LogSource.CHECKPOINT);
        }
    }

    LogReader read(NoteVerifier logKey) {
        if (isAddress()) {
            return LogReader.of(URI.create(place), logKey);
        }
        Path directory = Path.of(place);
        requireLog(directory);
        return LogReader.of(directory, logKey);
    }

    /** Reads under the key that is beside the directory: for those who keep the log themselves. */
    LogReader readAsKeeper() {
        if (isAddress()) {
            throw new IllegalArgumentException(place + " has no key beside it; --vkey gives it");
        }
        Path directory = Path.of(place);
        requireLog(directory);
        return read(key.read(directory).verifier());
    }

    boolean isAddress() {
        String lower = place.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }
}
