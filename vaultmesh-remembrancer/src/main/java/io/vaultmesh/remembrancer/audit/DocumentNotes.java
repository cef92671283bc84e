package io.vaultmesh.remembrancer.audit;

import io.vaultmesh.core.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the signed notes in a document: those in fences between two markers. */
final class DocumentNotes {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```\n(.*?)^```$");

    private DocumentNotes() {}

    /**
     * Finds them.
     *
     * @param document the document; its own encoding doesn't matter, and a line of it may end with CR LF
     * @return the notes; empty if it has no marker
     * @throws IllegalArgumentException if it has a marker, but not each of the two once, in order, with notes between them
     */
    static Optional<List<SignedNote>> find(byte[] document) {
        String text = new String(document, StandardCharsets.ISO_8859_1); // any bytes may stand around the notes
        int begin = text.indexOf(PinnedCheckpoint.BEGIN);
        int end = text.indexOf(PinnedCheckpoint.END);
        if (begin < 0 && end < 0) {
            return Optional.empty();
        }
        if (begin < 0
                || end < begin
                || text.lastIndexOf(PinnedCheckpoint.BEGIN) != begin
                || text.lastIndexOf(PinnedCheckpoint.END) != end) {
            throw new IllegalArgumentException("it has not the lines " + PinnedCheckpoint.BEGIN + " and "
                    + PinnedCheckpoint.END + " once each, in this order");
        }
        String inner =
                text.substring(begin + PinnedCheckpoint.BEGIN.length(), end).replace("\r\n", "\n");
        List<SignedNote> notes = new ArrayList<>();
        for (Matcher fenced = FENCED.matcher(inner); fenced.find(); ) {
            notes.add(SignedNote.parse(fenced.group(1).getBytes(StandardCharsets.ISO_8859_1)));
        }
        if (notes.isEmpty()) {
            throw new IllegalArgumentException("there is none between the markers");
        }
        return Optional.of(notes);
    }
}
