package io.vaultmesh.spawn.verify;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.GeneratedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;

/**
 * Reads every file by a parser of its format. What has none that is known here is only looked at whether it is text, and
 * named; what isn't text either, nobody can tell.
 */
final class FormatCheck {

    /** Whose files are read by Python itself, if they are text. */
    private static final String PYTHON = "python";

    private static final Pattern EDITORCONFIG_LINE = Pattern.compile("|[#;].*|\\[.+]|[a-z_]+ *= *\\S.*");
    private static final Pattern ENV_LINE = Pattern.compile("|#.*|[A-Z][A-Z0-9_]*=.*");
    private static final Pattern TABBED = Pattern.compile("\t.*");
    private static final Pattern MAKE_LINE = Pattern.compile(
            "|#.*|[.A-Za-z0-9_-]+(?: [A-Za-z0-9_-]+)*:(?!=).*|(?:export )?[A-Z_]+ *[:?+]?=.*|\\.DEFAULT_GOAL *:=.*"
                    + "|(?:ifeq|ifneq|ifdef|ifndef|else|endif|include|-include)\\b.*");

    private static final String TEXT = "text";

    /** Files in which every line is legal. */
    private static final Pattern PLAIN = Pattern.compile(
            "(?:.*/)?(?:LICENSE|CODEOWNERS|py\\.typed|\\.(?:git|docker)ignore|\\.gitattributes|.*\\.txt)");

    private final ProjectFiles files;

    FormatCheck(ProjectFiles files) {
        this.files = files;
    }

    /** One check for each format, and one for each file that isn't of its format. */
    Stream<Check> checks() {
        Map<String, Integer> good = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        List<Check> bad = files.all()
                .flatMap(file -> {
                    String format = format(file.path().value());
                    Optional<Check> check = check(file, format);
                    if (check.isEmpty() && !format.equals(PYTHON)) {
                        good.merge(format.isEmpty() ? TEXT : format, 1, Integer::sum);
                        if (format.isEmpty()) {
                            unknown.add(file.path().value());
                        }
                    }
                    return check.stream();
                })
                .toList();
        Stream<Check> passed = good.entrySet().stream()
                .map(entry -> Check.pass(
                        "format " + entry.getKey(),
                        entry.getValue() + " files" + (entry.getKey().equals(TEXT) ? remark(unknown) : "")));
        return Stream.concat(bad.stream(), passed);
    }

    private static String remark(List<String> unknown) {
        return unknown.isEmpty()
                ? ""
                : ", " + unknown.size() + " of them of no other format that is known: " + String.join(", ", unknown);
    }

    private static String format(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (PLAIN.matcher(path).matches()) {
            return TEXT;
        }
        return switch (name) {
            case "Makefile" -> "makefile";
            case "Dockerfile" -> "dockerfile";
            case ".editorconfig" -> "editorconfig";
            case ".env.example" -> "environment";
            case ".yamllint" -> "yaml";
            default ->
                switch (ending) {
                    case "json", "toml", "zip" -> ending;
                    case "py" -> PYTHON;
                    case "yaml", "yml" -> "yaml";
                    case "md" -> "markdown";
                    case "tf", "hcl" -> "hcl";
                    default -> "";
                };
        };
    }

    private static Optional<Check> check(GeneratedFile file, String format) {
        String name = file.path().value();
        if (format.equals("zip")) {
            return zip(file).map(problem -> Check.fail(name, problem));
        }
        String text = file.content().text();
        if (!FileContent.utf8(text).equals(file.content()) || text.indexOf('\0') >= 0) {
            return Optional.of(
                    format.isEmpty()
                            ? Check.notChecked(name, "is no text, and nothing here reads its format")
                            : Check.fail(name, "is no UTF-8 text"));
        }
        Optional<String> problem = switch (format) {
            case "json" -> problem(file, json -> StrictJson.parse(json.content().bytes()));
            case "toml" -> problem(file, ProjectFiles::toml);
            case "yaml" -> problem(file, ProjectFiles::yaml);
            case "markdown" -> problem(file, MarkdownText::parse);
            case "hcl" -> problem(file, hcl -> HclReader.read(hcl.content().text()));
            case "dockerfile" -> Dockerfile.problem(text);
            case "editorconfig" -> firstBadLine(text, EDITORCONFIG_LINE);
            case "environment" -> firstBadLine(text, ENV_LINE);
            case "makefile" -> makefile(text);
            default -> Optional.empty();
        };
        return problem.map(found -> Check.fail(name, found));
    }

    /** Reads a file; throws if it isn't what it should be. */
    private interface Reader {
        Object read(GeneratedFile file) throws IOException;
    }

    private static Optional<String> problem(GeneratedFile file, Reader reader) {
        try {
            Object unused = reader.read(file);
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("can't be read"));
        }
    }

    private static Optional<String> firstBadLine(String text, Pattern legal) {
        return firstBadLine(text, line -> legal.matcher(line).matches());
    }

    private static Optional<String> zip(GeneratedFile file) {
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(file.content().bytes()))) {
            int entries = 0;
            while (zip.getNextEntry() != null) {
                // reads the entry, and compares its checksum
                zip.closeEntry();
                entries++;
            }
            return entries > 0 ? Optional.empty() : Optional.of("is no zip archive, or an empty one");
        } catch (IOException e) {
            return Optional.of("is no zip archive: " + e.getMessage());
        }
    }

    private static Optional<String> makefile(String text) {
        // what follows a backslash belongs to the line before
        return firstBadLine(
                text.replaceAll("\\\\\n[ \t]*", " "),
                line -> TABBED.matcher(line).matches()
                        || MAKE_LINE.matcher(line).matches());
    }

    private static Optional<String> firstBadLine(String text, Function<String, Boolean> legal) {
        return Arrays.stream(text.split("\n", -1))
                .filter(line -> !legal.apply(line))
                .findFirst()
                .map(line -> "has the line \"" + line + "\", which isn't of its format");
    }
}
