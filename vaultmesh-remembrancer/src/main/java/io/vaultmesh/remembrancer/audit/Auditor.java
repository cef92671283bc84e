package io.vaultmesh.remembrancer.audit;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.remembrancer.body.BodyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Replays one namespace's log from its files and checks all that it claims. It uses nothing that the memory keeps in
 * its own memory, so that it sees what an outsider would. Not thread-safe; it uses the threads of the common pool.
 */
public final class Auditor {

    private final AuditScope scope;
    private final Function<Consumer<LogEntry>, Report> fsck;
    private final BodyStore bodies;

    /**
     * An auditor.
     *
     * @param scope what may stand in the log
     * @param fsck checks its log, under the log's key, and shows every intact entry in order, in one thread
     * @param bodies its bodies
     */
    public Auditor(AuditScope scope, Function<Consumer<LogEntry>, Report> fsck, BodyStore bodies) {
        this.scope = requireNonNull(scope, "scope");
        this.fsck = requireNonNull(fsck, "fsck");
        this.bodies = requireNonNull(bodies, "bodies");
    }

    /**
     * Replays the log.
     *
     * @param total how many entries the log has, as far as is known
     * @param progress is told how far the audit is
     * @param index compares the index of the log
     * @param anchors holds the log against what is anchored of it
     * @return the checks, in order; their names begin with the namespace's
     */
    public List<Check> run(long total, AuditProgress progress, IndexAudit index, AnchorAudit anchors) {
        Replay replay = new Replay(scope, bodies, index, anchors, progress, total);
        Report log = fsck.apply(replay::entry);
        List<Check> checks = new ArrayList<>(log.checks());
        checks.addAll(replay.finish(!log.failed()));
        return checks.stream()
                .map(check -> new Check(scope.namespace() + ": " + check.name(), check.outcome(), check.detail()))
                .toList();
    }
}
