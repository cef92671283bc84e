package io.vaultmesh.spawn.verify;

import io.vaultmesh.spawn.tree.GeneratedFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Whether the tables of inputs and outputs in a module's README say what its code says; a README may have none. */
final class TerraformTables {

    private final TerraformDirectory module;
    private final GeneratedFile readme;
    private final List<String> problems = new ArrayList<>();

    TerraformTables(TerraformDirectory module, GeneratedFile readme) {
        this.module = module;
        this.readme = readme;
    }

    /** What is wrong, each to be read after the README's name. */
    List<String> problems() {
        compare("## Inputs", "variable", TerraformTables::input);
        compare("## Outputs", "output", TerraformTables::output);
        return problems;
    }

    private void compare(String heading, String type, Function<HclBlock, List<String>> row) {
        List<String> lines = readme.content().text().lines().toList();
        int start = lines.indexOf(heading);
        if (start < 0) {
            return;
        }
        Map<String, List<String>> rows = new LinkedHashMap<>();
        lines.stream()
                .skip(start + 1)
                .takeWhile(line -> !line.startsWith("#"))
                .filter(line -> line.startsWith("| `"))
                .map(TerraformTables::cells)
                .forEach(cells -> rows.put(cells.get(0), cells));
        module.blocks(type).forEach(block -> {
            List<String> expected = row.apply(block);
            List<String> found = rows.remove(expected.get(0));
            if (found == null) {
                problems.add("has no row for the " + type + " " + block.name());
            } else if (!found.equals(expected)) {
                problems.add("has the row " + found + ", expected " + expected);
            }
        });
        rows.keySet()
                .forEach(name -> problems.add("has a row for the " + type + " " + name + ", which isn't declared"));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1).split("(?<!\\\\)\\|"))
                .map(String::strip)
                .toList();
    }

    private static List<String> input(HclBlock variable) {
        return List.of(
                "`" + variable.name() + "`",
                "`" + source(variable, "type") + "`",
                variable.attribute("default").isEmpty() ? "required" : "`" + source(variable, "default") + "`",
                meaning(variable));
    }

    private static List<String> output(HclBlock output) {
        return List.of("`" + output.name() + "`", meaning(output));
    }

    private static String source(HclBlock block, String attribute) {
        return block.attribute(attribute)
                .map(value -> value.source().replaceAll("\\s+", " "))
                .orElse("");
    }

    private static String meaning(HclBlock block) {
        String description =
                block.attribute("description").map(HclExpression::text).orElse("");
        boolean sensitive = block.attribute("sensitive")
                .filter(value -> value.source().equals("true"))
                .isPresent();
        return sensitive ? description + " Sensitive." : description;
    }
}
