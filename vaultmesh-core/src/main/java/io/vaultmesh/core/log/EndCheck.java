package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.note.NoteVerifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether there is something beyond a log's checkpoint. A log that holds more than its checkpoint says had its checkpoint
 * rolled back; or its writer, which has it all in its journal, is publishing.
 */
final class EndCheck {

    static final String END = "end";

    /** How often what a writer changes meanwhile is looked at again. */
    static final int ATTEMPTS = 5;

    private EndCheck() {}

    /** Looks behind the checkpoint that there is now, which may be a newer one than was checked. */
    static Check of(FsckFiles files, NoteVerifier logKey, TrustedCheckpoint checked, boolean isTree) {
        Check found = Check.notChecked(
                "checkpoint", "the log published while it was checked, " + ATTEMPTS + " times; check it again");
        for (int attempt = 1; attempt <= ATTEMPTS && found.outcome() != Outcome.PASS; attempt++) {
            Optional<byte[]> before = files.read(LogStore.CHECKPOINT);
            TrustedCheckpoint now = LogReader.trusted(before, logKey);
            if (now.size() < checked.size()) {
                return Check.fail(
                        "checkpoint", "was at size " + checked.size() + ", and is at size " + now.size() + " by now");
            }
            List<String> beyond = Beyond.find(files, now.size());
            if (!beyond.isEmpty() && isTree) {
                beyond.retainAll(Beyond.find(files, files.journaled(now.size(), now::root)));
            }
            if (Arrays.equals(
                    before.orElse(null), files.read(LogStore.CHECKPOINT).orElse(null))) {
                found = beyond.isEmpty()
                        ? Check.pass(END, "nothing is published beyond the checkpoint")
                        : Check.fail(END, "beyond the checkpoint's size " + now.size() + " there are " + beyond);
            }
        }
        return found;
    }
}
