package io.vaultmesh.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    @Test
    void withoutArgumentsEverythingIsMeasuredInThreeRounds() {
        assertEquals(new Choice(Comparison.ALL, 3, false, Optional.empty()), Choice.of());
    }

    @Test
    void nameChoosesAllComparisonsOfThisName() {
        List<Comparison> chosen = Choice.of("proof", "batch").comparisons();
        assertEquals(
                List.of("batch", "batch", "proof"),
                chosen.stream().map(Comparison::name).toList());
    }

    @Test
    void quickIsOneRoundUnlessTheirNumberIsGiven() {
        assertEquals(new Choice(Comparison.ALL, 1, true, Optional.empty()), Choice.of("--quick"));
        assertEquals(new Choice(Comparison.ALL, 2, true, Optional.empty()), Choice.of("--rounds", "2", "--quick"));
    }

    @Test
    void keptLogsLieWhereTheArgumentSays() {
        assertEquals(
                Optional.of(Path.of("kept").toAbsolutePath()),
                Choice.of("--logs", "kept").logs());
    }

    @Test
    void argumentThatMeansNothingIsNamed() {
        assertEquals(
                "\"fcsk\" is no option and no name of a comparison",
                assertThrows(IllegalArgumentException.class, () -> Choice.of("fcsk"))
                        .getMessage());
        assertEquals(
                "--logs lacks its value",
                assertThrows(IllegalArgumentException.class, () -> Choice.of("--logs"))
                        .getMessage());
        assertEquals(
                "the number of rounds is \"0\", expected 1 to 9999",
                assertThrows(IllegalArgumentException.class, () -> Choice.of("--rounds", "0"))
                        .getMessage());
    }

    @Test
    void usageNamesEveryComparison() {
        for (Comparison comparison : Comparison.ALL) {
            assertTrue(Choice.USAGE.contains(comparison.name()), comparison.name());
        }
    }
}
