package io.vaultmesh.federation.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ResponseTest {

    @Test
    void itsTextForPeopleIsOneLineThatMovesNothingOnAScreen() {
        String sent = "a\nb\u001b[2Jc\u009b2Jd\u2028e\u202ef\u0085g";
        assertEquals(
                "a?b?[2Jc?2Jd?e?f?g", Response.of(400, sent.getBytes(UTF_8)).text());
    }

    @Test
    void itsTextForPeopleIsShort() {
        assertEquals(
                201, Response.of(400, "a".repeat(1000).getBytes(UTF_8)).text().length());
    }
}
