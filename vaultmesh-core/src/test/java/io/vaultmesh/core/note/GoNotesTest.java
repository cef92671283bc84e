package io.vaultmesh.core.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultmesh.core.json.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Keys and notes as golang.org/x/mod/sumdb/note makes, reads and judges them. */
class GoNotesTest {

    private final JsonNode golden = new ObjectMapper().readTree(Vectors.bytes("note/golden.json"));
    private final List<JsonNode> keys = list(golden.get("keys"));

    GoNotesTest() throws IOException {}

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = StreamSupport.stream(array.spliterator(), false).toList();
        assertTrue(!list.isEmpty());
        return list;
    }

    private NoteVerifier[] known(JsonNode indexes) {
        return StreamSupport.stream(indexes.spliterator(), false)
                .map(index -> NoteVerifier.of(
                        keys.get(index.intValue()).get("Verifier").textValue()))
                .toArray(NoteVerifier[]::new);
    }

    private static boolean accepts(byte[] note, NoteVerifier... known) {
        try {
            return SignedNote.parse(note).verify(known).holds();
        } catch (IllegalArgumentException notANote) {
            return false;
        }
    }

    @Test
    void keysAreReadAndWrittenAlike() {
        for (JsonNode key : keys) {
            String name = key.get("Name").textValue();
            NoteSigner signer = NoteSigner.of(key.get("Private").textValue());
            assertEquals(name, signer.name());
            assertEquals(key.get("Verifier").textValue(), signer.verifier().toText());
            assertEquals(signer.verifier(), NoteVerifier.of(key.get("Verifier").textValue()));
            assertEquals(
                    key.get("Seed").textValue(),
                    HexFormat.of()
                            .formatHex(
                                    NoteKeys.parsePrivateKey(key.get("Private").textValue())
                                            .exposeSeed()));
            assertEquals(
                    key.get("Private").textValue(),
                    NoteKeys.exposePrivateKey(
                            name, NoteKeys.parsePrivateKey(key.get("Private").textValue())));
        }
        assertEquals(107, keys.size());
    }

    @Test
    void aTextThatHasPlusSignsOfItsOwnIsSplitAtTheFirstTwo() {
        JsonNode key = keys.get(6);
        assertTrue(key.get("Verifier").textValue().split("\\+", 3)[2].contains("+"));
        assertTrue(key.get("Private").textValue().split("\\+", 5)[4].contains("+"));
        assertEquals(
                "plus.example", NoteVerifier.of(key.get("Verifier").textValue()).name());
        assertEquals(
                "plus.example", NoteSigner.of(key.get("Private").textValue()).name());
    }

    @Test
    void notesAreSignedAndReadAlike() {
        for (JsonNode signed : list(golden.get("signed"))) {
            String text = signed.get("Text").textValue();
            NoteSigner[] signers = StreamSupport.stream(signed.get("Keys").spliterator(), false)
                    .map(index -> NoteSigner.of(
                            keys.get(index.intValue()).get("Private").textValue()))
                    .toArray(NoteSigner[]::new);
            SignedNote note = SignedNote.sign(text, signers);
            assertEquals(signed.get("Note").textValue(), note.toText());
            assertEquals(note, SignedNote.parse(signed.get("Note").textValue().getBytes(UTF_8)));
            for (NoteSigner signer : signers) {
                assertTrue(note.verify(signer.verifier()).holds(), signer.name());
            }
        }
    }

    @Test
    void notesAreAcceptedAndRefusedAlike() {
        for (JsonNode judged : list(golden.get("judged"))) {
            byte[] note = Base64.getDecoder().decode(judged.get("Note").textValue());
            assertEquals(
                    judged.get("Verified").intValue() > 0,
                    accepts(note, known(judged.get("Known"))),
                    judged.get("What").textValue());
        }
    }

    /** Go reads Base64 whose last bits are loose; we would write it otherwise, and refuse it. */
    @Test
    void changedNotesAreAcceptedAndRefusedAlikeButForLooseBase64() {
        int accepted = 0;
        for (JsonNode changed : list(golden.get("changed"))) {
            byte[] note = changed.get("Note").textValue().getBytes(UTF_8);
            NoteVerifier[] known = known(changed.get("Known"));
            String verdicts = changed.get("Accepted").textValue();
            int next = 0;
            for (JsonNode mask : changed.get("Masks")) {
                for (int i = 0; i < note.length; i++) {
                    byte[] other = note.clone();
                    other[i] ^= (byte) mask.intValue();
                    boolean byGo = verdicts.charAt(next++) == '1';
                    boolean byUs = accepts(other, known);
                    accepted += byUs ? 1 : 0;
                    if (byGo != byUs) {
                        assertTrue(byGo, "only we accept byte " + i + " ^ " + mask);
                        assertTrue(isLoose(new String(other, UTF_8)), "byte " + i + " ^ " + mask);
                    }
                }
            }
            assertEquals(verdicts.length(), next);
        }
        assertTrue(accepted > 300, "unknown signers' lines may change");
    }

    private static boolean isLoose(String note) {
        List<String> signatures = new ArrayList<>();
        note.substring(note.lastIndexOf("\n\n") + 2)
                .lines()
                .forEach(line -> signatures.add(line.substring(line.lastIndexOf(' ') + 1)));
        return signatures.stream()
                .anyMatch(base64 -> !Base64.getEncoder()
                        .encodeToString(Base64.getDecoder().decode(base64))
                        .equals(base64));
    }

    @Test
    void sixteenSignaturesAreReadAndSoAreAHundred() {
        for (int index : new int[] {6, 7}) {
            JsonNode signed = list(golden.get("signed")).get(index);
            SignedNote note = SignedNote.parse(signed.get("Note").textValue());
            NoteVerifier[] all = known(signed.get("Keys"));
            assertEquals(index == 6 ? 16 : 100, note.signatures().size());
            assertTrue(note.verify(all).holds());
        }
    }
}
