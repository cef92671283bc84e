package io.vaultmesh.remembrancer.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that takes the space of a file system, all but as much as is said. */
final class Ballast {

    private static final int BLOCK = 4096;

    private final Path file;

    Ballast(Path file) {
        this.file = file;
    }

    /** Takes the space that is left, and gives back some blocks. */
    void fill(int blocksLeft) throws IOException {
        try (RandomAccessFile ballast = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] noise = new byte[64 * BLOCK];
            ballast.seek(ballast.length());
            for (int length = noise.length; length >= BLOCK; length /= 2) {
                writeUntilRefused(ballast, noise, length);
            }
            ballast.setLength(Math.max(0, ballast.getFilePointer() - (long) blocksLeft * BLOCK));
            ballast.getFD().sync();
        }
    }

    /** A full disk is what is wanted here. */
    private static void writeUntilRefused(RandomAccessFile ballast, byte[] noise, int length) throws IOException {
        long end = ballast.getFilePointer();
        try {
            while (true) {
                ballast.write(noise, 0, length);
                end += length;
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space")) {
                throw full;
            }
            ballast.setLength(end);
            ballast.seek(end);
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(file);
    }
}
