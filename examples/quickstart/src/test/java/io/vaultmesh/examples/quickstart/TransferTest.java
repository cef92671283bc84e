package io.vaultmesh.examples.quickstart;

import static io.vaultmesh.core.assertion.MerkleLogAssert.assertThat;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.testing.AuditLog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TransferTest {

    /** What is tested: it says what it does. */
    private record Bank(MerkleLog audit) {
        void transfer(String from, String to, int amount) {
            audit.append(CanonicalJson.encode(new Event("debited", from, amount)));
            audit.append(CanonicalJson.encode(new Event("credited", to, amount)));
        }
    }

    // region testing
    record Event(String what, String account, int amount) {}

    @RegisterExtension
    final AuditLog audit = new AuditLog(); // a log for each test; shows the trail of one that fails

    @Test
    void aTransferDebitsAndCreditsAndRewritesNothing() {
        Bank bank = new Bank(audit.log());
        bank.transfer("alice", "bob", 10);
        TrustedCheckpoint before = audit.log().checkpoint();

        bank.transfer("bob", "carol", 5);

        assertThat(audit.log())
                .extends_(before) // all that was logged before is still there, unchanged
                .hasSize(4)
                .contains(CanonicalJson.encode(new Event("credited", "carol", 5)))
                .hasRoot("54f85af11bf935504218a04673bb77c48ab8894fff7de50fcc2f07a289ec34ee") // pins every byte
                .matchesGolden(Path.of("src/test/resources/golden/transfer.txt")); // to be reviewed
    }
    // endregion
}
