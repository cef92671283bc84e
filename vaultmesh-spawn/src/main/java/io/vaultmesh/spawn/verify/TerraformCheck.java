package io.vaultmesh.spawn.verify;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.spawn.tree.GeneratedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether modules of Terraform, those that call them and their tests mean each other. What Terraform itself makes of them is
 * not asked.
 */
final class TerraformCheck {

    private static final String NAME = "terraform";

    /** Attributes of a call that aren't inputs of the module. */
    private static final Set<String> OF_EVERY_CALL =
            Set.of("source", "version", "count", "for_each", "providers", "depends_on");

    private final ProjectFiles files;
    private final Map<String, TerraformDirectory> modules;
    private final List<Check> bad = new ArrayList<>();
    private int references;

    TerraformCheck(ProjectFiles files) {
        this.files = files;
        this.modules = TerraformDirectory.all(files);
    }

    Stream<Check> checks() {
        if (modules.isEmpty()) {
            return Stream.empty();
        }
        modules.values().forEach(this::module);
        files.matching("(?:.*/)?tests/[^/]+\\.tftest\\.hcl").forEach(this::tests);
        modules.values()
                .forEach(module -> files.matching(inDirectory(module.path(), "README\\.md"))
                        .forEach(readme -> new TerraformTables(module, readme)
                                .problems()
                                .forEach(problem -> wrong(readme.path().value(), problem))));
        return bad.isEmpty()
                ? Stream.of(Check.pass(
                        NAME, modules.size() + " modules, in which " + references + " references lead somewhere"))
                : bad.stream();
    }

    private static String inDirectory(String directory, String file) {
        return Pattern.quote(directory.isEmpty() ? "" : directory + "/") + file;
    }

    private void wrong(String place, String problem) {
        bad.add(Check.fail(NAME, place + " " + problem));
    }

    private void module(TerraformDirectory module) {
        module.blocks("variable").forEach(variable -> {
            described(module, variable, "type");
            boolean used = module.blocks().stream()
                    .filter(block -> !block.equals(variable))
                    .flatMap(HclBlock::expressions)
                    .flatMap(HclExpression::references)
                    .anyMatch(
                            names -> names.get(0).equals("var") && names.get(1).equals(variable.name()));
            if (!used) {
                wrong(module.shown(), "has the variable " + variable.name() + ", which nothing uses");
            }
        });
        module.blocks("output").forEach(output -> described(module, output, "value"));
        module.blocks("module").forEach(call -> call(module, call));
        module.blocks().stream()
                .flatMap(HclBlock::expressions)
                .flatMap(HclExpression::references)
                .forEach(names -> reference(module, names));
    }

    private void described(TerraformDirectory module, HclBlock block, String more) {
        for (String attribute : List.of("description", more)) {
            if (block.attribute(attribute).isEmpty()) {
                wrong(module.shown(), "has the " + block.type() + " " + block.name() + " without a " + attribute);
            }
        }
    }

    private void reference(TerraformDirectory module, List<String> names) {
        String name = names.get(1);
        switch (names.get(0)) {
            case "var" -> require(module, module.names("variable"), "var." + name);
            case "local" -> require(module, module.locals(), "local." + name);
            case "module" -> {
                require(module, module.names("module"), "module." + name);
                if (names.size() > 2) {
                    module.block("module", name)
                            .flatMap(call -> called(module.path(), call))
                            .ifPresent(target ->
                                    require(module, target.names("output"), "module." + name + "." + names.get(2)));
                }
            }
            default -> {}
        }
    }

    private void require(TerraformDirectory module, Set<String> declared, String reference) {
        references++;
        if (!declared.contains(reference.substring(reference.lastIndexOf('.') + 1))) {
            wrong(module.shown(), "refers to " + reference + ", which isn't declared");
        }
    }

    /** The module of this project that a block calls; empty if it comes from elsewhere, or isn't there. */
    private Optional<TerraformDirectory> called(String directory, HclBlock call) {
        return call.attribute("source")
                .map(HclExpression::text)
                .filter(source -> source.startsWith("."))
                .flatMap(source -> ProjectFiles.resolve(directory, source))
                .map(modules::get);
    }

    private void call(TerraformDirectory module, HclBlock call) {
        Optional<TerraformDirectory> target = requireModule(module.shown(), module.path(), call);
        target.ifPresent(called -> {
            String who = module.shown() + ", calling " + call.name() + ",";
            call.attributes().keySet().stream()
                    .filter(name -> !OF_EVERY_CALL.contains(name)
                            && !called.names("variable").contains(name))
                    .sorted()
                    .forEach(name -> wrong(who, "gives " + name + ", which isn't declared there"));
            called.blocks("variable")
                    .filter(variable -> variable.attribute("default").isEmpty())
                    .filter(variable -> call.attribute(variable.name()).isEmpty())
                    .forEach(variable -> wrong(who, "doesn't give " + variable.name() + ", which has no default"));
        });
    }

    private Optional<TerraformDirectory> requireModule(String place, String directory, HclBlock call) {
        Optional<TerraformDirectory> target = called(directory, call);
        String source = call.attribute("source").map(HclExpression::text).orElse("");
        if (target.isEmpty() && (source.isEmpty() || source.startsWith("."))) {
            wrong(place, "calls the module " + source + ", which isn't there");
        }
        references++;
        return target;
    }

    /** The tests of a module lie in its directory {@code tests}; a run may be about another module. */
    private void tests(GeneratedFile file) {
        String place = file.path().value();
        String directory =
                ProjectFiles.resolve(ProjectFiles.directoryOf(file), "..").orElse("");
        TerraformDirectory own = modules.get(directory);
        List<HclBlock> blocks = TerraformDirectory.blocksOf(file);
        if (own == null) {
            wrong(place, "tests a module that isn't there");
            return;
        }
        blocks.stream().filter(block -> block.type().equals("variables")).forEach(block -> given(place, own, block));
        blocks.stream().filter(block -> block.type().equals("run")).forEach(run -> {
            Optional<HclBlock> other = run.blocks("module").findFirst();
            TerraformDirectory module =
                    other.flatMap(call -> requireModule(place, directory, call)).orElse(own);
            run.blocks("variables").forEach(block -> given(place, module, block));
            run.attribute("expect_failures").stream()
                    .flatMap(HclExpression::references)
                    .forEach(names -> expected(place + ", run " + run.name() + ",", module, names));
        });
    }

    private void given(String place, TerraformDirectory module, HclBlock variables) {
        variables.attributes().keySet().stream()
                .filter(name -> !module.names("variable").contains(name))
                .sorted()
                .forEach(name -> wrong(place, "sets the variable " + name + ", which isn't declared"));
    }

    private void expected(String place, TerraformDirectory module, List<String> names) {
        references++;
        boolean isThere = switch (names.get(0)) {
            case "var" -> module.names("variable").contains(names.get(1));
            case "output" -> module.names("output").contains(names.get(1));
            case "check" -> module.names("check").contains(names.get(1));
            default -> module.resources().contains(names.get(0) + "." + names.get(1));
        };
        if (!isThere) {
            wrong(place, "expects a failure of " + String.join(".", names) + ", which isn't declared");
        }
    }
}
