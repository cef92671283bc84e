package io.vaultmesh.examples.cli.shared;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --title T --body FILE}. */
public final class Text {

    @Option(names = "--title", required = true, paramLabel = "T", description = "One line for people.")
    private String title;

    @Option(
            names = "--body",
            paramLabel = "FILE",
            description = "The whole of it, in Markdown; - is the standard input.")
    private @Nullable String body;

    public String title() {
        return title;
    }

    /** What messages call the body. */
    public String bodyName() {
        return body == null || body.equals("-") ? "the standard input" : body;
    }

    /** The body, if there is one. */
    public Optional<String> body() {
        return Optional.ofNullable(body).map(InputFile::textOrStandardInput);
    }

    /** The body, or the title where there is none: a record is about some text. */
    public String bodyOrTitle() {
        return body().orElse(title + "\n");
    }
}
