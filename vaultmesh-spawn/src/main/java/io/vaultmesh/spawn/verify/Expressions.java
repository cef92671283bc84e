package io.vaultmesh.spawn.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The expressions in PromQL by which alert rules and dashboards ask Prometheus. */
final class Expressions {

    /**
     * One of them.
     *
     * @param place the file or kind of file where it stands
     * @param text the expression
     */
    record Expression(String place, String text) {}

    private Expressions() {}

    static List<Expression> in(ProjectFiles files) {
        List<Expression> found = new ArrayList<>();
        files.yamlDocuments("monitoring/.*\\.ya?ml")
                .flatMap(document -> document.path("groups").findValues("expr").stream())
                .forEach(expression -> found.add(new Expression("alert rules", expression.asText())));
        files.matching("monitoring/.*\\.json").forEach(file -> {
            try {
                for (JsonNode document : ProjectFiles.yaml(file)) {
                    document.findValues("expr")
                            .forEach(expression ->
                                    found.add(new Expression(file.path().value(), expression.asText())));
                }
            } catch (IOException e) {
                // a file that is no JSON has a check of its own
                return;
            }
        });
        return found;
    }
}
