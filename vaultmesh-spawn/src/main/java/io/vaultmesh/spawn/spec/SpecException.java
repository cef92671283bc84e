package io.vaultmesh.spawn.spec;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Thrown when a service can't be made as specified; tells everything that is wrong, not only the first thing. */
public final class SpecException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<SpecProblem> problems;

    /**
     * Creates the exception.
     *
     * @param problems what is wrong, at least one problem
     * @throws IllegalArgumentException if there is no problem
     */
    public SpecException(List<SpecProblem> problems) {
        super(problems.stream().map(SpecProblem::toString).collect(joining(". ")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems is empty, expected at least one");
        }
        this.problems = List.copyOf(problems);
    }

    SpecException(List<SpecProblem> problems, Throwable cause) {
        this(problems);
        initCause(cause);
    }

    /**
     * Everything that is wrong, in the order in which a specification is written.
     *
     * @return at least one problem
     */
    public List<SpecProblem> problems() {
        return problems;
    }
}
