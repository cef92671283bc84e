package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonValue;
import java.util.List;
import java.util.stream.Collectors;

/** Reports as JSON: {@code title}, {@code passed}, {@code holds}, {@code checks}, and a {@code reason} if it doesn't hold. */
public final class Reports {

    private Reports() {}

    /** A report that holds if all of it passed. */
    public static JsonObject json(Report report) {
        return json(report, report.passed());
    }

    /** A report of which the caller knows whether it holds. */
    public static JsonObject json(Report report, boolean holds) {
        JsonObject.Builder json = JsonObject.builder()
                .put("title", report.title())
                .put("passed", report.passed())
                .put("holds", holds)
                .put("checks", checks(report));
        return holds ? json.build() : json.put("reason", reason(report)).build();
    }

    /** What failed; or what is missing or wasn't checked, if nothing failed. */
    public static String reason(Report report) {
        List<Check> failed = report.checks(Outcome.FAIL);
        return (failed.isEmpty() ? report.checks() : failed)
                .stream()
                        .filter(check -> check.outcome() != Outcome.PASS)
                        .map(check -> check.outcome() + " " + check.name() + ": " + check.detail())
                        .collect(Collectors.joining("; "));
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
