package io.vaultmesh.spawn.git;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Git's index, version 2 (gitformat-index): what the next commit would hold, which for now is what the first one does.
 * JGit's own writer leaves out most of what git remembers of a file, which makes every file look touched to commands
 * that compare only that ({@code git diff-files}).
 */
final class Index {

    private static final int VERSION = 2;
    private static final int ALIGNMENT = 8;
    private static final int MAX_NAME_LENGTH_IN_FLAGS = 0xFFF;
    private static final String UNIX = "unix";

    private Index() {}

    static void write(Path file, Path directory, FileTree tree, Map<RelativePath, ObjectId> blobs) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("DIRC");
        out.writeInt(VERSION);
        out.writeInt(tree.size());
        for (GeneratedFile entry : tree) {
            int start = out.size();
            writeStat(out, entry, entry.path().in(directory));
            requireNonNull(blobs.get(entry.path())).copyRawTo(out);
            byte[] name = entry.path().value().getBytes(StandardCharsets.US_ASCII);
            out.writeShort(Math.min(name.length, MAX_NAME_LENGTH_IN_FLAGS));
            out.write(name);
            // at least one NUL after the name
            out.write(new byte[ALIGNMENT - (out.size() - start) % ALIGNMENT]);
        }
        out.write(Constants.newMessageDigest().digest(bytes.toByteArray()));
        Files.write(file, bytes.toByteArray(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** What {@code stat} says about a file; zeros where Java can't tell, and git then looks at the content. */
    private static void writeStat(DataOutputStream out, GeneratedFile entry, Path file) throws IOException {
        int mode = TreeObjects.mode(entry).getBits();
        if (!file.getFileSystem().supportedFileAttributeViews().contains(UNIX)) {
            out.write(new byte[6 * Integer.BYTES]);
            out.writeInt(mode);
            out.write(new byte[3 * Integer.BYTES]);
            return;
        }
        Map<String, Object> stat = Files.readAttributes(
                file, UNIX + ":ctime,lastModifiedTime,dev,ino,uid,gid,size", LinkOption.NOFOLLOW_LINKS);
        writeTime(out, stat, "ctime");
        writeTime(out, stat, "lastModifiedTime");
        writeLowBits(out, stat, "dev");
        writeLowBits(out, stat, "ino");
        out.writeInt(mode);
        writeLowBits(out, stat, "uid");
        writeLowBits(out, stat, "gid");
        writeLowBits(out, stat, "size");
    }

    private static void writeTime(DataOutputStream out, Map<String, Object> stat, String name) throws IOException {
        Instant time = ((FileTime) requireNonNull(stat.get(name), name)).toInstant();
        out.writeInt((int) time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static void writeLowBits(DataOutputStream out, Map<String, Object> stat, String name) throws IOException {
        out.writeInt((int) ((Number) requireNonNull(stat.get(name), name)).longValue());
    }
}
