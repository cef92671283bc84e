package io.vaultmesh.core.faults;

import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a child tells its parent, as one line of its standard output, written after it became true.
 *
 * @param kind what became true
 * @param thread the thread of the call, or 0
 * @param number the number of the call, or 0
 * @param value an index or size, or 0
 * @param text a note or a message, or nothing
 */
record Fact(Kind kind, int thread, int number, long value, String text) {

    enum Kind {
        /** The log is going to be opened. */
        OPENING,
        /** It is open and has {@code value} entries. */
        OPENED,
        /** It is going to be closed. */
        CLOSING,
        /** It is closed. */
        CLOSED,
        /** Opening or closing it failed. */
        FAILED,
        /** The call's entries are durable from index {@code value} on. */
        APPENDED,
        /** The call gave out a checkpoint. */
        CHECKPOINT,
        /** The call is done and gave nothing to remember. */
        DONE,
        /** The call failed, and promised that nothing was logged. */
        REFUSED,
        /** The call failed, and said that the log must be reopened to know what was logged. */
        UNKNOWN,
        /** The child reached its end. */
        ENDED,
        /** The log did what it must not do. */
        BROKEN;

        /** Whether it says how a call ended. */
        boolean endsACall() {
            return switch (this) {
                case APPENDED, CHECKPOINT, DONE, REFUSED, UNKNOWN -> true;
                case OPENING, OPENED, CLOSING, CLOSED, FAILED, ENDED, BROKEN -> false;
            };
        }
    }

    static Fact of(Kind kind, long value) {
        return new Fact(kind, 0, 0, value, "");
    }

    static Fact of(Kind kind, Call call, long value) {
        return new Fact(kind, call.thread(), call.number(), value, "");
    }

    static Fact of(Kind kind, Call call, Throwable failure) {
        return new Fact(kind, call.thread(), call.number(), 0, failure.toString());
    }

    static Fact failed(Throwable failure) {
        return new Fact(Kind.FAILED, 0, 0, 0, failure.toString());
    }

    static Fact broken(String what) {
        return new Fact(Kind.BROKEN, 0, 0, 0, what);
    }

    static Fact checkpoint(Call call, TrustedCheckpoint checkpoint) {
        String note = Base64.getEncoder().encodeToString(checkpoint.note().bytes());
        return new Fact(Kind.CHECKPOINT, call.thread(), call.number(), checkpoint.size(), note);
    }

    TrustedCheckpoint checkpoint(NoteVerifier key) {
        return TrustedCheckpoint.verify(SignedNote.parse(Base64.getDecoder().decode(text)), key);
    }

    String line() {
        return kind + " " + thread + " " + number + " " + value + " " + text.replaceAll("\\s+", " ") + "\n";
    }

    byte[] bytes() {
        return line().getBytes(StandardCharsets.UTF_8);
    }

    /** Short, for the account of a failure. */
    @Override
    public String toString() {
        return kind
                + (kind.endsACall() ? " " + number : "")
                + (value != 0 ? " " + value : "")
                + (text.isEmpty() || kind == Kind.CHECKPOINT ? "" : " " + text);
    }

    static Fact parse(String line) {
        String[] parts = line.split(" ", 5);
        return new Fact(
                Kind.valueOf(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Long.parseLong(parts[3]),
                parts[4]);
    }
}
