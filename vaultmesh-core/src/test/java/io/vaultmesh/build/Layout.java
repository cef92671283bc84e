package io.vaultmesh.build;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The classes of one module by package, and which package uses which. */
final class Layout {

    private static final String ROOT = "(root)";

    private final String root;
    private final JavaClasses all;
    private final List<JavaClass> classes;
    private List<String> order = List.of();

    Layout(String root, JavaClasses all) {
        this.root = root;
        this.all = all;
        this.classes = all.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList();
    }

    void order(List<String> names) {
        order = names;
    }

    String root() {
        return root;
    }

    List<JavaClass> classes() {
        return classes;
    }

    int size() {
        return classes.size();
    }

    /** The package relative to the root, {@code (root)} for the root itself, or the full name if it lies outside. */
    private String packageOf(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(root)) {
            return ROOT;
        }
        return name.startsWith(root + ".") ? name.substring(root.length() + 1) : name;
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    /** The place in the import order; the root is last, what isn't listed has none. */
    private int place(String name) {
        return name.equals(ROOT) ? order.size() : order.indexOf(name);
    }

    Set<String> unlisted() {
        Set<String> findings = new TreeSet<>();
        for (JavaClass type : classes) {
            if (place(packageOf(type)) < 0) {
                findings.add("package " + type.getPackageName() + " exists, but isn't among " + order);
            }
        }
        return findings;
    }

    /** What is listed may use what is listed before it; what isn't listed is {@link #unlisted}'s business. */
    Set<String> importsAgainstTheOrder() {
        Set<String> findings = new TreeSet<>();
        for (JavaClass type : classes) {
            String from = packageOf(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                String to = packageOf(target);
                if (isOurs(target) && !from.equals(to) && place(from) >= 0 && place(to) >= place(from)) {
                    findings.add(from + " uses " + to + ", which doesn't stand before it: " + type.getFullName()
                            + " uses " + target.getFullName());
                }
            }
        }
        return findings;
    }

    Set<String> cycles() {
        SliceAssignment byPackage = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return isOurs(type) ? SliceIdentifier.of(packageOf(type)) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages of " + root;
            }
        };
        return new TreeSet<>(SlicesRuleDefinition.slices()
                .assignedFrom(byPackage)
                .namingSlices("$1")
                .should()
                .beFreeOfCycles()
                .evaluate(all)
                .getFailureReport()
                .getDetails());
    }
}
