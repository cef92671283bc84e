package io.vaultmesh.core.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.MerkleLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a small log was left whose bytes are changed. */
enum SmallLog {
    /** All is published. */
    CLOSED {
        @Override
        void fill(MerkleLog open, int size, List<Hash> hashes) {
            append(open, size, hashes);
        }
    },
    /** Killed when half was published and the rest was in the journal. */
    KILLED {
        @Override
        void fill(MerkleLog open, int size, List<Hash> hashes) {
            append(open, size / 2, hashes);
            open.publish();
            append(open, size - size / 2, hashes);
        }
    },
    /** Killed with a journal of a few larger groups, the last of which has blocks full of zeros. */
    KILLED_WITH_GROUPS {
        @Override
        void fill(MerkleLog open, int size, List<Hash> hashes) {
            List<byte[]> group = new ArrayList<>();
            for (int i = 0; i < size - 1; i++) {
                group.add(entry(i));
            }
            open.appendAll(group).forEach(appended -> hashes.add(appended.leafHash()));
            byte[] zeros = new byte[1_600];
            zeros[700] = 1;
            hashes.add(open.append(zeros).leafHash());
        }
    };

    abstract void fill(MerkleLog open, int size, List<Hash> hashes);

    /** Makes it in a directory. */
    FlippedByte make(Path log, int size) throws IOException {
        List<Hash> hashes = new ArrayList<>();
        Map<Path, byte[]> files;
        try (MerkleLog open = Keys.open(log)) {
            fill(open, size, hashes);
            files = FlippedByte.files(log); // what a kill would leave
        }
        return new FlippedByte(log, this == CLOSED ? FlippedByte.files(log) : files, hashes);
    }

    private static void append(MerkleLog log, int count, List<Hash> hashes) {
        for (int i = 0; i < count; i++) {
            hashes.add(log.append(entry(i)).leafHash());
        }
    }

    private static byte[] entry(int number) {
        return number % 16 == 3 ? new byte[number] : ("entry " + number).getBytes(UTF_8);
    }
}
