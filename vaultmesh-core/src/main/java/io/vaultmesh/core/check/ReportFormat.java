package io.vaultmesh.core.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The four ways in which a {@link Report} prints itself. */
final class ReportFormat {

    private ReportFormat() {}

    static String text(Report report) {
        StringBuilder out = new StringBuilder(report.title()).append('\n');
        for (Check check : report.checks()) {
            out.append(String.format("  %-11s %s", check.outcome(), check.name()));
            if (!check.detail().isEmpty()) {
                out.append(": ").append(check.detail().replace("\n", "\n              "));
            }
            out.append('\n');
        }
        return out.append(summary(report)).append('\n').toString();
    }

    static String json(Report report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("title", report.title()).put("passed", report.passed());
        var checks = root.putArray("checks");
        for (Check check : report.checks()) {
            checks.addObject()
                    .put("name", check.name())
                    .put("outcome", check.outcome().name())
                    .put("detail", check.detail());
        }
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    static String markdown(Report report) {
        StringBuilder out =
                new StringBuilder("### ").append(cell(report.title())).append("\n\n");
        out.append("| outcome | check | detail |\n|---|---|---|\n");
        for (Check check : report.checks()) {
            out.append("| ").append(check.outcome());
            out.append(" | ").append(cell(check.name()));
            out.append(" | ").append(cell(check.detail())).append(" |\n");
        }
        return out.append('\n').append(summary(report)).append('\n').toString();
    }

    /** Escapes what Markdown would take for mark-up, so that foreign text stays inside its cell. */
    private static String cell(String text) {
        return text.replaceAll("[\\\\`*_{}\\[\\]<>()#+!|~&-]", "\\\\$0").replaceAll("\\R", " ");
    }

    static String junitXml(Report report) {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", xmlText(report.title()));
            xml.writeAttribute("tests", Integer.toString(report.checks().size()));
            xml.writeAttribute("failures", count(report, Outcome.FAIL));
            xml.writeAttribute("errors", "0");
            int skipped = report.checks(Outcome.ABSENT).size()
                    + report.checks(Outcome.NOT_CHECKED).size();
            xml.writeAttribute("skipped", Integer.toString(skipped));
            for (Check check : report.checks()) {
                testCase(xml, report, check);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the XML writer failed on memory", e);
        }
        return out.append('\n').toString();
    }

    private static void testCase(XMLStreamWriter xml, Report report, Check check) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", xmlText(report.title()));
        xml.writeAttribute("name", xmlText(check.name()));
        switch (check.outcome()) {
            case PASS -> {
                xml.writeStartElement("system-out");
                xml.writeCharacters(xmlText(check.detail()));
                xml.writeEndElement();
            }
            case FAIL -> message(xml, "failure", check);
            case ABSENT, NOT_CHECKED -> message(xml, "skipped", check);
        }
        xml.writeEndElement();
    }

    private static void message(XMLStreamWriter xml, String element, Check check) throws XMLStreamException {
        xml.writeEmptyElement(element);
        xml.writeAttribute("message", xmlText(check.outcome() + ": " + check.detail()));
    }

    /** XML 1.0 has no way to write most control characters or lone surrogates: they become U+FFFD. */
    private static String xmlText(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(isXml(c) ? c : 0xFFFD));
        return out.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }

    private static String summary(Report report) {
        return report.checks().size() + " checks: " + count(report, Outcome.PASS) + " passed, "
                + count(report, Outcome.FAIL) + " failed, " + count(report, Outcome.ABSENT) + " absent, "
                + count(report, Outcome.NOT_CHECKED) + " not checked";
    }

    private static String count(Report report, Outcome outcome) {
        return Integer.toString(report.checks(outcome).size());
    }
}
