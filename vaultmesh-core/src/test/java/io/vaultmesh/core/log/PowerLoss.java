package io.vaultmesh.core.log;

import java.util.SplittableRandom;

/** Which of the changes that weren't forced a power loss leaves: none, all, those up to a moment, or any. */
final class PowerLoss {

    private final SplittableRandom random;
    private final int kind;
    private final long moment;
    private final double likely;

    PowerLoss(SplittableRandom random, long now) {
        this.random = random;
        this.kind = random.nextInt(8);
        this.moment = now - random.nextInt(1, 30);
        this.likely = random.nextDouble();
    }

    boolean keeps(long time) {
        return switch (kind) {
            case 0 -> false;
            case 1 -> true;
            case 2, 3 -> time <= moment;
            default -> random.nextDouble() < likely;
        };
    }

    @Override
    public String toString() {
        return kind == 0 ? "nothing" : kind == 1 ? "everything" : kind < 4 ? "up to " + moment : "any, " + likely;
    }
}
