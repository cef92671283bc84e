package io.vaultmesh.remembrancer.timestamp;

import static io.vaultmesh.remembrancer.timestamp.Forge.END;
import static io.vaultmesh.remembrancer.timestamp.Forge.NOW;
import static io.vaultmesh.remembrancer.timestamp.Forge.ROOT;
import static io.vaultmesh.remembrancer.timestamp.Forge.START;
import static io.vaultmesh.remembrancer.timestamp.Forge.authority;
import static io.vaultmesh.remembrancer.timestamp.Forge.ca;
import static io.vaultmesh.remembrancer.timestamp.Forge.party;
import static io.vaultmesh.remembrancer.timestamp.Forge.signer;
import static io.vaultmesh.remembrancer.timestamp.Forge.usage;
import static io.vaultmesh.remembrancer.timestamp.Verified.STAMPING;
import static io.vaultmesh.remembrancer.timestamp.Verified.holds;
import static io.vaultmesh.remembrancer.timestamp.Verified.refuses;
import static io.vaultmesh.remembrancer.timestamp.Verified.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.remembrancer.timestamp.Forge.Party;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

/** Certificates that lead to a pinned root, and those that do not. */
class PinnedChainTest {

    private static final Party MIDDLE = authority("Middle", ROOT, ca(true));

    @Test
    void throughAnAuthorityBetweenHolds() {
        Party leaf = signer("Below", MIDDLE);
        assertEquals("CN=Below", holds(new Forge().by(leaf, MIDDLE)).authority());
        assertEquals("CN=Below", holds(new Forge().by(leaf, ROOT, MIDDLE)).authority());
    }

    @Test
    void withoutTheAuthorityBetweenIsRefused() {
        refuses(
                "chain",
                "CN=Below was issued by CN=Middle, which is not the pinned root CN=Root",
                verify(new Forge().by(signer("Below", MIDDLE), ROOT)));
    }

    @Test
    void toARootThatIsNotPinnedIsRefusedThoughTheTokenCarriesIt() {
        Party other = authority("Other root", null, ca(true));
        Party leaf = signer("Below", other);
        refuses("chain", "which is not the pinned root CN=Root", verify(new Forge().by(leaf, other)));
        assertEquals(
                other.pinned().id(),
                holds(new Forge().by(leaf, other), ROOT.pinned(), other.pinned())
                        .anchor());
    }

    @Test
    void toARootOfThePinnedOnesNameIsRefused() {
        Party other = authority("Root", null, ca(true));
        refuses("chain", "doesn't lead to the pinned root", verify(new Forge().by(signer("Below", other), other)));
    }

    @Test
    void throughWhoMayNotIssueIsRefused() {
        Party none = authority("Middle", ROOT, ca(false));
        refuses("chain", "CN=Middle doesn't lead", verify(new Forge().by(signer("Below", none), none)));
        Party unsaid = authority("Middle", ROOT, builder -> builder);
        refuses("chain", "CN=Middle doesn't lead", verify(new Forge().by(signer("Below", unsaid), unsaid)));
    }

    @Test
    void longerThanAnAuthorityAllowsIsRefused() {
        Party none = authority("Middle", ROOT, ca(0));
        Party lower = authority("Lower", none, ca(true));
        assertEquals(
                "CN=Below", holds(new Forge().by(signer("Below", none), none)).authority());
        refuses("chain", "doesn't lead", verify(new Forge().by(signer("Below", lower), lower, none)));
    }

    @Test
    void longerThanTheRootAllowsIsRefused() {
        Party root = authority("Strict root", null, ca(0));
        Party middle = authority("Middle", root, ca(true));
        assertEquals(
                "CN=Below",
                holds(new Forge().by(signer("Below", root)), root.pinned()).authority());
        refuses(
                "chain",
                "the pinned root allows 0 authorities below it, the chain has 1",
                verify(new Forge().by(signer("Below", middle), middle), root.pinned()));
    }

    @Test
    void isCheckedAtGenTimeAndNotNow() {
        Party brief = party("Brief", ROOT, START, NOW.minusSeconds(10), "SHA256withECDSA", STAMPING);
        Forge forge = new Forge().by(brief);
        forge.genTime = "20260601115950Z";
        assertEquals(NOW.minusSeconds(10), holds(forge).genTime());
        forge.genTime = "20260601115951Z";
        refuses("chain", "CN=Brief is valid from 2026-01-01T00:00:00Z", verify(forge));
        Forge early = new Forge();
        early.genTime = "20251231235959Z";
        refuses("chain", "the time is 2025-12-31T23:59:59Z", verify(early));
    }

    @Test
    void needsARootThatWasValidAtGenTime() {
        Party root = party("Late root", null, NOW.plusSeconds(1), END, "SHA256withECDSA", ca(true));
        refuses(
                "chain",
                "the pinned root is valid from 2026-06-01T12:00:01Z",
                verify(new Forge().by(signer("Below", root)), root.pinned()));
        Party old = party("Old root", null, START, NOW.minusSeconds(1), "SHA256withECDSA", ca(true));
        refuses("chain", "the pinned root is valid from", verify(new Forge().by(signer("Below", old)), old.pinned()));
    }

    @Test
    void needsAuthoritiesBetweenThatWereValidAtGenTime() {
        Party old = party("Old", ROOT, START, NOW.minusSeconds(1), "SHA256withECDSA", ca(true));
        refuses("chain", "CN=Old is valid from", verify(new Forge().by(signer("Below", old), old)));
    }

    @Test
    void bySha1IsRefused() {
        Party weak = party("Weak", ROOT, START, END, "SHA1withECDSA", STAMPING);
        refuses("chain", "CN=Weak is signed by SHA1", verify(new Forge().by(weak)));
    }

    @Test
    void throughAnAuthorityForOtherPurposesIsRefused() {
        Party code = authority(
                "Code",
                ROOT,
                builder -> ca(true).apply(
                                usage(true, KeyPurposeId.id_kp_codeSigning).apply(builder)));
        refuses("chain", "without timeStamping", verify(new Forge().by(signer("Below", code), code)));
    }

    @Test
    void ofManyEqualNamesEndsSoon() {
        List<Party> same = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            same.add(authority("Same", authority("Same", null, ca(true)), ca(true)));
        }
        Party leaf = signer("Below", same.get(0));
        refuses("chain", "there are too many chains to try", verify(new Forge().by(leaf, same.toArray(Party[]::new))));
    }
}
