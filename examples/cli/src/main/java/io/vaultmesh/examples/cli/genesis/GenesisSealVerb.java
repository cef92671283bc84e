package io.vaultmesh.examples.cli.genesis;

import io.vaultmesh.examples.cli.shared.Authorities;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.SigningKey;
import io.vaultmesh.examples.cli.shared.Verifications;
import io.vaultmesh.remembrancer.ArtifactVerification;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh genesis seal}. */
@Command(
        name = "seal",
        description = "Writes genesis-<commit>.tar, the archive of a git revision, and records, signs and stamps it.",
        footer = {
            "",
            "Example:",
            "  vaultmesh genesis seal --repository . --revision v1.0 --into seals --memory memory --key release.asc"
                    + " --passphrase-file pass --authority https://tsa.example/tsr"
        })
final class GenesisSealVerb implements Callable<Integer> {

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The git repository. Default: .")
    private Path repository;

    @Option(
            names = "--revision",
            paramLabel = "REV",
            defaultValue = "HEAD",
            description = "The commit, tag or branch. Default: HEAD")
    private String revision;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where the archive and what goes beside it are written. Default: .")
    private Path into;

    @Mixin
    private MemoryOption memory;

    @Mixin
    private SigningKey key;

    @Mixin
    private Authorities authorities;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try (PgpSecretKey secret = key.open();
                Remembrancer open = authorities.open(memory)) {
            ArtifactVerification found =
                    open.artifacts(NamespaceName.MAIN.toString()).genesis(repository, revision, into, secret);
            Seal seal = Seal.of(open, found.digest());
            return Verifications.print(output, into.resolve(seal.archive()), found, seal.commit());
        }
    }
}
