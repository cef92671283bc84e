package io.vaultmesh.examples.benchmarks;

/** One side of a comparison. */
sealed interface Side {

    /**
     * A benchmark.
     *
     * @param type its class
     * @param method its method
     */
    record Benchmarked(Class<?> type, String method) implements Side {

        /** The name that JMH gives it. */
        String name() {
            return type.getName() + "." + method;
        }
    }

    /**
     * A figure that is not measured.
     *
     * @param figure the figure, in the comparison's unit
     */
    record Fixed(double figure) implements Side {}
}
