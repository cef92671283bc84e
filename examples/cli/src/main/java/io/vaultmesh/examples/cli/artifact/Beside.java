package io.vaultmesh.examples.cli.artifact;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.openpgp.PgpSignature;
import io.vaultmesh.remembrancer.timestamp.TimestampRequest;
import io.vaultmesh.remembrancer.timestamp.TimestampResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** {@code --force}: what is beside an artifact and isn't ours would be lost by what is written there. */
final class Beside {

    private static final int MOST_BYTES = 1 << 20;

    @Option(names = "--force", description = "Replaces files beside the artifact that this memory has no record of.")
    private boolean force;

    /**
     * Has a signature written. Those that are there are kept; anything else is refused, or replaced: it is there again if no
     * signature comes to be.
     */
    <T> T signing(Path artifact, Supplier<T> sign) {
        Path file = beside(artifact, ".asc");
        if (!Files.exists(file) || isSignature(file)) {
            return sign.get();
        }
        refuseUnlessForced(file);
        Path aside = beside(file, "." + UUID.randomUUID() + ".aside");
        move(file, aside);
        T signed;
        try {
            signed = sign.get();
        } catch (RuntimeException | Error e) {
            if (!Files.exists(file)) {
                move(aside, file);
            }
            throw e;
        }
        delete(aside);
        return signed;
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException("can't move " + from + " to " + to + ": " + e, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + file + ": " + e, e);
        }
    }

    private static boolean isSignature(Path file) {
        try {
            PgpSignature unused = PgpSignature.read(file);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Before stamps are written. Those that the namespace has a record of may be replaced: they are kept there. */
    void requireOwnStamps(Path artifact, Namespace in) {
        for (Path stamped : List.of(artifact, beside(artifact, ".asc"))) {
            Path response = beside(stamped, ".tsr");
            Path request = beside(stamped, ".tsq");
            boolean own = Files.exists(response) && in.bodies().has(Hashing.sha256(response));
            if (Files.exists(response) && !own) {
                refuseUnlessForced(response);
            }
            if (Files.exists(request) && !(own && isAnswered(request, response))) {
                refuseUnlessForced(request);
            }
        }
    }

    private static boolean isAnswered(Path request, Path response) {
        try {
            TimestampRequest asked = TimestampRequest.parse(InputFile.bytes(request, MOST_BYTES));
            return TimestampResponse.parse(InputFile.bytes(response, MOST_BYTES))
                    .isOver(asked.imprint());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void refuseUnlessForced(Path file) {
        if (!force) {
            throw new IllegalArgumentException(
                    file + " is none that this memory wrote, so it is left as it is, and nothing"
                            + " is written; move it away, or have it replaced by --force");
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
