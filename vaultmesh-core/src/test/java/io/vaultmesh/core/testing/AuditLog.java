package io.vaultmesh.core.testing;

import io.vaultmesh.core.assertion.AuditTrail;
import io.vaultmesh.core.log.MerkleLog;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * A JUnit 5 extension that gives each test an audit log of its own, and shows the trail of a test that fails.
 *
 * <pre>{@code
 * @RegisterExtension
 * final AuditLog audit = new AuditLog();
 *
 * @Test
 * void aTransferIsLogged() {
 *     new Bank(audit.log()).transfer("alice", "bob", 10);
 *     assertThat(audit.log()).hasSize(2);
 * }
 * }</pre>
 *
 * <p>The trail is added to the failure as a suppressed exception, so that it stands in the stack trace wherever that is
 * printed, and it is published as a report entry named {@code audit trail}. Of a long trail the last 200 entries are
 * shown. A test that passes, or that is aborted by an assumption, shows nothing.
 *
 * <p>Not for test methods that run at the same time in one test instance ({@code PER_CLASS} and concurrent): they would
 * share the log.
 */
public final class AuditLog implements BeforeEachCallback, AfterEachCallback {

    private static final int SHOWN = 200;

    private MerkleLog log;

    /** Creates the extension. */
    public AuditLog() {}

    /**
     * The log of the test that runs.
     *
     * @return an empty log in memory, new for each test
     * @throws IllegalStateException if no test runs, as in the initialiser of a field
     */
    public MerkleLog log() {
        if (log == null) {
            throw new IllegalStateException("no test is running, expected log() to be called from a test or from"
                    + " @BeforeEach, and the extension to be registered with @RegisterExtension");
        }
        return log;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        log = MerkleLog.inMemory();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        MerkleLog finished = log;
        log = null;
        context.getExecutionException()
                .filter(failure -> !(failure instanceof TestAbortedException))
                .ifPresent(failure -> {
                    String trail = AuditTrail.end(finished, SHOWN);
                    failure.addSuppressed(new Trail(trail));
                    context.publishReportEntry("audit trail", trail);
                });
    }

    /** Carries a trail into a stack trace, without a stack of its own. */
    private static final class Trail extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Trail(String trail) {
            super("audit trail of this test:\n" + trail, null, false, false);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}
