package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The body of an incident: what happened, when what happened, and what ended it. As Markdown, in a form that is read
 * back as the same report:
 *
 * <pre>
 * what happened and what was done
 *
 * ## Timeline
 *
 * - 2026-01-02T03:04:05.678Z the disk is full
 *
 * ## Resolution
 *
 * a larger disk
 * </pre>
 *
 * <p>The two sections are there if there is something in them. Immutable and thread-safe.
 *
 * @param text what happened and what was done, in Markdown
 * @param timeline when what happened, the earliest first; what happened at one time stands in the order it was added
 * @param resolution what ended it, in Markdown; empty if nothing has
 */
public record IncidentReport(String text, List<Entry> timeline, Optional<String> resolution) {

    private static final String TIMELINE = "## Timeline";
    private static final String RESOLUTION = "## Resolution";

    /**
     * One line of a timeline.
     *
     * @param at when, to the millisecond
     * @param what what happened, in one line
     */
    public record Entry(Instant at, String what) {

        /**
         * Creates a line.
         *
         * @param at when, to the millisecond
         * @param what what happened, in one line
         * @throws IllegalArgumentException if the time has more than milliseconds or its year not four digits, or what
         *     happened is not one line of text
         */
        public Entry {
            at = Times.requireMillis("at", at);
            what = Texts.requireLine("what", what);
        }

        private String line() {
            return "- " + Times.text(at) + " " + what;
        }

        private static Optional<Entry> parse(String line) {
            int end = line.indexOf(' ', 2);
            if (!line.startsWith("- ") || end < 0) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Entry(Times.parse("at", line.substring(2, end)), line.substring(end + 1)));
            } catch (IllegalArgumentException otherList) {
                return Optional.empty(); // somebody's own list under the same heading
            }
        }
    }

    /**
     * Creates a report.
     *
     * @param text what happened and what was done, in Markdown
     * @param timeline when what happened; the list is copied and sorted
     * @param resolution what ended it, in Markdown; empty if nothing has
     * @throws IllegalArgumentException if there is a timeline or a resolution, and the text has a heading of one itself,
     *     or the resolution is blank
     */
    public IncidentReport {
        timeline = timeline.stream().sorted(Comparator.comparing(Entry::at)).toList();
        resolution = resolution.map(String::strip);
        if (!timeline.isEmpty() || resolution.isPresent()) {
            text = text.stripTrailing();
            if (hasHeading(text)) {
                throw new IllegalArgumentException("the report has a line \"" + TIMELINE + "\" or \"" + RESOLUTION
                        + "\" already, expected none where a timeline or resolution is added");
            }
        }
        if (resolution.isPresent() && resolution.get().isEmpty()) {
            throw new IllegalArgumentException("resolution is blank, expected what ended the incident");
        }
    }

    private static boolean hasHeading(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        return lines.contains(TIMELINE) || lines.contains(RESOLUTION);
    }

    IncidentReport at(Instant time, String what) {
        List<Entry> more = new ArrayList<>(timeline);
        more.add(new Entry(time.truncatedTo(ChronoUnit.MILLIS), what));
        return new IncidentReport(text, more, resolution);
    }

    IncidentReport resolved(String how) {
        if (resolution.isPresent()) {
            throw new IllegalStateException("resolution is already set to " + Texts.shown(resolution.get()));
        }
        return new IncidentReport(text, timeline, Optional.of(requireNonNull(how, "how")));
    }

    /**
     * When the incident began.
     *
     * @return the time of the first line of the timeline, if there is one
     */
    public Optional<Instant> began() {
        return timeline.isEmpty()
                ? Optional.empty()
                : Optional.of(timeline.get(0).at());
    }

    /**
     * When the incident ended.
     *
     * @return the time of the last line of the timeline, if there is one and a resolution too
     */
    public Optional<Instant> ended() {
        return timeline.isEmpty() || resolution.isEmpty()
                ? Optional.empty()
                : Optional.of(timeline.get(timeline.size() - 1).at());
    }

    /**
     * The report as it is kept.
     *
     * @return Markdown, which {@link #parse} reads
     */
    public String toMarkdown() {
        if (timeline.isEmpty() && resolution.isEmpty()) {
            return text;
        }
        StringBuilder markdown = new StringBuilder(text);
        if (!timeline.isEmpty()) {
            heading(markdown, TIMELINE);
            timeline.forEach(entry -> markdown.append(entry.line()).append('\n'));
        }
        resolution.ifPresent(how -> {
            heading(markdown, RESOLUTION);
            markdown.append(how).append('\n');
        });
        return markdown.toString();
    }

    private static void heading(StringBuilder markdown, String heading) {
        int length = markdown.length();
        if (length > 0) {
            markdown.append(markdown.charAt(length - 1) == '\n' ? "\n" : "\n\n");
        }
        markdown.append(heading).append("\n\n");
    }

    /**
     * Reads the body of an incident.
     *
     * @param markdown the body
     * @return the report. Markdown of any other form is a report whose text is all of it
     */
    public static IncidentReport parse(String markdown) {
        return sections(markdown)
                .filter(report -> report.toMarkdown().equals(markdown))
                .orElseGet(() -> new IncidentReport(markdown, List.of(), Optional.empty()));
    }

    private static Optional<IncidentReport> sections(String markdown) {
        List<String> lines = List.of(markdown.split("\n", -1));
        int timelineAt = lines.indexOf(TIMELINE);
        int resolutionAt = lines.indexOf(RESOLUTION);
        if (timelineAt >= 0 && resolutionAt >= 0 && resolutionAt < timelineAt) {
            timelineAt = -1; // it is a heading of the resolution's own
        }
        int textEnd = timelineAt >= 0 ? timelineAt : resolutionAt;
        if (textEnd < 0) {
            return Optional.empty();
        }
        List<Entry> timeline = new ArrayList<>();
        int timelineEnd = resolutionAt < 0 ? lines.size() : resolutionAt;
        for (String line : lines.subList(timelineAt < 0 ? timelineEnd : timelineAt + 1, timelineEnd)) {
            Entry.parse(line).ifPresent(timeline::add);
        }
        Optional<String> resolution = resolutionAt < 0
                ? Optional.empty()
                : Optional.of(String.join("\n", lines.subList(resolutionAt + 1, lines.size())));
        String text = String.join("\n", lines.subList(0, textEnd));
        return resolution.filter(String::isBlank).isPresent() || hasHeading(text.stripTrailing())
                ? Optional.empty() // not of this form
                : Optional.of(new IncidentReport(text, timeline, resolution));
    }
}
