package io.vaultmesh.scheduler.ops;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.scheduler.cadence.Base;
import io.vaultmesh.scheduler.config.Lane;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The health of a scheduler as JSON: the members of the original's page, {@code status}, {@code uptime} (seconds), {@code
 * lastTick} (milliseconds since 1970; 0 if there was none) and {@code namespaces}, each with {@code lastAnchor} (seconds since
 * 1970 by cadence), {@code backoff} (failures in a row) and {@code status}; and one more, {@code reasons}. No text that a target
 * or a disk gave is in it.
 */
final class HealthPage {

    private HealthPage() {}

    static String json(SchedulerSnapshot scheduler, Health health, HealthRules rules) {
        JsonObject.Builder namespaces = JsonObject.builder();
        Map<String, Map<Lane, LaneStatus>> byName = scheduler.lanes().entrySet().stream()
                .collect(Collectors.groupingBy(
                        lane -> lane.getKey().namespace().value(),
                        TreeMap::new,
                        Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        byName.forEach((name, lanes) -> namespaces.put(name, namespace(lanes, scheduler.at(), rules)));
        byte[] bytes = CanonicalJson.encode(JsonObject.builder()
                .put("status", health.status().toString())
                .put("uptime", new JsonNumber(uptime(scheduler)))
                .put("lastTick", scheduler.ticked().map(Instant::toEpochMilli).orElse(0L))
                .put("namespaces", namespaces.build())
                .put(
                        "reasons",
                        JsonArray.ofStrings(health.reasons().stream()
                                .map(Health.Reason::toString)
                                .toList()))
                .build());
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static double uptime(SchedulerSnapshot scheduler) {
        Duration time = Duration.between(scheduler.started(), scheduler.at());
        return time.isNegative() ? 0 : time.toMillis() / 1000.0;
    }

    private static JsonObject namespace(Map<Lane, LaneStatus> lanes, Instant now, HealthRules rules) {
        JsonObject.Builder last = JsonObject.builder();
        for (Base cadence : Base.values()) {
            last(lanes, cadence).ifPresent(at -> last.put(cadence.toString(), at.getEpochSecond()));
        }
        int failures = lanes.values().stream()
                .mapToInt(lane -> lane.state().failures())
                .max()
                .orElse(0);
        return JsonObject.builder()
                .put("lastAnchor", last.build())
                .put("backoff", failures)
                .put("status", status(List.copyOf(lanes.values()), now, rules))
                .build();
    }

    private static Optional<Instant> last(Map<Lane, LaneStatus> lanes, Base cadence) {
        return lanes.entrySet().stream()
                .filter(lane -> lane.getKey().cadence() == cadence)
                .flatMap(lane -> lane.getValue().anchored().stream())
                .max(Comparator.naturalOrder());
    }

    private static String status(List<LaneStatus> lanes, Instant now, HealthRules rules) {
        if (lanes.stream().anyMatch(Health::isFailing)) {
            return "backing_off";
        }
        return lanes.stream().anyMatch(lane -> Health.isSlow(lane, now, rules)) ? "stale" : "ok";
    }
}
