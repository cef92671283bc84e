package io.vaultmesh.core.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * What goes wrong with a system call on a file of the log.
 *
 * @param call the system call, for example {@code fsync}
 * @param effect what strace makes of it: {@code error=EIO}, {@code error=ENOSPC} or {@code signal=KILL}
 * @param occurrence which call of a thread, from 1
 * @param lasting whether all later ones fail too
 */
record Fault(String call, String effect, int occurrence, boolean lasting) {

    private static final String IO = "error=EIO";
    private static final String FULL = "error=ENOSPC";
    private static final String KILL = "signal=KILL";

    /** The system calls that are made to fail. */
    static final List<String> CALLS = List.of(
            "fsync",
            "fdatasync",
            "write",
            "pwrite64",
            "writev",
            "pwritev",
            "rename",
            "renameat",
            "renameat2",
            "openat",
            "ftruncate",
            "fallocate",
            "unlink",
            "unlinkat",
            "rmdir",
            "mkdir",
            "mkdirat",
            "read",
            "pread64");

    /** All that can go wrong with one occurrence of a call. */
    static List<Fault> of(String call, int occurrence) {
        List<Fault> faults = new ArrayList<>();
        faults.add(new Fault(call, IO, occurrence, false));
        if (call.contains("read")) {
            return faults; // a process that dies reading has changed nothing, and no disk is too full to be read
        }
        faults.add(new Fault(call, KILL, occurrence, false));
        faults.add(new Fault(call, IO, occurrence, true));
        if (!call.matches("unlink.*|rmdir|ftruncate")) {
            faults.add(new Fault(call, FULL, occurrence, false));
            faults.add(new Fault(call, FULL, occurrence, true));
        }
        return faults;
    }

    boolean kills() {
        return effect.equals(KILL);
    }

    /** As strace takes it. */
    String option() {
        return "inject=" + call + ":" + effect + ":when=" + occurrence + (lasting ? "+" : "");
    }
}
