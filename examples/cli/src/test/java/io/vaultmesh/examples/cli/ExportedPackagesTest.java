package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The claim of the command: what the library exports is enough. */
class ExportedPackagesTest {

    private static final String OWN = Vaultmesh.class.getPackageName();

    @Test
    void commandUsesNothingButTheJdkPicocliAndExportedPackages() throws IOException {
        assertEquals(Set.of(), foreignUses(exportedPackages()));
    }

    @Test
    void useOfAPackageThatIsNotExportedIsFound() throws IOException {
        Set<String> fewer = exportedPackages();
        assertTrue(fewer.remove("io.vaultmesh.remembrancer.receipt"), "saw the exports " + fewer);
        Set<String> findings = foreignUses(fewer);
        assertTrue(findings.toString().contains("Receipt.verify"), findings.toString());
    }

    private static Set<String> foreignUses(Set<String> exported) {
        JavaClasses classes =
                new ClassFileImporter().importPath(Path.of(System.getProperty("module.dir", ""), "target", "classes"));
        assertTrue(classes.size() >= 20, "saw " + classes.size() + " classes; the rule may have looked elsewhere");
        Set<String> findings = new TreeSet<>();
        for (JavaClass type : classes) {
            type.getDirectDependenciesFromSelf().forEach(dependency -> {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (!target.isPrimitive()
                        && !exported.contains(target.getPackageName())
                        && !isOurs(target.getPackageName())) {
                    findings.add(dependency.getDescription());
                }
            });
        }
        return findings;
    }

    private static boolean isOurs(String name) {
        return (name + ".").startsWith(OWN + ".")
                || name.startsWith("java.")
                || name.equals("com.sun.net.httpserver") // the JDK's module jdk.httpserver exports it
                || name.equals("picocli")
                || name.equals("org.jspecify.annotations");
    }

    private static Set<String> exportedPackages() throws IOException {
        Set<String> packages = new TreeSet<>();
        for (URL url : Collections.list(Vaultmesh.class.getClassLoader().getResources("module-info.class"))) {
            try (InputStream stream = url.openStream()) {
                ModuleDescriptor module = ModuleDescriptor.read(stream);
                if (module.name().startsWith("io.vaultmesh.")) {
                    module.exports().stream()
                            .filter(export -> !export.isQualified())
                            .forEach(export -> packages.add(export.source()));
                }
            }
        }
        return packages;
    }
}
