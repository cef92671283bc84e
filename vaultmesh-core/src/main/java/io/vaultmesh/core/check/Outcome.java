package io.vaultmesh.core.check;

/** How a {@link Check} ended. Only {@link #PASS} is a pass. */
public enum Outcome {
    /** The evidence was there, was examined, and supports the claim. */
    PASS,
    /** The evidence was examined and contradicts the claim, or evidence that must exist is gone. */
    FAIL,
    /** There is no such evidence, and none was promised: for example, nobody has signed yet. */
    ABSENT,
    /** The evidence may exist but was not examined; the detail says why. */
    NOT_CHECKED
}
