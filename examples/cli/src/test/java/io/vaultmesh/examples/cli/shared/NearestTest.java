package io.vaultmesh.examples.cli.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    @ParameterizedTest
    @CsvSource({
        "list, list, 0",
        "lst, list, 1",
        "liist, list, 1",
        "lost, list, 1",
        "lsit, list, 1",
        "mem, memory, 1",
        "ledger, key, 5",
        "'', key, 1"
    })
    void distanceCountsWrongLetters(String typed, String name, int distance) {
        assertEquals(distance, Nearest.distance(typed, name));
    }

    @Test
    void nearestComesFirst() {
        assertEquals(List.of("prove", "serve"), Nearest.of("prve", List.of("serve", "checkpoint", "prove")));
    }

    @Test
    void atMostThreeAreNamed() {
        assertEquals(List.of("aa", "ab", "ac"), Nearest.of("a", List.of("ad", "ac", "ab", "aa")));
    }

    @Test
    void whereNoneIsNearTheBestOneIsNamed() {
        assertEquals(List.of("genesis"), Nearest.of("nonsense", List.of("log", "genesis", "spawn")));
        assertEquals(List.of(), Nearest.of("nonsense", List.of()));
    }
}
