package io.vaultmesh.spawn.verify;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.spawn.toolchain.PythonVersion;
import io.vaultmesh.spawn.toolchain.Toolchain;
import io.vaultmesh.spawn.tree.GeneratedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Has Python read its own files. They are compiled and never run. */
final class PythonCheck {

    private static final String NAME = "format python";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String SCRIPT = """
            import json, sys, warnings
            warnings.simplefilter("ignore")
            wrong = {}
            for path, source in json.load(sys.stdin.buffer).items():
                try:
                    compile(source, path, "exec", dont_inherit=True)
                except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError) as error:
                    wrong[path] = f"{type(error).__name__}: {error}"
            json.dump(wrong, sys.stdout)
            """;

    private final ProjectFiles files;
    private final Toolchain toolchain;

    PythonCheck(ProjectFiles files, Toolchain toolchain) {
        this.files = files;
        this.toolchain = toolchain;
    }

    Stream<Check> checks() {
        List<GeneratedFile> sources = files.matching(".*\\.py").toList();
        if (sources.isEmpty()) {
            return Stream.empty();
        }
        PythonVersion python = PythonVersion.find(toolchain);
        Optional<Path> program = python.usable();
        if (program.isEmpty()) {
            return Stream.of(Check.notChecked(NAME, python.description()));
        }
        JsonObject.Builder input = JsonObject.builder();
        sources.forEach(file -> input.put(file.path().value(), file.content().text()));
        Toolchain.Run run = toolchain.run(
                program.get(),
                Path.of("").toAbsolutePath(),
                CanonicalJson.encode(input.build()),
                LIMIT,
                "-I",
                "-c",
                SCRIPT);
        if (!run.succeeded()) {
            return Stream.of(Check.notChecked(NAME, program.get() + " didn't answer: " + run.output()));
        }
        JsonObject wrong = StrictJson.parseObject(run.output().getBytes(StandardCharsets.UTF_8), "what Python says");
        return wrong.members().isEmpty()
                ? Stream.of(Check.pass(NAME, sources.size() + " files"))
                : wrong.members().keySet().stream().map(path -> Check.fail(path, wrong.string(path)));
    }
}
