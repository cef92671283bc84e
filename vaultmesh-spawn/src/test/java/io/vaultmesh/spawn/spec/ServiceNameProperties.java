package io.vaultmesh.spawn.spec;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ServiceNameProperties {

    private static final Pattern LABEL = Pattern.compile("[a-z](?:-?[a-z0-9])*");

    @Property
    boolean whateverIsAcceptedIsALabelOfTheDomainNameSystem(@ForAll("nearlyNames") String text) {
        boolean legal = text.length() <= 63 && LABEL.matcher(text).matches();
        return ServiceName.problem(text).isEmpty()
                ? legal
                : !legal || ReservedNames.reason(text).isPresent();
    }

    @Property
    boolean anyTextIsAnsweredByAProblemAndNeverByACrash(@ForAll String text) {
        return ServiceName.problem(text)
                .map(problem -> problem.toString().codePoints().noneMatch(Character::isISOControl))
                .orElse(true);
    }

    @Provide
    Arbitrary<String> nearlyNames() {
        return Arbitraries.strings().withChars("abz019--_A.é").ofMinLength(0).ofMaxLength(66);
    }
}
