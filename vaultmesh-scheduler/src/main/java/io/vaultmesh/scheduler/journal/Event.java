package io.vaultmesh.scheduler.journal;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.note.SignedNote;
import io.vaultmesh.scheduler.anchor.Trouble;
import io.vaultmesh.scheduler.cadence.Window;
import io.vaultmesh.scheduler.config.Lane;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The events of a journal as JSON, without their numbers. */
final class Event {

    private static final String INTENT = "intent";
    private static final String SUBMITTED = "submitted";
    private static final String UNSUBMITTED = "unsubmitted";
    private static final String FAILED = "failed";
    private static final String RECORDED = "recorded";
    private static final String ABANDONED = "abandoned";
    private static final String ANCHORED = "anchored";

    private Event() {}

    private static JsonObject.Builder of(String event, Lane lane, Instant at) {
        return JsonObject.builder()
                .put("event", event)
                .put("lane", lane.toString())
                .put("at", at.toString());
    }

    static JsonObject.Builder intent(Lane lane, Intent intent) {
        return of(INTENT, lane, intent.at())
                .put("checkpoint", intent.note().toText())
                .put("request", intent.request());
    }

    static JsonObject.Builder submitted(Lane lane, Instant at, JsonObject evidence) {
        return of(SUBMITTED, lane, at).put("evidence", evidence);
    }

    static JsonObject.Builder unsubmitted(Lane lane, Instant at) {
        return of(UNSUBMITTED, lane, at);
    }

    static JsonObject.Builder failed(Lane lane, Failure failure) {
        return of(FAILED, lane, failure.pause().from())
                .put("trouble", failure.trouble().name().toLowerCase(Locale.ROOT))
                .put("failures", failure.count())
                .put(
                        "wait",
                        Duration.between(failure.pause().from(), failure.pause().until())
                                .toMillis());
    }

    static JsonObject.Builder recorded(Lane lane, Instant at, Hash record) {
        return of(RECORDED, lane, at).put("record", record.toString());
    }

    static JsonObject.Builder abandoned(Lane lane, Instant at, String reason) {
        return of(ABANDONED, lane, at).put("reason", reason);
    }

    static JsonObject.Builder anchored(Lane lane, Anchored last) {
        return of(ANCHORED, lane, last.at()).put("size", last.size());
    }

    static Lane lane(JsonObject event) {
        return Lane.parse(event.string("lane"));
    }

    /**
     * What comes of a lane's progress by an event.
     *
     * @throws IllegalArgumentException if it is no event, or can't follow
     */
    static Progress after(Progress before, JsonObject event) {
        Instant at = at(event);
        return switch (event.string("event")) {
            case INTENT ->
                before.with(new Intent(
                        at,
                        SignedNote.parse(only(event, "checkpoint", "request").string("checkpoint")),
                        event.object("request")));
            case SUBMITTED -> before.with(only(event, "evidence").object("evidence"));
            case UNSUBMITTED -> only(before.unsubmitted(), event);
            case FAILED -> before.with(failure(at, only(event, "trouble", "failures", "wait")));
            case RECORDED -> {
                Hash unused = Hash.parse(only(event, "record").string("record"));
                yield before.recorded();
            }
            case ABANDONED -> {
                String unused = only(event, "reason").string("reason");
                yield before.abandoned();
            }
            case ANCHORED -> before.with(new Anchored(only(event, "size").integer("size"), at));
            default ->
                throw new IllegalArgumentException("event is \"" + event.string("event") + "\", expected "
                        + String.join(", ", INTENT, SUBMITTED, UNSUBMITTED, FAILED, RECORDED, ABANDONED) + " or "
                        + ANCHORED);
        };
    }

    private static Progress only(Progress progress, JsonObject event) {
        JsonObject unused = event.only("n", "event", "lane", "at");
        return progress;
    }

    private static JsonObject only(JsonObject event, String one) {
        return event.only("n", "event", "lane", "at", one);
    }

    private static JsonObject only(JsonObject event, String one, String two) {
        return event.only("n", "event", "lane", "at", one, two);
    }

    private static JsonObject only(JsonObject event, String one, String two, String three) {
        return event.only("n", "event", "lane", "at", one, two, three);
    }

    private static Failure failure(Instant at, JsonObject event) {
        return new Failure(
                Trouble.valueOf(event.string("trouble").toUpperCase(Locale.ROOT)),
                Math.toIntExact(event.integer("failures")),
                Window.of(at, Duration.ofMillis(event.integer("wait"))));
    }

    private static Instant at(JsonObject event) {
        try {
            return Instant.parse(event.string("at"));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("at is \"" + event.string("at") + "\", expected a time as RFC 3339", e);
        }
    }
}
