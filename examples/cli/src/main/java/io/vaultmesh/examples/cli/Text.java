package io.vaultmesh.examples.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --title T --body FILE}. */
final class Text {

    @Option(names = "--title", required = true, paramLabel = "T", description = "One line for people.")
    private String title;

    @Option(names = "--body", required = true, paramLabel = "FILE", description = "The whole of it, in Markdown.")
    private Path body;

    String title() {
        return title;
    }

    Path file() {
        return body;
    }

    String body() {
        return InputFile.text(body);
    }
}
