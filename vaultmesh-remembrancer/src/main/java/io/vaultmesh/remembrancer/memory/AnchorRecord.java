package io.vaultmesh.remembrancer.memory;

import io.vaultmesh.core.log.Checkpoint;

/**
 * A checkpoint was anchored: published where nobody who keeps the memory can take it back. The body is the attestation, with
 * the whole signed checkpoint and what the target gave as evidence.
 */
public final class AnchorRecord extends Memory<AnchorRecord> {

    private AnchorRecord(Details details) {
        super(Kind.ANCHOR, details);
    }

    /**
     * An anchor. Whether the attestation holds is not checked here.
     *
     * @param checkpoint what was anchored; it becomes the attributes {@code origin}, {@code size} and {@code root}
     * @param target where, for example {@code rfc3161:freetsa}; it becomes the attribute {@code target}
     * @param attestation the signed checkpoint and the target's evidence
     * @return the record to be
     * @throws IllegalArgumentException if the target is not one line of text, or the size is beyond 2^53 - 1
     */
    public static AnchorRecord of(Checkpoint checkpoint, String target, Body attestation) {
        return new AnchorRecord(Details.titled("Anchor of " + checkpoint.origin() + " at size " + checkpoint.size()
                                + " in " + Texts.requireLine("target", target))
                        .withBody(attestation))
                .attribute("target", target)
                .attribute("origin", checkpoint.origin())
                .attribute("size", checkpoint.size())
                .attribute("root", Attributes.text(checkpoint.root()));
    }

    @Override
    AnchorRecord with(Details changed) {
        return new AnchorRecord(changed);
    }
}
