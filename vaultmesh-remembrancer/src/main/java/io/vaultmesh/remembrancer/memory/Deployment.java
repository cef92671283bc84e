package io.vaultmesh.remembrancer.memory;

import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.nio.file.Path;

/** A component's version was put into service. It names at least one artifact by its hash. */
public final class Deployment extends Memory<Deployment> {

    private Deployment(Details details) {
        super(Kind.DEPLOYMENT, details);
    }

    /**
     * A deployment.
     *
     * @param component what was deployed
     * @param version which version of it
     * @return the deployment, still without an artifact
     * @throws IllegalArgumentException if one of them is not one line of text
     */
    public static Deployment of(String component, String version) {
        String title = Texts.requireLine("component", component) + " " + Texts.requireLine("version", version);
        return new Deployment(Details.titled(title).withComponent(component).withVersion(version));
    }

    @Override
    Deployment with(Details changed) {
        return new Deployment(changed);
    }

    /**
     * Adds an artifact. The file is hashed now, as a stream; it is not copied.
     *
     * @param file the file
     * @return the changed copy
     * @throws java.io.UncheckedIOException if it can't be read
     */
    public Deployment artifact(Path file) {
        Path name = file.toAbsolutePath().getFileName();
        if (name == null) {
            throw new IllegalArgumentException("artifact is " + file + ", expected a file");
        }
        return artifact(name.toString(), Hashing.sha256(file));
    }

    /**
     * Adds an artifact whose hash is known.
     *
     * @param name what it is called
     * @param sha256 the SHA-256 hash of its bytes
     * @return the changed copy
     */
    public Deployment artifact(String name, Hash sha256) {
        return with(details().withArtifact(Subject.artifact(name, sha256)));
    }

    /**
     * Says where it was deployed, as the attribute {@code environment}.
     *
     * @param name the environment, for example {@code "production"}
     * @return the changed copy
     */
    public Deployment environment(String name) {
        return attribute("environment", name);
    }

    /**
     * Adds a text or file that is kept beside the log, such as the log of the deployment.
     *
     * @param body the body
     * @return the changed copy
     * @throws IllegalStateException if there is a body already
     */
    public Deployment body(Body body) {
        return with(details().withBody(body));
    }
}
