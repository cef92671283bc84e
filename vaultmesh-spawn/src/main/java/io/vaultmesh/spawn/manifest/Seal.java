package io.vaultmesh.spawn.manifest;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.EnvelopeVerifier;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.spawn.tree.FileContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * The signature of a manifest: a DSSE envelope over an in-toto statement whose subject is the manifest's file, and whose
 * predicate has the service's name and the root hash of its files. The manifest names the hash of everything else.
 */
public final class Seal {

    /** The type of the statement's predicate; an identifier, which nobody fetches. */
    public static final String PREDICATE_TYPE = "https://vaultmesh.org/spawn/manifest/v1";

    private static final String SIGNATURE = "signature";
    private static final int MAX_BYTES = 1024 * 1024;

    private Seal() {}

    /**
     * Signs a manifest.
     *
     * @param manifest the manifest
     * @param signer signs it
     * @return the bytes of the file {@link Manifest#SEAL}
     */
    public static FileContent sign(Manifest manifest, EnvelopeSigner signer) {
        return FileContent.of(Envelope.sign(statement(manifest), signer).bytes());
    }

    private static Statement statement(Manifest manifest) {
        JsonObject predicate = JsonObject.builder()
                .put("service", manifest.spec().name().value())
                .put("root", manifest.root().toString())
                .build();
        return new Statement(
                List.of(Subject.artifact(Manifest.PATH.value(), manifest.digest())), PREDICATE_TYPE, predicate);
    }

    /**
     * Whether a manifest is signed.
     *
     * @param manifest the manifest
     * @param directory the service, whose file {@link Manifest#SEAL} is looked at
     * @param trusted the keys of which one must have signed the manifest
     * @return the check {@code signature}: passed if one did; failed if none did, or the signature is of another manifest;
     *     absent if there is no signature and no key is trusted, and not checked if there is one
     * @throws UncheckedIOException if the file can't be read
     */
    public static Check check(Manifest manifest, Path directory, List<EnvelopeVerifier> trusted) {
        Path file = Manifest.SEAL.in(directory);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            String detail = "there is no " + Manifest.SEAL + ": nobody signed the manifest";
            // whoever trusts a key expects its signature: to delete it must not be the way around it
            return trusted.isEmpty() ? Check.absent(SIGNATURE, detail) : Check.fail(SIGNATURE, detail);
        }
        Envelope envelope;
        Statement signed;
        try {
            envelope = Envelope.parse(OwnFile.read(file, MAX_BYTES));
            signed = envelope.statement();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        } catch (IllegalArgumentException e) {
            return Check.fail(SIGNATURE, Manifest.SEAL + " is no signature of a manifest: " + e.getMessage());
        }
        if (!signed.equals(statement(manifest))) {
            return Check.fail(
                    SIGNATURE,
                    "the manifest was changed after it was signed: its hash is " + manifest.digest() + ", signed was "
                            + signed.subjects().get(0).digest());
        }
        if (trusted.isEmpty()) {
            return Check.notChecked(SIGNATURE, "the manifest is signed, and no key was given to check that with");
        }
        Verdict verdict = envelope.verify(1, trusted.toArray(EnvelopeVerifier[]::new));
        return Check.of(SIGNATURE, verdict, "the manifest is the one that was signed");
    }
}
