package io.vaultmesh.spawn.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vaultmesh.build.OutsideProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the readers of the formats themselves make of escaped text. */
class EscapeOutsideTest {

    /** Every printable character that means something somewhere, alone, doubled, at either end, and the worst pairs. */
    private static final List<String> TEXTS = texts();

    @TempDir
    Path temp;

    private static List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(
                "plain",
                "Double-entry ledger",
                "café \uD83D\uDE80 größe",
                "{{ x }} {% y %} {# z #}",
                "${{ z }} ${x} %{if}",
                "$${x} $$${x} %%{x} %%%{x} \\${x}",
                "$(id) `id` $$ $",
                "a\\",
                "a\\\\",
                "a\\#b",
                "a\\\\#b",
                "#",
                "a #b",
                "'\"'\"",
                "\"\"\"",
                "'''",
                "\\n\\t\\u0041",
                "\\",
                "%d %s %%",
                "a: b",
                "- a",
                "? a",
                "&a *a !a",
                "@a",
                "a, b",
                "[a] {a}",
                "yes",
                "null",
                "1e3",
                "0x1F",
                "~",
                "<b>&amp;</b>",
                "</script>",
                "a\u200Db",
                "a\u00A0b",
                "=a",
                "+a",
                "|a|",
                "1. a",
                "a\\$b",
                "$\\a"));
        for (char c = '!'; c <= '~'; c++) {
            if (!Character.isLetterOrDigit(c)) {
                texts.add("a" + c + "b");
                texts.add(c + "a" + c);
                texts.add("x\\" + c);
            }
        }
        return texts;
    }

    private static List<String> hex() {
        return TEXTS.stream().map(EscapeOutsideTest::hex).toList();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String joined(String before, String between, UnaryOperator<String> escape, String after) {
        return before + String.join(between, TEXTS.stream().map(escape).toList()) + after;
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(temp.resolve(name), text);
    }

    private static void assertTexts(String said) {
        assertEquals(hex(), said.lines().toList());
    }

    private static void assertTexts(List<?> read) {
        assertEquals(TEXTS, read);
    }

    @Test
    void pythonReadsItsLiterals() throws IOException {
        write(
                "a.py",
                joined("TEXTS = [", ",\n", Escape::python, "]\nprint(*(t.encode().hex() for t in TEXTS), sep='\\n')"));

        assertTexts(OutsideProgram.require("python3").run(temp, "a.py").orFail());
    }

    @Test
    void pythonReadsTomlAndJson() throws IOException {
        write("a.toml", joined("texts = [", ",\n", Escape::toml, "]\n"));
        write("a.json", joined("[", ",\n", Escape::json, "]\n"));
        String script = "import json, tomllib; t = tomllib.load(open('a.toml', 'rb'))['texts'];"
                + " j = json.load(open('a.json', encoding='utf-8')); assert t == j;"
                + " print(*(x.encode().hex() for x in j), sep='\\n')";

        assertTexts(OutsideProgram.require("python3").run(temp, "-c", script).orFail());
        assertTexts(new TomlMapper()
                .convertValue(
                        new TomlMapper()
                                .readTree(temp.resolve("a.toml").toFile())
                                .path("texts"),
                        List.class));
        assertTexts(new ObjectMapper().readValue(temp.resolve("a.json").toFile(), List.class));
    }

    @Test
    void yamlIsReadByJava() throws IOException {
        write("a.yaml", joined("- ", "\n- ", Escape::yaml, "\n"));

        assertTexts(new YAMLMapper().readValue(temp.resolve("a.yaml").toFile(), List.class));
    }

    @Test
    void yamllintReadsYaml() throws IOException {
        write("a.yaml", joined("---\n- ", "\n- ", Escape::yaml, "\n"));

        assertEquals(
                "",
                OutsideProgram.require("yamllint")
                        .run(temp, "-d", "{rules: {key-duplicates: enable}}", "a.yaml")
                        .orFail());
    }

    @Test
    void nodeReadsTypescript() throws IOException {
        write(
                "a.js",
                joined(
                        "for (const t of [",
                        ",\n",
                        Escape::typescript,
                        "]) console.log(Buffer.from(t).toString('hex'))"));

        assertTexts(OutsideProgram.require("node").run(temp, "a.js").orFail());
    }

    @Test
    void shellReadsItsWords() throws IOException {
        write(
                "a.sh",
                joined(
                        "for t in ",
                        " \\\n",
                        Escape::shell,
                        "; do printf %s \"$t\" | od -An -v -tx1 | tr -d ' \\n'; echo; done\n"));

        assertTexts(OutsideProgram.require("sh").run(temp, "a.sh").orFail());
    }

    @Test
    void makeReadsItsVariables() throws IOException {
        StringBuilder makefile = new StringBuilder();
        for (int i = 0; i < TEXTS.size(); i++) {
            makefile.append("T")
                    .append(i)
                    .append(" := ")
                    .append(Escape.make(TEXTS.get(i)))
                    .append('\n');
        }
        for (int i = 0; i < TEXTS.size(); i++) {
            makefile.append("$(file >out").append(i).append(",$(T").append(i).append("))\n");
        }
        write("Makefile", makefile + "all: ; @:\n");
        String said = OutsideProgram.require("make").run(temp).orFail();
        assertEquals("", said);

        List<String> read = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            String line = Files.readString(temp.resolve("out" + i));
            read.add(line.substring(0, line.length() - 1));
        }

        assertTexts(read);
    }

    @Test
    void javaReadsItsLiterals() throws IOException {
        write(
                "Literals.java",
                joined(
                        "import java.nio.charset.StandardCharsets; import java.util.HexFormat; class Literals {"
                                + " public static void main(String[] none) { for (String text : new String[] {",
                        ",\n",
                        Escape::java,
                        "}) System.out.println("
                                + "HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))); } }"));

        assertTexts(OutsideProgram.java()
                .run(temp, "-Dfile.encoding=UTF-8", "Literals.java")
                .orFail());
    }

    @Test
    void terraformReadsHcl() throws IOException {
        OutsideProgram terraform = OutsideProgram.require("terraform");
        write("main.tf", joined("output \"texts\" {\n  value = [", ",\n", Escape::hcl, "]\n}\n"));
        terraform.run(temp, "init", "-no-color").orFail();
        terraform.run(temp, "apply", "-auto-approve", "-no-color").orFail();

        List<?> read = new ObjectMapper()
                .readValue(terraform.run(temp, "output", "-json", "texts").orFail(), List.class);

        assertEquals(
                TEXTS.stream()
                        .map(t -> Normalizer.normalize(t, Normalizer.Form.NFC))
                        .toList(),
                read);
    }

    @Test
    void markdownIsOneParagraphOfText() {
        Parser parser = Parser.builder().build();

        assertTexts(TEXTS.stream()
                .map(text -> parser.parse(Escape.markdown(text)).getFirstChild())
                .map(paragraph -> {
                    StringBuilder read = new StringBuilder();
                    for (var node = paragraph.getFirstChild(); node != null; node = node.getNext()) {
                        read.append(((Text) node).getLiteral());
                    }
                    return read.toString();
                })
                .toList());
    }

    @Test
    void aDockerfileQuotesWhatItsReaderUnquotes() {
        // the rules of the reader: inside double quotes a backslash takes the next character as it is, $ begins a
        // variable
        assertTexts(TEXTS.stream()
                .map(Escape::dockerfile)
                .map(literal -> literal.substring(1, literal.length() - 1).replaceAll("\\\\(.)", "$1"))
                .toList());
        assertEquals(
                Stream.of().toList(),
                TEXTS.stream()
                        .map(Escape::dockerfile)
                        .filter(literal -> literal.replaceAll("\\\\.", "").matches(".*\\$.*|\".*\".*\""))
                        .toList());
    }
}
