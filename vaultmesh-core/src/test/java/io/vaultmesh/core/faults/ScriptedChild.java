package io.vaultmesh.core.faults;

import io.vaultmesh.core.log.MerkleLog;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that makes the calls of the script in one thread, whatever the disk does to it. A failed call is told as what it
 * promised; a log that must be reopened is reopened, at most so often.
 */
final class ScriptedChild {

    private static final int OPENINGS = 3;

    private final Path directory;
    private final long seed;
    private final Voice voice = new Voice();

    private ScriptedChild(Path directory, long seed) {
        this.directory = directory;
        this.seed = seed;
    }

    /** Takes the log's directory and the seed of the calls. */
    public static void main(String[] args) {
        new ScriptedChild(Path.of(args[0]), Long.parseLong(args[1])).run();
    }

    private void run() {
        try {
            script();
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            voice.say(Fact.broken(e.toString()));
            System.exit(1);
        }
    }

    private void script() {
        MerkleLog log = open();
        for (int number = 0; number < Call.SCRIPTED && log != null; number++) {
            Call call = Call.scripted(seed, number);
            if (call.kind() == Call.Kind.REOPEN) {
                close(log);
                log = open();
                voice.say(Fact.of(Fact.Kind.DONE, call, 0));
            } else if (!make(call, log)) {
                requireThatNothingIsAppended(log);
                close(log);
                log = open();
            }
        }
        if (log != null) {
            close(log);
        }
        voice.say(Fact.of(Fact.Kind.ENDED, 0));
    }

    private MerkleLog open() {
        for (int i = 0; i < OPENINGS; i++) {
            try {
                voice.say(Fact.of(Fact.Kind.OPENING, i));
                MerkleLog log = Keys.open(directory);
                voice.say(Fact.of(Fact.Kind.OPENED, log.size()));
                return log;
            } catch (UncheckedIOException diskRefused) {
                voice.say(Fact.failed(diskRefused));
            }
        }
        return null; // a disk that is gone for good; the parent decides whether it was
    }

    private void close(MerkleLog log) {
        voice.say(Fact.of(Fact.Kind.CLOSING, 0));
        try {
            log.close();
            voice.say(Fact.of(Fact.Kind.CLOSED, 0));
        } catch (UncheckedIOException diskRefused) {
            voice.say(Fact.failed(diskRefused));
        }
    }

    /** Makes a call; {@code false} if the log must be reopened. */
    private boolean make(Call call, MerkleLog log) {
        try {
            switch (call.kind()) {
                case APPEND -> {
                    byte[] entry = call.entries().get(0);
                    voice.say(Answers.of(call, List.of(log.append(entry))));
                }
                case APPEND_ALL -> voice.say(Answers.of(call, log.appendAll(call.entries())));
                case CHECKPOINT -> voice.say(Fact.checkpoint(call, log.checkpoint()));
                case PUBLISH -> {
                    log.publish();
                    voice.say(Fact.of(Fact.Kind.DONE, call, 0));
                }
                case READ -> {
                    for (long index = 0; index < log.size(); index++) {
                        Answers.requireProof(log, index);
                    }
                    voice.say(Fact.of(Fact.Kind.DONE, call, 0));
                }
                case REOPEN -> throw new IllegalArgumentException("not a call on an open log: " + call);
            }
            return true;
        } catch (UncheckedIOException diskRefused) {
            boolean reopen = String.valueOf(diskRefused.getMessage()).contains("reopen");
            voice.say(Fact.of(reopen ? Fact.Kind.UNKNOWN : Fact.Kind.REFUSED, call, diskRefused));
            return !reopen;
        }
    }

    /** A log that said that it must be reopened takes nothing more. */
    private static void requireThatNothingIsAppended(MerkleLog log) {
        try {
            log.append(new byte[] {1});
        } catch (IllegalStateException asPromised) {
            return;
        }
        throw new AssertionError("a log that must be reopened took an entry");
    }
}
