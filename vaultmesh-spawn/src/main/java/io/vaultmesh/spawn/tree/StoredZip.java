package io.vaultmesh.spawn.tree;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.zip.CRC32;

/**
 * Files as a zip archive (PKWARE APPNOTE 6.3), the same bytes for the same files everywhere: sorted by path, stored
 * without compression, which differs from one version of zlib to the next, all of 1980-01-01, with the mode that git
 * would give them. Stateless and thread-safe.
 */
public final class StoredZip {

    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int END_OF_DIRECTORY = 0x06054b50;

    private static final int VERSION = 10;
    private static final int MADE_BY_UNIX = 3 << 8 | VERSION;
    /** 1980-01-01, the first date that a zip can tell: year 0, month 1, day 1. */
    private static final int DATE = 1 << 5 | 1;

    private static final int FILE = 0100644;
    private static final int EXECUTABLE = 0100755;
    private static final int MAX_FILES = 0xFFFF;

    private StoredZip() {}

    /**
     * Makes an archive.
     *
     * @param files the files, sorted by path; unlike those of a {@link FileTree}, their paths may differ only in case
     * @return the archive
     * @throws IllegalArgumentException if it were 65,535 files or more
     */
    public static FileContent of(Collection<GeneratedFile> files) {
        if (files.size() >= MAX_FILES) {
            throw new IllegalArgumentException(
                    "a zip of " + files.size() + " files was asked for, expected less than " + MAX_FILES);
        }
        Output out = new Output();
        Output directory = new Output();
        for (GeneratedFile file : files) {
            byte[] name = file.path().value().getBytes(StandardCharsets.US_ASCII);
            byte[] bytes = file.content().bytes();
            int offset = out.size();
            CRC32 crc = new CRC32();
            crc.update(bytes);
            Output common = new Output()
                    .twoBytes(VERSION)
                    .twoBytes(0) // flags: none
                    .twoBytes(0) // method: stored
                    .twoBytes(0) // time: midnight
                    .twoBytes(DATE)
                    .fourBytes((int) crc.getValue())
                    .fourBytes(bytes.length)
                    .fourBytes(bytes.length)
                    .twoBytes(name.length)
                    .twoBytes(0); // no extra field
            out.fourBytes(LOCAL_HEADER).bytes(common.toByteArray()).bytes(name).bytes(bytes);
            directory
                    .fourBytes(CENTRAL_HEADER)
                    .twoBytes(MADE_BY_UNIX)
                    .bytes(common.toByteArray())
                    .twoBytes(0) // no comment
                    .twoBytes(0) // disk
                    .twoBytes(0) // internal attributes
                    .fourBytes((file.executable() ? EXECUTABLE : FILE) << 16)
                    .fourBytes(offset)
                    .bytes(name);
        }
        int start = out.size();
        return FileContent.of(out.bytes(directory.toByteArray())
                .fourBytes(END_OF_DIRECTORY)
                .twoBytes(0)
                .twoBytes(0)
                .twoBytes(files.size())
                .twoBytes(files.size())
                .fourBytes(directory.size())
                .fourBytes(start)
                .twoBytes(0) // no comment
                .toByteArray());
    }

    /** Numbers as a zip has them, the lowest byte first. */
    private static final class Output extends ByteArrayOutputStream {

        @CanIgnoreReturnValue
        Output twoBytes(int value) {
            write(value);
            write(value >>> 8);
            return this;
        }

        @CanIgnoreReturnValue
        Output fourBytes(int value) {
            return twoBytes(value).twoBytes(value >>> 16);
        }

        @CanIgnoreReturnValue
        Output bytes(byte[] bytes) {
            writeBytes(bytes);
            return this;
        }
    }
}
