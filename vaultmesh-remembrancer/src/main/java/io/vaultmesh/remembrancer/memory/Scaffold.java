package io.vaultmesh.remembrancer.memory;

import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A service was generated. Its subject is the manifest, which has the hash of every generated file: with this record,
 * one can show what was generated, to the byte.
 */
public final class Scaffold extends Memory<Scaffold> {

    /** Where a generated project keeps its manifest. */
    public static final String MANIFEST = ".vaultmesh/manifest.json";

    private Scaffold(Details details) {
        super(Kind.SCAFFOLD, details);
    }

    /**
     * The scaffold of a generated project.
     *
     * @param project the project's directory
     * @return the scaffold; its component is the service's name
     * @throws IllegalArgumentException if there is no manifest, or it is not one
     * @throws UncheckedIOException if the manifest can't be read
     */
    public static Scaffold of(Path project) {
        Path file = project.resolve(MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(project + " has no " + MANIFEST + ", expected a generated project");
        }
        byte[] manifest;
        try {
            manifest = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        }
        try {
            JsonObject json = StrictJson.parseObject(manifest, "manifest");
            if (json.integer("format") != 1) {
                throw new IllegalArgumentException("format is " + json.integer("format") + ", expected 1");
            }
            JsonObject spec = json.object("spec");
            String name = spec.string("name");
            return new Scaffold(Details.titled("Scaffold of " + name)
                            .withComponent(name)
                            .withArtifact(Subject.artifact(MANIFEST, Hashing.sha256(manifest))))
                    .attribute("type", spec.string("type"))
                    .attribute("language", spec.string("language"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " is not a manifest: " + e.getMessage(), e);
        }
    }

    @Override
    Scaffold with(Details changed) {
        return new Scaffold(changed);
    }

    /**
     * Adds a text or file that is kept beside the log, such as the manifest itself.
     *
     * @param body the body
     * @return the changed copy
     * @throws IllegalStateException if there is a body already
     */
    public Scaffold body(Body body) {
        return with(details().withBody(body));
    }
}
