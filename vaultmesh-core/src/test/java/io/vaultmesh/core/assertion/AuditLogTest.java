package io.vaultmesh.core.assertion;

import static io.vaultmesh.core.assertion.MerkleLogAssert.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.testing.AuditLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventType;
import org.junit.platform.testkit.engine.Events;

class AuditLogTest {

    /** What a user writes; run by the tests below and by nobody else. */
    static class Sample {

        @RegisterExtension
        final AuditLog audit = new AuditLog();

        @BeforeEach
        void setUp() {
            assertThat(audit.log()).hasSize(0);
            audit.log().append("{\"event\":\"set up\"}".getBytes(UTF_8));
        }

        @Test
        void passes() {
            assertThat(audit.log()).hasSize(1);
            assertSame(audit.log(), audit.log());
        }

        @Test
        void fails() {
            audit.log().append("{\"amount\":10}".getBytes(UTF_8));
            throw new IllegalStateException("the balance is wrong");
        }

        @Test
        void isAborted() {
            assumeTrue(false, "not today");
        }

        @Test
        void failsAtTheEnd() {}

        @AfterEach
        void tearDown(org.junit.jupiter.api.TestInfo test) {
            if (test.getDisplayName().startsWith("failsAtTheEnd")) {
                throw new AssertionError("teardown");
            }
        }
    }

    private static Events run(String method) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Sample.class, method))
                .execute()
                .testEvents();
    }

    private static Throwable failure(Events events) {
        assertEquals(1, events.failed().count());
        return events.failed()
                .list()
                .get(0)
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }

    private static List<ReportEntry> entries(Events events) {
        return events.stream()
                .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .map(event -> event.getRequiredPayload(ReportEntry.class))
                .toList();
    }

    @Test
    void aFailingTestShowsItsTrailInTheStackTraceAndInTheReport() {
        Events events = run("fails");
        Throwable failure = failure(events);
        assertEquals("the balance is wrong", failure.getMessage());
        assertEquals(1, failure.getSuppressed().length);
        String expected = "audit trail of this test:\nsize 2\nroot ";
        String message = failure.getSuppressed()[0].getMessage();
        assertTrue(message.startsWith(expected), message);
        assertTrue(message.endsWith(" text {\"amount\":10}\n"), message);
        StringWriter printed = new StringWriter();
        failure.printStackTrace(new PrintWriter(printed, true));
        assertTrue(printed.toString().contains("Suppressed: " + expected), printed.toString());
        List<ReportEntry> entries = entries(events);
        assertEquals(1, entries.size());
        String trail = entries.get(0).getKeyValuePairs().get("audit trail");
        assertEquals("audit trail of this test:\n" + trail, message);
        assertTrue(trail.contains(" text {\"event\":\"set up\"}\n"), trail);
    }

    @Test
    void aFailureOfTheTearDownShowsTheTrailToo() {
        Throwable failure = failure(run("failsAtTheEnd"));
        assertEquals("teardown", failure.getMessage());
        assertTrue(failure.getSuppressed()[0].getMessage().startsWith("audit trail of this test:\nsize 1\n"));
    }

    @Test
    void aPassingOrAbortedTestShowsNothing() {
        Events passing = run("passes");
        assertEquals(1, passing.succeeded().count());
        assertEquals(List.of(), entries(passing));
        Events aborted = run("isAborted");
        assertEquals(1, aborted.aborted().count());
        assertEquals(List.of(), entries(aborted));
    }

    @Test
    void eachTestHasALogOfItsOwn() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(org.junit.platform.engine.discovery.DiscoverySelectors.selectClass(Sample.class))
                .execute()
                .testEvents()
                .assertStatistics(all -> all.started(4).succeeded(1).failed(2).aborted(1));
    }

    @Test
    void outsideATestThereIsNoLog() {
        assertTrue(assertThrows(IllegalStateException.class, () -> new AuditLog().log())
                .getMessage()
                .startsWith("no test is running"));
    }

    @Test
    void aLongTrailShowsItsEnd() {
        MerkleLog log = MerkleLog.inMemory();
        for (int i = 0; i < 5; i++) {
            log.append(new byte[] {(byte) ('a' + i)});
        }
        String[] lines = AuditTrail.end(log, 2).split("\n");
        assertEquals("size 5", lines[0]);
        assertEquals("root " + log.root(), lines[1]);
        assertEquals("(3 entries before)", lines[2]);
        assertEquals("3 " + log.entry(3).leafHash() + " text d", lines[3]);
        assertEquals(5, lines.length);
        assertThrows(
                IllegalArgumentException.class, () -> AuditTrail.end(log, 0).length());
    }
}
