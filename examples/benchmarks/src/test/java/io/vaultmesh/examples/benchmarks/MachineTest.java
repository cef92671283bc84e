package io.vaultmesh.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {

    @Test
    void processorIsNamedAndWhetherItHashesInHardware() {
        assertEquals(
                " (Some CPU, with SHA-256 instructions)",
                Machine.model(List.of("processor\t: 0", "model name\t: Some CPU", "flags\t\t: fpu sha_ni avx")));
        assertEquals(
                " (Some CPU, without SHA-256 instructions)",
                Machine.model(List.of("model name\t: Some CPU", "flags\t\t: fpu not_sha_ni")));
        assertEquals("", Machine.model(List.of()));
    }

    @Test
    void descriptionSaysHowMuchWasMeasured() throws IOException {
        String description = Machine.describe(Choice.of("--quick"));
        assertTrue(description.endsWith("; 1 round, quick."), description);
        assertTrue(description.contains("Java " + System.getProperty("java.vm.version")), description);
    }
}
