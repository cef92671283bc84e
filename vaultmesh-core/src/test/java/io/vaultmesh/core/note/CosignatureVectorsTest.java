package io.vaultmesh.core.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultmesh.core.json.Vectors;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.key.Ed25519PublicKey;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Cosignatures that others made: transparency-dev/formats, and witnesses of the public witness network. */
class CosignatureVectorsTest {

    private static final Map<String, CosignatureVerifier> WITNESSES =
            Vectors.lines("cosignature/witnesses.txt").stream()
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(
                            line -> line[0],
                            line -> new CosignatureVerifier(
                                    line[0], Ed25519PublicKey.of(HexFormat.of().parseHex(line[1])))));

    private final SignedNote arche = SignedNote.parse(Vectors.bytes("cosignature/arche2025h1.txt"));
    private final SignedNote coach = SignedNote.parse(Vectors.bytes("cosignature/coachandhorses2026h1.txt"));

    private static CosignatureVerifier[] witnesses() {
        return WITNESSES.values().toArray(CosignatureVerifier[]::new);
    }

    @Test
    void theCosignaturesOfFormatsAreReadAndMadeAlike() throws IOException {
        JsonNode formats = new ObjectMapper().readTree(Vectors.bytes("cosignature/formats.json"));
        NoteVerifier log = NoteVerifier.of(formats.get("log").textValue());
        assertEquals(3, formats.get("notes").size());
        for (JsonNode each : formats.get("notes")) {
            SignedNote note = SignedNote.parse(each.get("Note").textValue());
            SignedNote ours = new SignedNote(note.text(), note.signatures().subList(0, 1));
            assertTrue(ours.verify(log).holds());
            for (int i = 0; i < 3; i++) {
                JsonNode witness = formats.get("witnesses").get(i);
                String vkey = witness.get("Verifier").textValue();
                CosignatureSigner signer = CosignatureSigner.of(
                        witness.get("Name").textValue(),
                        Ed25519PrivateKey.ofSeed(
                                HexFormat.of().parseHex(witness.get("Seed").textValue())),
                        InstantSource.fixed(
                                Instant.ofEpochSecond(each.get("Times").get(i).longValue())));
                assertEquals(vkey, signer.verifier().toText());
                assertEquals(signer.verifier(), NoteVerifier.of(vkey));
                assertEquals(
                        each.get("Times").get(i).longValue(),
                        note.cosignatures(CosignatureVerifier.of(vkey)).get(0).posixSeconds());
                ours = ours.cosign(signer);
            }
            assertEquals(note, ours);
            assertEquals(each.get("Note").textValue(), ours.toText());
        }
    }

    @Test
    void aCheckpointOfAPublicLogHasItsFourWitnesses() {
        assertTrue(arche.verify(NoteVerifier.of(Vectors.text("cosignature/arche2025h1.vkey")))
                .holds());
        assertEquals(
                List.of(
                        "transparency.dev/DEV:witness-little-garden at 2026-05-23T21:50:24Z",
                        "witness1.smartit.nu/witness1 at 2026-05-23T21:50:24Z",
                        "remora.n621.de at 2026-05-23T21:50:24Z",
                        "witness.stagemole.eu at 2026-05-23T21:50:24Z"),
                arche.cosignatures(witnesses()).stream()
                        .map(Cosignature::toString)
                        .toList());
        assertTrue(arche.verifyCosignatures(4, witnesses()).holds());
        assertFalse(arche.verifyCosignatures(5, witnesses()).holds());
        assertEquals(Vectors.text("cosignature/arche2025h1.txt"), arche.toText());
    }

    @Test
    void theirTextFormsAreThoseThatTheWitnessesPublish() {
        for (String vkey : new String[] {
            "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
            "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
            "witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G",
            "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO"
        }) {
            CosignatureVerifier witness = CosignatureVerifier.of(vkey);
            assertEquals(WITNESSES.get(witness.name()), witness);
            assertEquals(vkey, witness.toText());
        }
    }

    @Test
    void anotherSizeOrRootHasNoWitness() {
        for (String text : new String[] {
            arche.text().replace("\n1432088532\n", "\n1432088533\n"),
            arche.text().replace("U7WM", "U7WN"),
            arche.text().replace("arche2025h1", "arche2025h2"),
            arche.text() + "extension\n"
        }) {
            assertFalse(new SignedNote(text, arche.signatures())
                    .verifyCosignatures(1, witnesses())
                    .holds());
        }
    }

    /** One witness that cosigned with two keys, of which we know the algorithm of one. */
    @Test
    void mlDsaCosignaturesAreCarriedAndIgnored() {
        assertEquals(
                List.of(
                        "coachandhorses2026h1.staging.certificate.transparency.goog+3295e0b0",
                        "witness.navigli.sunlight.geomys.org+a3e00fe2",
                        "witness.navigli.sunlight.geomys.org+6bc44249"),
                coach.signatures().stream().map(NoteSignature::toString).toList());
        assertEquals(2428, coach.signatures().get(2).signature().length);
        assertEquals(
                List.of("witness.navigli.sunlight.geomys.org at 2026-08-02T21:04:51Z"),
                coach.cosignatures(witnesses()).stream()
                        .map(Cosignature::toString)
                        .toList());
        assertEquals(Vectors.text("cosignature/coachandhorses2026h1.txt"), coach.toText());
    }

    @Test
    void aKeyOfAnAlgorithmThatIsNotKnownSaysSo() {
        String vkey = Vectors.text("cosignature/ml-dsa-44.vkey");
        assertEquals(
                "verifier key witness.navigli.sunlight.geomys.org+6bc44249 is for algorithm 0x06 (ML-DSA-44"
                        + " cosignatures), expected 0x01 (Ed25519 signatures) or 0x04 (Ed25519 cosignatures)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> NoteVerifier.of(vkey).name())
                        .getMessage());
    }
}
