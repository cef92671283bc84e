package io.vaultmesh.core.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportTest {

    private static final Report MIXED = new Report(
            "audit of main",
            List.of(
                    Check.pass("signature", "size 3"),
                    Check.fail("entry 1", "leaf hash is <a>, expected b\nin tile/0/000"),
                    Check.absent("timestamp", "none was made"),
                    Check.notChecked("anchor", "")));

    @Nested
    class Verdicts {

        @Test
        void thatHoldHaveNoReason() {
            assertTrue(Verdict.proven().holds());
            assertEquals(Optional.empty(), Verdict.proven().reason());
            assertEquals("holds", Verdict.proven().toString());
            Verdict.proven().orThrow();
        }

        @Test
        void thatAreRefutedThrowTheirReason() {
            Verdict refuted = Verdict.refuted("the root differs");
            assertFalse(refuted.holds());
            assertEquals(Optional.of("the root differs"), refuted.reason());
            assertEquals("refuted: the root differs", refuted.toString());
            assertEquals(
                    "the root differs",
                    assertThrows(RefutedException.class, refuted::orThrow).getMessage());
            assertThrows(NullPointerException.class, () -> Verdict.refuted(null).holds());
        }

        @Test
        void areValues() {
            assertEquals(Verdict.proven(), Verdict.proven());
            assertEquals(Verdict.refuted("x"), Verdict.refuted("x"));
            assertEquals(Verdict.refuted("x").hashCode(), Verdict.refuted("x").hashCode());
            assertNotEquals(Verdict.refuted("x"), Verdict.refuted("y"));
            assertNotEquals(Verdict.proven(), Verdict.refuted("holds"));
            assertNotEquals(Verdict.proven(), "holds");
        }

        @Test
        void becomeChecks() {
            assertEquals(Check.pass("root", "it is r"), Check.of("root", Verdict.proven(), "it is r"));
            assertEquals(Check.fail("root", "no"), Check.of("root", Verdict.refuted("no"), "it is r"));
        }
    }

    @Nested
    class Passing {

        @Test
        void takesThatEveryCheckPassed() {
            assertTrue(new Report("r", List.of(Check.pass("a", ""))).passed());
            assertFalse(MIXED.passed());
            assertTrue(MIXED.failed());
        }

        @ParameterizedTest
        @EnumSource(value = Outcome.class, names = "PASS", mode = EnumSource.Mode.EXCLUDE)
        void noOtherOutcomeCountsAsAPass(Outcome outcome) {
            Report report = new Report("r", List.of(Check.pass("a", ""), new Check("b", outcome, "why")));
            assertFalse(report.passed());
            assertEquals(outcome == Outcome.FAIL, report.failed());
            assertEquals(
                    "r: " + outcome + " b: why",
                    assertThrows(RefutedException.class, report::orThrow).getMessage());
        }

        @Test
        void anEmptyReportHasNotPassed() {
            Report empty = new Report("nothing", List.of());
            assertFalse(empty.passed());
            assertFalse(empty.failed());
            assertEquals(
                    "nothing: nothing was checked",
                    assertThrows(RefutedException.class, empty::orThrow).getMessage());
        }

        @Test
        void givesTheReportBack() {
            Report report = new Report("r", List.of(Check.pass("a", "")));
            assertSame(report, report.orThrow());
        }
    }

    @Test
    void allThatDidNotPassIsInTheMessage() {
        assertEquals(
                "audit of main: FAIL entry 1: leaf hash is <a>, expected b\nin tile/0/000; "
                        + "ABSENT timestamp: none was made; NOT_CHECKED anchor: ",
                assertThrows(RefutedException.class, MIXED::orThrow).getMessage());
    }

    @Test
    void checksAreFoundByNameAndOutcome() {
        assertEquals(Optional.of(Check.pass("signature", "size 3")), MIXED.check("signature"));
        assertEquals(Optional.empty(), MIXED.check("Signature"));
        assertEquals(1, MIXED.checks(Outcome.FAIL).size());
        Report both = MIXED.and(new Report("other", List.of(Check.pass("more", ""))));
        assertEquals("audit of main", both.title());
        assertEquals(5, both.checks().size());
    }

    @Test
    void itsChecksAreACopy() {
        List<Check> checks = new ArrayList<>(List.of(Check.pass("a", "")));
        Report report = new Report("r", checks);
        checks.add(Check.fail("b", ""));
        assertTrue(report.passed());
        assertThrows(UnsupportedOperationException.class, () -> report.checks().clear());
    }

    @Test
    void aCheckWithoutANameIsRefused() {
        assertEquals(
                "name of a check is blank, expected what was checked",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Check.pass(" ", "").name())
                        .getMessage());
    }

    @Nested
    class Printing {

        @Test
        void asText() {
            assertEquals("""
                    audit of main
                      PASS        signature: size 3
                      FAIL        entry 1: leaf hash is <a>, expected b
                                  in tile/0/000
                      ABSENT      timestamp: none was made
                      NOT_CHECKED anchor
                    4 checks: 1 passed, 1 failed, 1 absent, 1 not checked
                    """, MIXED.toText());
            assertEquals(MIXED.toText(), MIXED.toString());
        }

        @Test
        void asJson() throws Exception {
            JsonNode json = new ObjectMapper().readTree(MIXED.toJson());
            assertEquals("audit of main", json.get("title").textValue());
            assertFalse(json.get("passed").booleanValue());
            assertEquals(4, json.get("checks").size());
            assertEquals("FAIL", json.get("checks").get(1).get("outcome").textValue());
            assertEquals(
                    MIXED.checks().get(1).detail(),
                    json.get("checks").get(1).get("detail").textValue());
            assertTrue(MIXED.toJson().endsWith("}\n"));
        }

        @Test
        void asMarkdownThatNoDetailCanLeave() {
            assertEquals("""
                    ### audit of main

                    | outcome | check | detail |
                    |---|---|---|
                    | PASS | signature | size 3 |
                    | FAIL | entry 1 | leaf hash is \\<a\\>, expected b in tile/0/000 |
                    | ABSENT | timestamp | none was made |
                    | NOT_CHECKED | anchor |  |

                    4 checks: 1 passed, 1 failed, 1 absent, 1 not checked
                    """, MIXED.toMarkdown());
            String hostile =
                    new Report("t", List.of(Check.fail("a", "| PASS | b |\n| [x](y) `c` \\| <script>"))).toMarkdown();
            String row = hostile.lines()
                    .filter(line -> line.contains("FAIL"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(4, row.split("(?<!\\\\)\\|", -1).length - 1, row);
            assertFalse(hostile.contains("\n| [x]"), hostile);
        }

        @Test
        void asJUnitXmlThatAParserReadsBack() throws Exception {
            Report report = MIXED.and(new Report("x", List.of(Check.pass("odd", "a]]>b\u0000\u001b\ud800&<\ufffe"))));
            Element suite = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(report.toJUnitXml())))
                    .getDocumentElement();
            assertEquals("testsuite", suite.getTagName());
            assertEquals("audit of main", suite.getAttribute("name"));
            assertEquals("5", suite.getAttribute("tests"));
            assertEquals("1", suite.getAttribute("failures"));
            assertEquals("0", suite.getAttribute("errors"));
            assertEquals("2", suite.getAttribute("skipped"));
            assertEquals(5, suite.getElementsByTagName("testcase").getLength());
            Element failure = (Element) suite.getElementsByTagName("failure").item(0);
            // a parser gives back every white space of an attribute as a space
            assertEquals("FAIL: " + MIXED.checks().get(1).detail().replace('\n', ' '), failure.getAttribute("message"));
            assertEquals(
                    "a]]>b\ufffd\ufffd\ufffd&<\ufffd",
                    suite.getElementsByTagName("system-out").item(1).getTextContent());
        }
    }
}
