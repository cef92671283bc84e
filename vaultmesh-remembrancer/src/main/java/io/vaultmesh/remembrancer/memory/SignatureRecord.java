package io.vaultmesh.remembrancer.memory;

import io.vaultmesh.core.dsse.Subject;

/** Somebody signed an artifact. The body is the signature, as it stands beside the artifact. */
public final class SignatureRecord extends Memory<SignatureRecord> {

    private static final String SIGNER = "signer";

    private SignatureRecord(Details details) {
        super(Kind.SIGNATURE, details);
    }

    /**
     * A signature.
     *
     * @param artifact what was signed
     * @param signer the key that signed, for example {@code openpgp:} and its fingerprint; it becomes the attribute
     *     {@code signer}
     * @param signature the signature itself
     * @return the record to be
     * @throws IllegalArgumentException if the signer is not one line of text
     */
    public static SignatureRecord of(Subject artifact, String signer, Body signature) {
        return new SignatureRecord(
                        Details.titled("Signature of " + Texts.requireLine(SIGNER, signer) + " over " + artifact.name())
                                .withArtifact(artifact)
                                .withBody(signature))
                .attribute(SIGNER, signer);
    }

    @Override
    SignatureRecord with(Details changed) {
        return new SignatureRecord(changed);
    }
}
