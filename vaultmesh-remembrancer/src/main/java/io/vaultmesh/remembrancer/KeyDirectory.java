package io.vaultmesh.remembrancer;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.note.NoteKeys;
import io.vaultmesh.remembrancer.disk.Durable;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * A memory's private keys, one for each role, in files that only their owner can read. They are made once, with the
 * memory; one that is missing later is never replaced, since the records and checkpoints under it would be orphaned.
 */
final class KeyDirectory {

    /** What a key is for. No key has two roles. */
    enum Role {
        /** Signs the envelopes of records. */
        AUTHOR,
        /** Signs checkpoints. */
        LOG,
        /** Signs cosignatures on the checkpoints of others. */
        WITNESS,
        /** Signs messages to peers. */
        TRANSPORT;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Path directory;

    KeyDirectory(Path directory) {
        this.directory = directory;
    }

    /** Makes the keys that don't exist yet: all of them, but for those that an interrupted creation left. */
    void create(SecureRandom random) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(directory, ownerOnly(directory, "rwx------"));
            }
            for (Role role : Role.values()) {
                if (!Files.exists(file(role))) {
                    write(
                            file(role),
                            NoteKeys.exposePrivateKey(role.label(), Ed25519PrivateKey.generate(random)) + "\n");
                }
            }
            Durable.force(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("can't make keys in " + directory + ": " + e, e);
        }
    }

    private void write(Path file, String text) throws IOException {
        Path aside = directory.resolve(file.getFileName() + ".part");
        Files.deleteIfExists(aside);
        Files.createFile(aside, ownerOnly(directory, "rw-------")); // before there is anything to read in it
        try (FileOutputStream out = new FileOutputStream(aside.toFile())) { // an interrupt would close a channel
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.getFD().sync();
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Reads the keys of all roles, used today or not, so that one that is missing is missed at once. */
    Map<Role, Ed25519PrivateKey> load() {
        Map<Role, Ed25519PrivateKey> keys = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            keys.put(role, load(file(role)));
        }
        return keys;
    }

    private static Ed25519PrivateKey load(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe would be waited for
                throw new IllegalArgumentException("it is no regular file, expected a key");
            }
            return NoteKeys.parsePrivateKey(
                    Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (NoSuchFileException e) {
            throw new MemoryDamagedException(
                    file + " is missing, expected the key that the memory was made with; restore it from a copy", e);
        } catch (IllegalArgumentException e) {
            throw new MemoryDamagedException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        }
    }

    private Path file(Role role) {
        return directory.resolve(role.label() + ".key");
    }
}
