package io.vaultmesh.spawn.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HclReaderTest {

    private static List<List<String>> references(String expression) throws IOException {
        HclBlock file = HclReader.read("a = " + expression + "\n");
        assertEquals(expression.strip(), file.attributes().get("a").source());
        return file.expressions().flatMap(HclExpression::references).toList();
    }

    @Test
    void readsBlocksWithLabelsAttributesAndBlocksWithin() throws IOException {
        HclBlock file = HclReader.read("""
                # a comment with "a quote
                variable "x" { type = string }
                resource "terraform_data" "this" { // another
                  input = {
                    a = 1 /* and
                    another } */
                  }
                  lifecycle {
                    ignore_changes = [input]
                  }
                }
                """);

        assertEquals(
                List.of("variable", "resource"),
                file.blocks().stream().map(HclBlock::type).toList());
        HclBlock resource = file.blocks().get(1);
        assertEquals(List.of("terraform_data", "this"), resource.labels());
        assertEquals("this", resource.name());
        assertEquals(
                "[input]",
                resource.blocks().get(0).attributes().get("ignore_changes").source());
        assertEquals("string", file.blocks().get(0).attributes().get("type").source());
    }

    @Test
    void findsReferencesInTemplatesAndNoneInText() throws IOException {
        assertEquals(
                List.of(List.of("var", "a"), List.of("local", "b", "c")), references("\"${var.a}-${ local.b.c }\""));
        assertEquals(List.of(List.of("var", "a")), references("\"%{ if var.a }x%{ endif }\""));
        assertEquals(List.of(List.of("var", "b")), references("\"${upper(\"${var.b} var.c\")}\""));
        assertEquals(List.of(), references("\"var.a $${var.b} %%{var.c} \\\"${\"var.d\"} \\\\\""));
        assertEquals(List.of(List.of("var", "a")), references("<<-EOT\n  var.b ${var.a}\n  EOT"));
        assertEquals(List.of(List.of("var", "a")), references("[\n  # var.b\n  var.a, // var.c\n]"));
    }

    @Test
    void readsAnEmptyFileAndOneWithoutALineBreakAtItsEnd() throws IOException {
        assertEquals(Map.of(), HclReader.read("").attributes());
        assertEquals("1", HclReader.read("a = 1").attributes().get("a").source());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~variable \"x\" {~ | ends within block variable",
                "~}~ | has a } that closes nothing",
                "~a = \"x~ | has a quote that isn't closed",
                "~a = \"${x\"~ | has a quote that isn't closed",
                "~a = [1~ | ends before a ]",
                "~a = [1}~ | has a } that closes nothing",
                "~a = ~ | has an attribute without a value",
                "~a = 1\na = 2~ | sets a twice",
                "~1 = 2~ | has \"1\" where a name is expected",
                "~a~ | has its end where a name is expected",
                "~/* a~ | has a comment that isn't closed",
                "~a = <<EOT\nx~ | ends before EOT",
            })
    void saysWhatIsNoHcl(String text, String problem) {
        String message =
                assertThrows(IOException.class, () -> HclReader.read(text)).getMessage();

        assertEquals(problem, message.replaceFirst(", line [0-9]+$", ""));
    }

    @Test
    void saysInWhichLineItIs() {
        assertEquals(
                "has \"=\" where a name is expected, line 3",
                assertThrows(IOException.class, () -> HclReader.read("a = 1\n\n= 2\n"))
                        .getMessage());
    }
}
