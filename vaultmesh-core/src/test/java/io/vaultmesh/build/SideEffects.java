package io.vaultmesh.build;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/** What library code must leave to its caller: the terminal, the process, waiting, and the clock. */
final class SideEffects {

    private static final Set<String> FIELDS = Set.of("java.lang.System.out", "java.lang.System.err");

    private static final Set<String> CALLS = Set.of(
            "java.lang.System.exit",
            "java.lang.System.setOut",
            "java.lang.System.setErr",
            "java.lang.Runtime.exit",
            "java.lang.Runtime.halt",
            "java.lang.Thread.sleep",
            "java.util.concurrent.TimeUnit.sleep",
            "java.lang.System.currentTimeMillis",
            "java.time.InstantSource.system");

    private SideEffects() {}

    /** One class that does one forbidden thing. */
    record Use(String type, String what) implements Comparable<Use> {

        @Override
        public int compareTo(Use other) {
            return Comparator.comparing(Use::type).thenComparing(Use::what).compare(this, other);
        }

        @Override
        public String toString() {
            return type + " uses " + what;
        }
    }

    static Set<Use> of(JavaClass type) {
        Set<Use> uses = new TreeSet<>();
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
            AccessTarget target = access.getTarget();
            if (isForbidden(target)) {
                String owner = target.getOwner().getFullName();
                boolean field = target instanceof AccessTarget.FieldAccessTarget;
                uses.add(new Use(type.getFullName(), owner + "." + target.getName() + (field ? "" : "()")));
            }
        }
        return uses;
    }

    private static boolean isForbidden(AccessTarget target) {
        String owner = target.getOwner().getFullName();
        String name = owner + "." + target.getName();
        if (target instanceof AccessTarget.FieldAccessTarget) {
            return FIELDS.contains(name);
        }
        AccessTarget.CodeUnitAccessTarget unit = (AccessTarget.CodeUnitAccessTarget) target;
        boolean noArguments = unit.getRawParameterTypes().isEmpty();
        return CALLS.contains(name)
                || (owner.startsWith("java.time.") && target.getName().equals("now") && !takesAClock(unit))
                || (owner.equals("java.time.Clock") && isSystemClock(target.getName()))
                || (owner.equals("java.util.Date") && target.getName().equals("<init>") && noArguments)
                || (target.getName().equals("printStackTrace") && noArguments);
    }

    private static boolean takesAClock(AccessTarget.CodeUnitAccessTarget unit) {
        return unit.getRawParameterTypes().stream()
                .anyMatch(type -> type.getName().equals("java.time.Clock"));
    }

    private static boolean isSystemClock(String method) {
        return method.startsWith("system") || method.startsWith("tick") && !method.equals("tick");
    }
}
