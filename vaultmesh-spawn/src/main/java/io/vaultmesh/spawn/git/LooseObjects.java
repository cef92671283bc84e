package io.vaultmesh.spawn.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Git objects, one file each: {@code objects/ab/cdef…} is the zlib stream of the type, a space, the length in decimal, a
 * NUL, and the bytes; the SHA-1 of that text is the object's id.
 */
final class LooseObjects {

    private final Path directory;

    LooseObjects(Path directory) {
        this.directory = directory;
    }

    ObjectId insert(int type, byte[] bytes) throws IOException {
        byte[] header = (Constants.typeString(type) + " " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII);
        MessageDigest digest = Constants.newMessageDigest();
        digest.update(header);
        ObjectId id = ObjectId.fromRaw(digest.digest(bytes));
        Path file =
                directory.resolve(id.name().substring(0, 2)).resolve(id.name().substring(2));
        // two files may have the same content
        if (!Files.exists(file)) {
            Files.createDirectories(directory.resolve(id.name().substring(0, 2)));
            Files.write(file, deflate(header, bytes), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        return id;
    }

    /** In memory: a deflating stream that can't write its end to a full disk leaves the file below it open. */
    private static byte[] deflate(byte[] header, byte[] bytes) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(header);
            out.write(bytes);
        }
        return deflated.toByteArray();
    }
}
