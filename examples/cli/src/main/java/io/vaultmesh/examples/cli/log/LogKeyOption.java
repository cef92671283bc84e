package io.vaultmesh.examples.cli.log;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.note.NoteKeys;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.examples.cli.shared.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * {@code --key FILE}: the private key of a log. It is beside the log's directory and not in it, so that the whole directory
 * may be shown to everybody.
 */
final class LogKeyOption {

    private static final int MOST_BYTES = 4096;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The log's private key. Default: the directory's name and .key, beside it")
    private @Nullable Path file;

    Path file(Path directory) {
        if (file != null) {
            return file;
        }
        Path absolute = directory.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + ".key");
    }

    /** What is in the directory is published. */
    void requireOutside(Path directory) {
        Path log = directory.toAbsolutePath().normalize();
        if (file(directory).toAbsolutePath().normalize().startsWith(log)) {
            throw new IllegalArgumentException("--key " + file(directory)
                    + " is in the log's directory, which is published; expected it elsewhere");
        }
    }

    NoteSigner create(Path directory, String origin) {
        Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
        String text = NoteKeys.exposePrivateKey(origin, key) + "\n";
        SecretFile.write(text.getBytes(StandardCharsets.UTF_8), file(directory));
        return NoteSigner.ed25519(origin, key);
    }

    NoteSigner read(Path directory) {
        Path from = InputFile.existing(file(directory), "the key that `log init` makes; --key says where it is");
        String text = new String(InputFile.bytes(from, MOST_BYTES), StandardCharsets.UTF_8);
        try {
            return NoteSigner.of(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(from + ": " + e.getMessage(), e);
        }
    }

    /** The log, which must be there, open to be written. */
    MerkleLog open(Path directory) {
        LogPlace.requireLog(directory);
        return MerkleLog.builder(directory).signer(read(directory)).mustExist().open();
    }
}
