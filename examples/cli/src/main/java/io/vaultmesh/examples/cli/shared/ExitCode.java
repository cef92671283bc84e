package io.vaultmesh.examples.cli.shared;

/** How the command ends. */
public final class ExitCode {

    /** What was asked for was done, and holds. */
    public static final int GOOD = 0;
    /** Evidence was refuted, or a check failed: also that of a memory's own files as it is opened. */
    public static final int REFUTED = 1;
    /** The arguments make no sense, or name something that isn't there to be worked on. */
    public static final int USAGE = 2;
    /** Disk, permissions, a lock that another process holds; or a mistake in the command itself. */
    public static final int ENVIRONMENT = 3;

    private ExitCode() {}
}
