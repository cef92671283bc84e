package io.vaultmesh.remembrancer.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.TestSeed;
import io.vaultmesh.core.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentReportTest {

    private static final Instant TEN = Instant.parse("2026-01-02T10:00:00.120Z");
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private static Incident incident(String report) {
        return Incident.of("Ledger down", Incident.Severity.HIGH, report);
    }

    private static String markdown(Incident incident) throws IOException {
        try (InputStream body = incident.body().orElseThrow().open()) {
            return new String(body.readAllBytes(), UTF_8);
        }
    }

    @Test
    void isMarkdownInTheDocumentedForm() throws IOException {
        Incident incident = incident("The disk was full.\n\n")
                .at(NOON, "a larger disk is in place")
                .at(TEN.plusNanos(5), "writes fail")
                .resolution("\nA larger disk.\n")
                .component("ledger");
        String expected = "The disk was full.\n\n## Timeline\n\n- 2026-01-02T10:00:00.120Z writes fail\n"
                + "- 2026-01-02T12:00:00.000Z a larger disk is in place\n\n## Resolution\n\nA larger disk.\n";
        assertEquals(expected, markdown(incident));
        assertEquals(incident.report(), IncidentReport.parse(expected));
        assertEquals(
                new JsonString("2026-01-02T10:00:00.120Z"),
                incident.attributes().get("began"));
        assertEquals(
                new JsonString("2026-01-02T12:00:00.000Z"),
                incident.attributes().get("ended"));
        assertEquals(new JsonString("high"), incident.attributes().get("severity"));
        assertEquals("ledger", incident.component().orElseThrow());
    }

    @Test
    void hasAnEndOnlyWithAResolution() {
        Incident open = incident("x").at(TEN, "writes fail");
        assertEquals(Optional.of(TEN), open.report().began());
        assertEquals(Optional.empty(), open.report().ended());
        assertEquals(2, open.attributes().size());
        assertEquals(3, open.resolution("fixed").attributes().size());
        assertEquals(
                Optional.empty(), incident("x").resolution("fixed").report().ended());
    }

    @Test
    void isTheTextAsItIsWithoutSections() throws IOException {
        String own = "as it is \n\n## Timeline\n\nby hand, no times\n ";
        assertEquals(own, markdown(incident(own)));
        assertEquals(new IncidentReport(own, List.of(), Optional.empty()), IncidentReport.parse(own));
    }

    @ParameterizedTest
    @ValueSource(strings = {"## Timeline", "## Resolution", "a\n## Timeline\nb"})
    void takesNoSectionsBesidesTheTextsOwn(String own) {
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> incident(own).at(TEN, "x"))
                        .getMessage()
                        .contains("already"));
        assertThrows(IllegalArgumentException.class, () -> incident(own).resolution("x"));
    }

    @Test
    void refusesWhatCouldNotBeReadBack() {
        assertThrows(IllegalArgumentException.class, () -> incident("x").at(TEN, "two\nlines"));
        assertThrows(IllegalArgumentException.class, () -> incident("x").at(Instant.MAX, "late"));
        assertThrows(IllegalArgumentException.class, () -> incident("x").resolution(" \n"));
        assertThrows(
                IllegalStateException.class, () -> incident("x").resolution("a").resolution("b"));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> incident("x").attribute("began", "yesterday"))
                .getMessage();
        assertTrue(message.contains("taken from its timeline"), message);
        assertThrows(
                IllegalArgumentException.class,
                () -> incident("x").at(TEN, "a").attribute("ended", "2026-01-02T10:00:00.120Z"));
    }

    @Test
    void isReadFromAnythingAndWrittenAsItWas() {
        RandomGenerator random = TestSeed.random();
        String[] pieces = {
            "## Timeline",
            "## Resolution",
            "\n",
            "\n\n",
            "\r",
            "- 2026-01-02T10:00:00.120Z x",
            "- x",
            " ",
            "text",
            "##",
            "é"
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String markdown = text.toString();
            assertEquals(markdown, IncidentReport.parse(markdown).toMarkdown());
            if (!markdown.contains("## ")) {
                IncidentReport report = incident(markdown)
                        .at(NOON, "b")
                        .at(TEN, "a")
                        .resolution("## Timeline\n x")
                        .report();
                assertEquals(report, IncidentReport.parse(report.toMarkdown()));
            }
        }
    }
}
