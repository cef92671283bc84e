package io.vaultmesh.spawn.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Merges of random texts, beside those of {@code git merge-file}. */
class LineMergeProperties {

    /** Three texts. */
    record Texts(String base, String yours, String theirs) {}

    private static OutsideProgram.Result git(Texts texts, String... options) throws IOException {
        Path temp = Files.createTempDirectory("line-merge");
        Map<String, String> files = Map.of("base", texts.base, "yours", texts.yours, "theirs", texts.theirs);
        for (String name : files.keySet()) {
            Files.writeString(temp.resolve(name), files.get(name));
        }
        List<String> arguments = new ArrayList<>(List.of("merge-file", "-p"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("-L", "yours", "-L", "base", "-L", "templates", "yours", "base", "theirs"));
        OutsideProgram.Result result = OutsideProgram.require("git")
                .withoutEnv("GIT_")
                .env("HOME", temp.toString())
                .run(temp, arguments.toArray(String[]::new));
        for (String name : files.keySet()) {
            Files.delete(temp.resolve(name));
        }
        Files.delete(temp);
        assertTrue(result.exit() >= 0 && result.exit() <= 127, result.toString());
        return result;
    }

    private static LineMerge.Result merge(Texts texts) {
        return LineMerge.merge(bytes(texts.base), bytes(texts.yours), bytes(texts.theirs));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Conflicts that are four lines apart: closer ones git shows as one, which JGit doesn't. */
    @Property(tries = 60)
    void areThoseOfGitByteForByte(@ForAll("texts far apart") Texts texts) throws IOException {
        LineMerge.Result merged = merge(texts);
        OutsideProgram.Result expected = git(texts);

        assertEquals(expected.out(), merged.content().text());
        assertEquals(expected.exit() > 0, merged.hasConflicts());
    }

    /** However close: where one side is taken, it doesn't matter how conflicts are cut. */
    @Property(tries = 20)
    void resolveToThoseOfGit(@ForAll("any texts") Texts texts) throws IOException {
        LineMerge.Result merged = merge(texts);

        assertEquals(git(texts).exit() > 0, merged.hasConflicts());
        assertEquals(git(texts, "--ours").out(), side(merged.content().text(), true));
        assertEquals(git(texts, "--theirs").out(), side(merged.content().text(), false));
    }

    @Property(tries = 200)
    void onWindowsAreTheSameLines(@ForAll("any texts") Texts texts) {
        LineMerge.Result merged = merge(texts);

        LineMerge.Result windows =
                LineMerge.merge(bytes(texts.base), bytes(texts.yours.replace("\n", "\r\n")), bytes(texts.theirs));

        assertEquals(merged.hasConflicts(), windows.hasConflicts());
        // of a text without lines nobody knows where it was written
        if (!texts.yours.isEmpty() && !texts.base.isEmpty()) {
            assertEquals(
                    merged.content().text().replace("\n", "\r\n"),
                    windows.content().text());
        }
    }

    private static String side(String merged, boolean isYours) {
        StringBuilder side = new StringBuilder();
        boolean inYours = true;
        boolean inTheirs = true;
        for (String line : merged.lines().toList()) {
            if (line.equals("<<<<<<< yours")) {
                inTheirs = false;
            } else if (line.equals("=======")) {
                inYours = false;
                inTheirs = true;
            } else if (line.equals(">>>>>>> templates")) {
                inYours = true;
            } else if (isYours ? inYours : inTheirs) {
                side.append(line).append('\n');
            }
        }
        return side.toString();
    }

    /** What one side makes of a line: nothing, another line, no line, or more lines. */
    private static String edit(int kind, String line, String side) {
        return switch (kind) {
            case 1 -> side + " " + line;
            case 2 -> "";
            case 3 -> side + " before " + line + line;
            case 4 -> line + side + " after " + line;
            case 5 -> "both " + line;
            case 6 -> "both " + line + side + " " + line;
            default -> line;
        };
    }

    @Provide("texts far apart")
    Arbitrary<Texts> textsFarApart() {
        Arbitrary<List<Tuple2<Integer, Integer>>> edits = edits(6);
        Arbitrary<Integer> ends = Arbitraries.integers().between(0, 7);
        return Combinators.combine(edits, ends).as((pairs, without) -> {
            StringBuilder base = new StringBuilder();
            StringBuilder yours = new StringBuilder();
            StringBuilder theirs = new StringBuilder();
            for (int i = 0; i < pairs.size(); i++) {
                String line = "line " + i + "\n";
                base.append(line);
                yours.append(edit(pairs.get(i).get1(), line, "yours"));
                theirs.append(edit(pairs.get(i).get2(), line, "theirs"));
                for (int fixed = 0; fixed < 6 && i < pairs.size() - 1; fixed++) {
                    String between = "fixed " + i + "." + fixed + "\n";
                    base.append(between);
                    yours.append(between);
                    theirs.append(between);
                }
            }
            return new Texts(
                    end(base, (without & 1) != 0), end(yours, (without & 2) != 0), end(theirs, (without & 4) != 0));
        });
    }

    private static String end(StringBuilder text, boolean withoutNewline) {
        return withoutNewline && text.length() > 0 ? text.substring(0, text.length() - 1) : text.toString();
    }

    @Provide("any texts")
    Arbitrary<Texts> anyTexts() {
        return edits(16).map(pairs -> {
            StringBuilder base = new StringBuilder();
            StringBuilder yours = new StringBuilder();
            StringBuilder theirs = new StringBuilder();
            for (int i = 0; i < pairs.size(); i++) {
                String line = "line " + i + "\n";
                base.append(line);
                yours.append(edit(pairs.get(i).get1(), line, "yours"));
                theirs.append(edit(pairs.get(i).get2(), line, "theirs"));
            }
            return new Texts(base.toString(), yours.toString(), theirs.toString());
        });
    }

    private static Arbitrary<List<Tuple2<Integer, Integer>>> edits(int most) {
        // half of all lines stay as they are
        Arbitrary<Integer> kind = Arbitraries.frequency(
                Tuple.of(6, 0),
                Tuple.of(1, 1),
                Tuple.of(1, 2),
                Tuple.of(1, 3),
                Tuple.of(1, 4),
                Tuple.of(1, 5),
                Tuple.of(1, 6));
        return Combinators.combine(kind, kind)
                .as((yours, theirs) -> Tuple.of(yours, theirs))
                .list()
                .ofMaxSize(most);
    }
}
