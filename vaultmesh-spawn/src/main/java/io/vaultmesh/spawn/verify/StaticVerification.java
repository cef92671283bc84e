package io.vaultmesh.spawn.verify;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.toolchain.Toolchain;
import io.vaultmesh.spawn.tree.FileTree;
import java.util.List;
import java.util.stream.Stream;

/** Checks the files of a service without running any of them. Stateless and thread-safe. */
public final class StaticVerification {

    private StaticVerification() {}

    /**
     * Checks files.
     *
     * @param spec what they were made from
     * @param tree the files
     * @param toolchain where Python is looked for, which alone can read its files
     * @return a report: for each format how many files were read, a failed check for each file that can't be, an
     *     unchecked one for each that isn't text and whose format nothing here reads; text of a format that isn't known
     *     passes as text, and the check {@code format text} names it; then links, commands, references, names, ports,
     *     settings, what modules of Terraform, their tests and the tables of a README say of each other, what Kubernetes manifests say of each other, metrics and scraped jobs
     */
    public static Report of(ServiceSpec spec, FileTree tree, Toolchain toolchain) {
        ProjectFiles files = new ProjectFiles(tree);
        List<Check> checks = Stream.of(
                        new FormatCheck(files).checks(),
                        new PythonCheck(files, toolchain).checks(),
                        new LinkCheck(files).checks(),
                        new ReferenceCheck(files).checks(),
                        new AgreementCheck(files, spec).checks(),
                        new TerraformCheck(files).checks(),
                        new KubernetesCheck(files).checks(),
                        new MetricCheck(files).checks(),
                        new ScrapeCheck(files).checks())
                .flatMap(some -> some)
                .toList();
        return new Report("files of service " + spec.name(), checks);
    }
}
