package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonValue;
import java.util.List;

/** Reports as JSON, with the members that the library gives them. */
public final class Reports {

    private Reports() {}

    /** A report's members, for an object that may have more. */
    public static JsonObject.Builder json(Report report) {
        List<JsonValue> checks =
                report.checks().stream().<JsonValue>map(Reports::json).toList();
        return JsonObject.builder()
                .put("title", report.title())
                .put("passed", report.passed())
                .put("checks", new JsonArray(checks));
    }

    private static JsonObject json(Check check) {
        return JsonObject.builder()
                .put("name", check.name())
                .put("outcome", check.outcome().name())
                .put("detail", check.detail())
                .build();
    }
}
