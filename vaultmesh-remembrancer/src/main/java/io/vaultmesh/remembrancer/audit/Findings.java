package io.vaultmesh.remembrancer.audit;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What was found of one kind: the first thousand in a line each, and how many more there are. Not thread-safe. */
final class Findings {

    static final int MOST_SHOWN = 1000;

    private final String kind;
    private final Outcome outcome;
    private final List<Check> shown = new ArrayList<>();
    private long more;

    Findings(String kind, Outcome outcome) {
        this.kind = kind;
        this.outcome = outcome;
    }

    void add(String name, String detail) {
        if (shown.size() < MOST_SHOWN) {
            shown.add(new Check(name, outcome, detail));
        } else {
            more++;
        }
    }

    String kind() {
        return kind;
    }

    boolean isEmpty() {
        return shown.isEmpty();
    }

    List<Check> checks() {
        List<Check> checks = new ArrayList<>(shown);
        if (more > 0) {
            checks.add(new Check(kind, outcome, "and " + more + " more of this kind, which are not shown"));
        }
        return checks;
    }
}
