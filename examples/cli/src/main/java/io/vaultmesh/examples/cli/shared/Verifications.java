package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.remembrancer.ArtifactVerification;
import java.nio.file.Path;

/** How the verification of an artifact is shown: every check, and whether the policy is met. */
public final class Verifications {

    private Verifications() {}

    /** Prints it, and gives the exit status. */
    public static int print(Output output, Path artifact, ArtifactVerification found) {
        return print(output, artifact, found, JsonObject.builder(), "");
    }

    /** The same for the archive of a sealed revision. */
    public static int print(Output output, Path archive, ArtifactVerification found, String commit) {
        return print(output, archive, found, JsonObject.builder().put("commit", commit), "commit    " + commit + "\n");
    }

    private static int print(
            Output output, Path artifact, ArtifactVerification found, JsonObject.Builder json, String more) {
        json.put("artifact", artifact.toString())
                .put("digest", found.digest().toString())
                .put("trust", found.trust().toString())
                .put("holds", found.verdict().holds())
                .put("checks", Reports.checks(found.report()));
        found.verdict().reason().ifPresent(reason -> {
            var unused = json.put("reason", reason);
        });
        String verdict = found.verdict()
                .reason()
                .map(reason -> "refuted: " + reason)
                .orElse("holds: " + artifact + " meets the policy");
        output.print(json.build(), found.report().toText() + more + verdict + "\n");
        return found.verdict().holds() ? ExitCode.GOOD : ExitCode.REFUTED;
    }
}
