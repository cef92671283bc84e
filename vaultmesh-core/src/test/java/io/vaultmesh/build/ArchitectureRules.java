package io.vaultmesh.build;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The rules that keep a module in the shape that its documents promise. A module's test reads:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> rules() {
 *     return ArchitectureRules.ofModule("io.vaultmesh.core")
 *             .packages("check", "hash")
 *             .atLeast(9)
 *             .tests();
 * }
 * }</pre>
 *
 * <p>Every rule fails if it saw fewer classes than {@link #atLeast}, so that none passes on nothing.
 */
public final class ArchitectureRules {

    private final Layout layout;
    private final ModuleDescriptor module;
    private final Map<String, String> handedIn = new LinkedHashMap<>();
    private final Map<SideEffects.Use, String> allowed = new LinkedHashMap<>();
    private int atLeast = 1;

    private ArchitectureRules(Layout layout, ModuleDescriptor module) {
        this.layout = layout;
        this.module = module;
    }

    /**
     * Rules over the module whose tests are running.
     *
     * @param root its root package, which is also its name
     */
    public static ArchitectureRules ofModule(String root) {
        Path classes = Path.of(System.getProperty("module.dir", ""), "target", "classes");
        Path descriptor = classes.resolve("module-info.class");
        try (InputStream stream = Files.newInputStream(descriptor)) {
            ModuleDescriptor module = ModuleDescriptor.read(stream);
            if (!module.name().equals(root)) {
                throw new IllegalArgumentException(descriptor + " is module " + module.name() + ", expected " + root);
            }
            return of(root, new ClassFileImporter().importPath(classes), module);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + descriptor + ": compile the module first", e);
        }
    }

    static ArchitectureRules of(String root, JavaClasses classes, ModuleDescriptor module) {
        return new ArchitectureRules(new Layout(root, classes), module);
    }

    /**
     * Names the module's packages, relative to its root, in the order in which they may import each other: each only
     * those before it. The root package comes last and isn't named. A package that doesn't exist yet may be named; one
     * that exists and isn't named is a finding.
     */
    public ArchitectureRules packages(String... names) {
        layout.order(List.of(names));
        return this;
    }

    /** The number of classes below which a rule fails, because it may have looked at the wrong place. */
    public ArchitectureRules atLeast(int classes) {
        this.atLeast = classes;
        return this;
    }

    /** Lets callers hand in (but never get back) a type of another library. */
    public ArchitectureRules allowHandedIn(String type, String reason) {
        handedIn.put(type, reason);
        return this;
    }

    /**
     * Lets one class do what the rules forbid.
     *
     * @param type the class's full name
     * @param use what it does, as the finding says it: {@code java.time.InstantSource.system()}
     * @param reason why it may
     */
    public ArchitectureRules allow(String type, String use, String reason) {
        allowed.put(new SideEffects.Use(type, use), reason);
        return this;
    }

    /** The rules, each as a test. */
    public Stream<DynamicTest> tests() {
        Map<String, Supplier<Set<String>>> rules = new LinkedHashMap<>();
        rules.put("every package stands in the list", this::unlistedPackages);
        rules.put("no package cycles", this::cycles);
        rules.put("packages import only what stands before them", this::importsAgainstTheOrder);
        rules.put("exported signatures leak nothing", this::leaks);
        rules.put("no side effects that the caller doesn't control", this::sideEffects);
        return rules.entrySet().stream()
                .map(rule -> dynamicTest(rule.getKey(), () -> verify(rule.getKey(), rule.getValue())));
    }

    void verify(String rule, Supplier<Set<String>> findings) {
        if (layout.size() < atLeast) {
            throw new AssertionError(rule + ": saw " + layout.size() + " classes below " + layout.root()
                    + ", expected at least " + atLeast + "; the rule may have looked at the wrong place");
        }
        Set<String> found = findings.get();
        if (!found.isEmpty()) {
            throw new AssertionError(rule + ", but:\n  " + String.join("\n  ", found));
        }
    }

    Set<String> unlistedPackages() {
        return layout.unlisted();
    }

    Set<String> cycles() {
        return layout.cycles();
    }

    Set<String> importsAgainstTheOrder() {
        return layout.importsAgainstTheOrder();
    }

    Set<String> leaks() {
        Set<String> findings = new TreeSet<>();
        Signatures signatures = new Signatures(module, layout.root(), handedIn.keySet());
        for (JavaClass type : layout.classes()) {
            signatures.leaksOf(type, findings);
        }
        if (signatures.examined() == 0) {
            findings.add("no public class in an exported package of " + module.name() + " was seen");
        }
        return findings;
    }

    Set<String> sideEffects() {
        Set<SideEffects.Use> uses = new TreeSet<>();
        layout.classes().forEach(type -> uses.addAll(SideEffects.of(type)));
        Set<String> findings = new TreeSet<>();
        for (SideEffects.Use use : uses) {
            if (!allowed.containsKey(use)) {
                findings.add(use + "; take it as a parameter, or allow it with a reason");
            }
        }
        for (SideEffects.Use use : allowed.keySet()) {
            if (!uses.contains(use)) {
                findings.add("allowed but gone: " + use);
            }
        }
        return findings;
    }
}
