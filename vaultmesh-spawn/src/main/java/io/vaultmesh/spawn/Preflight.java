package io.vaultmesh.spawn;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.spawn.git.WorkingFiles;
import io.vaultmesh.spawn.toolchain.PythonVersion;
import io.vaultmesh.spawn.toolchain.Toolchain;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.tree.TreeWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at what could keep a service from being made or used. */
final class Preflight {

    /** What a file takes beyond its bytes: a block, an inode, and the same again for its git object. */
    private static final long OVERHEAD = 8192;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final RelativePath ATTRIBUTES = RelativePath.of(".gitattributes");

    private final SpawnPlan plan;
    private final Path target;
    private final Toolchain toolchain;

    /** A tool: what it is called, how it tells its version, which version is needed, and for what. */
    private record Tool(String name, List<String> query, int major, int minor, String purpose) {}

    Preflight(SpawnPlan plan, Path target, Toolchain toolchain) {
        this.plan = plan;
        this.target = target;
        this.toolchain = toolchain;
    }

    Report report() {
        List<Check> checks = new ArrayList<>(List.of(target(), writable(), space(), gitSettings(), gitAttributes()));
        if (has(".py")) {
            checks.add(python());
        }
        if (has(".tf")) {
            checks.add(tool(new Tool("terraform", List.of("version"), 1, 9, "to check, test and apply the module")));
        }
        checks.add(tool(new Tool("git", List.of("--version"), 2, 28, "to work with the service's repository")));
        if (hasFileOf("makefile")) {
            checks.add(tool(new Tool("make", List.of("--version"), 3, 81, "for the commands of the README")));
        }
        if (hasFileOf("dockerfile")) {
            checks.add(tool(new Tool("docker", List.of("--version"), 23, 0, "to build the service's image")));
        }
        if (hasFileOf("kubernetes")) {
            checks.add(tool(new Tool(
                    "kubectl", List.of("version", "--client"), 1, 27, "to build and apply the service's manifests")));
        }
        return new Report("preflight of service " + plan.spec().name(), checks);
    }

    private Check python() {
        PythonVersion python = PythonVersion.find(toolchain);
        boolean isThere =
                toolchain.find("python3").or(() -> toolchain.find("python")).isPresent();
        return python.usable().isPresent()
                ? Check.pass("python3", python.description())
                : isThere ? Check.fail("python3", python.description()) : Check.absent("python3", python.description());
    }

    private boolean has(String ending) {
        return plan.files().files().stream()
                .anyMatch(file -> file.path().value().endsWith(ending));
    }

    private boolean hasFileOf(String generator) {
        return plan.files().files().stream().anyMatch(file -> file.generator().equals(generator));
    }

    private Check target() {
        try {
            TreeWriter.requireFree(target);
        } catch (UncheckedIOException e) {
            return Check.fail("target", e.getMessage() + "; remove it, or choose another name");
        }
        Optional<Path> around = WorkingFiles.repositoryAround(target);
        return around.isPresent()
                ? Check.fail(
                        "target",
                        target + " lies in the git repository " + around.get()
                                + ", which doesn't ignore it; choose a directory outside, or add it to .gitignore")
                : Check.pass("target", target + " is free");
    }

    private Check writable() {
        Path parent = existingParent();
        if (!Files.isDirectory(parent)) {
            return Check.fail("writable", parent + " is not a directory; choose another place");
        }
        return Files.isWritable(parent)
                ? Check.pass("writable", parent + " can be written to")
                : Check.fail("writable", parent + " can't be written to by this user; change its permissions");
    }

    private Check space() {
        long needed = 0;
        for (GeneratedFile file : plan.files()) {
            needed += 2L * file.content().size() + OVERHEAD;
        }
        Path parent = existingParent();
        try {
            long free = Files.getFileStore(parent).getUsableSpace();
            String figures = free / 1024 + " KiB are free at " + parent + ", about " + needed / 1024 + " are needed";
            return free >= needed
                    ? Check.pass("space", figures)
                    : Check.fail("space", figures + "; free some, or choose another disk");
        } catch (IOException e) {
            return Check.notChecked("space", "can't be told for " + parent + ": " + e);
        }
    }

    private Path existingParent() {
        Path path = target.toAbsolutePath().normalize().getParent();
        // a link that leads nowhere is in the way, too
        while (path != null && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            path = path.getParent();
        }
        return path == null ? target.toAbsolutePath().getRoot() : path;
    }

    /** Asks git itself, since only it knows all the places where settings may stand. */
    private Check gitSettings() {
        Optional<Path> git = toolchain.find("git");
        if (git.isEmpty()) {
            return Check.notChecked("git settings", "there is no git on the PATH to ask");
        }
        Path directory = existingParent();
        String said = toolchain
                .run(
                        git.get(),
                        directory,
                        new byte[0],
                        LIMIT,
                        "config",
                        "--get-regexp",
                        "^core\\.(autocrlf|eol|safecrlf|attributesfile)$")
                .output()
                .strip()
                .replace("\n", ", ");
        if (said.isEmpty()) {
            return Check.pass("git settings", "none changes the bytes of files");
        }
        // attributes of that file can name filters and encodings, which the service's own don't undo
        boolean overruled = !said.contains("core.attributesfile") && fixesLineEnds();
        return overruled
                ? Check.pass("git settings", said + "; the service's .gitattributes overrules that")
                : Check.fail(
                        "git settings",
                        said
                                + ", which the service's .gitattributes doesn't overrule; a later checkout may change bytes");
    }

    private Check gitAttributes() {
        return new GitAttributes(toolchain, existingParent(), fixesLineEnds()).check();
    }

    private boolean fixesLineEnds() {
        return plan.files()
                .find(ATTRIBUTES)
                .filter(file -> Pattern.compile("(?m)^\\* .*\\beol=lf\\b")
                        .matcher(file.content().text())
                        .find())
                .isPresent();
    }

    private Check tool(Tool tool) {
        String wanted = tool.major + "." + tool.minor + " or later, " + tool.purpose;
        Optional<Path> program = toolchain.find(tool.name);
        if (program.isEmpty()) {
            return Check.absent(tool.name, "is not on the PATH; install " + wanted);
        }
        Toolchain.Run run =
                toolchain.run(program.get(), existingParent(), new byte[0], LIMIT, tool.query.toArray(String[]::new));
        Matcher version = Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6})").matcher(run.output());
        if (!run.succeeded() || !version.find()) {
            return Check.notChecked(tool.name, program.get() + " doesn't tell its version; needed is " + wanted);
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        String found = program.get() + " is " + version.group();
        return major > tool.major || (major == tool.major && minor >= tool.minor)
                ? Check.pass(tool.name, found)
                : Check.fail(tool.name, found + ", too old; install " + wanted);
    }
}
