package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonValue;

/** Reports as JSON: {@code title}, {@code passed} and {@code checks}. */
public final class Reports {

    private Reports() {}

    public static JsonObject json(Report report) {
        return JsonObject.builder()
                .put("title", report.title())
                .put("passed", report.passed())
                .put("checks", checks(report))
                .build();
    }

    /** Of each check its {@code name}, {@code outcome} and {@code detail}. */
    public static JsonArray checks(Report report) {
        return new JsonArray(report.checks().stream()
                .<JsonValue>map(check -> JsonObject.builder()
                        .put("name", check.name())
                        .put("outcome", check.outcome().name())
                        .put("detail", check.detail())
                        .build())
                .toList());
    }
}
