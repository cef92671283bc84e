package io.vaultmesh.remembrancer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.remembrancer.memory.IncidentReport;

/** Any Markdown is a report, and written as it was read. */
class IncidentReportFuzz {

    @FuzzTest
    void parse(byte[] bytes) {
        String markdown = new String(bytes, UTF_8);
        IncidentReport report = IncidentReport.parse(markdown);
        assertEquals(markdown, report.toMarkdown());
        assertEquals(report, new IncidentReport(report.text(), report.timeline(), report.resolution()));
    }
}
