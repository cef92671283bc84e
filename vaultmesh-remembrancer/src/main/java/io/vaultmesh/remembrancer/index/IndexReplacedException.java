package io.vaultmesh.remembrancer.index;

/** Says that a file is no longer the index, or won't be in a moment: another one takes its place. */
final class IndexReplacedException extends IndexDamagedException {

    private static final long serialVersionUID = 1L;

    IndexReplacedException(String message) {
        super(message);
    }
}
