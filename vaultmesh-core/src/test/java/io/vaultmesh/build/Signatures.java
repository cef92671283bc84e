package io.vaultmesh.build;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a caller of a module can see, and whether he can name all of it: types of the JDK, exported public types of this
 * module, types of modules of ours that it requires transitively, and types that callers hand in. Anything else is a
 * leak.
 */
final class Signatures {

    private static final String FAMILY = "io.vaultmesh.";

    private final String root;
    private final Set<String> exported;
    private final Set<String> readableModules;
    private final Set<String> handedIn;
    private int examined;

    Signatures(ModuleDescriptor module, String root, Set<String> handedIn) {
        this.root = root;
        this.handedIn = handedIn;
        this.exported = module.exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        this.readableModules = module.requires().stream()
                .filter(requires -> requires.modifiers().contains(Modifier.TRANSITIVE))
                .map(ModuleDescriptor.Requires::name)
                .collect(Collectors.toSet());
    }

    /** How many visible classes were looked at. */
    int examined() {
        return examined;
    }

    void leaksOf(JavaClass type, Set<String> findings) {
        if (!exported.contains(type.getPackageName()) || !isVisible(type)) {
            return;
        }
        examined++;
        String of = type.getFullName();
        type.getSuperclass().ifPresent(parent -> refuse(of + " extends", parent, false, findings));
        type.getInterfaces().forEach(parent -> refuse(of + " implements", parent, false, findings));
        refuseBounds(of, type.getTypeParameters(), findings);
        for (JavaField field : type.getFields()) {
            if (isVisible(field)) {
                refuse(field.getFullName() + " has type", field.getType(), false, findings);
            }
        }
        for (JavaCodeUnit unit : type.getCodeUnits()) {
            if (isVisible(unit)) {
                String name = unit.getFullName();
                refuse(name + " returns", unit.getReturnType(), false, findings);
                unit.getParameterTypes().forEach(taken -> refuse(name + " takes", taken, true, findings));
                unit.getExceptionTypes().forEach(thrown -> refuse(name + " throws", thrown, false, findings));
                refuseBounds(name, unit.getTypeParameters(), findings);
            }
        }
    }

    private void refuseBounds(String of, List<? extends JavaTypeVariable<?>> variables, Set<String> findings) {
        for (JavaTypeVariable<?> variable : variables) {
            variable.getUpperBounds().forEach(bound -> refuse(of + " is bounded by", bound, false, findings));
        }
    }

    private void refuse(String where, JavaType seen, boolean parameter, Set<String> findings) {
        for (JavaClass type : rawTypes(seen)) {
            String why = problem(type);
            if (why != null && !(parameter && handedIn.contains(type.getFullName()))) {
                findings.add(where + " " + type.getFullName() + ", " + why);
            }
        }
    }

    private static Collection<JavaClass> rawTypes(JavaType type) {
        return type.getAllInvolvedRawTypes().stream()
                .map(JavaClass::getBaseComponentType)
                .collect(Collectors.toSet());
    }

    private String problem(JavaClass type) {
        String name = type.getPackageName();
        if (type.isPrimitive() || name.startsWith("java.") || name.startsWith("javax.")) {
            return null;
        }
        if (name.equals(root) || name.startsWith(root + ".")) {
            if (!exported.contains(name)) {
                return "whose package isn't exported";
            }
            return isVisible(type) ? null : "which isn't public";
        }
        if (name.startsWith(FAMILY)) {
            boolean readable = readableModules.stream().anyMatch(m -> name.equals(m) || name.startsWith(m + "."));
            return readable ? null : "whose module isn't required transitively";
        }
        return "a type of another library";
    }

    private static boolean isVisible(JavaClass type) {
        boolean open = type.getModifiers().contains(JavaModifier.PUBLIC)
                || type.getModifiers().contains(JavaModifier.PROTECTED);
        return open && type.getEnclosingClass().map(Signatures::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }
}
