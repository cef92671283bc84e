package io.vaultmesh.spawn.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a validator makes of the schema whose regular expressions are those of Python. */
class SpecSchemaOutsideTest {

    private static final String SCRIPT = """
            import json, sys
            import jsonschema
            schema = json.load(open("schema.json", encoding="utf-8"))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            for document in json.load(open("documents.json", encoding="utf-8")):
                print("legal" if validator.is_valid(document) else "illegal", json.dumps(document))
            """;

    private static final List<String> LEGAL = List.of(
            "{'name':'ledger'}",
            "{'name':'a-1-b','type':'worker','language':'python','mcpServer':false,'messageQueue':'nats'}",
            "{'name':'ledger','description':'Größe \uD83D\uDE80 {{ x }}','owner':'a\u200Db','codeOwner':'@a/b'}",
            "{'name':'ledger','type':'tool','mcpServer':false}",
            "{'name':'ledger','type':'infra'}",
            "{'name':'ledger','type':'infra','language':'terraform'}",
            "{'name':'ledger','description':'x','commitDate':'2026-01-01T00:00:00Z'}");

    private static final List<String> ILLEGAL = List.of(
            "{}",
            "{'name':'con'}",
            "{'name':'a--b'}",
            "{'name':'ledger\\n'}",
            "{'name':'ledger','colour':'red'}",
            "{'name':'ledger','type':'daemon'}",
            "{'name':'ledger','language':'terraform'}",
            "{'name':'ledger','type':'infra','language':'python'}",
            "{'name':'ledger','type':'infra','mcpServer':true}",
            "{'name':'ledger','type':'tool','messageQueue':'nats'}",
            "{'name':'ledger','description':''}",
            "{'name':'ledger','description':' x'}",
            "{'name':'ledger','description':'x '}",
            "{'name':'ledger','description':'x\\n'}",
            "{'name':'ledger','owner':'x\\u0000y'}",
            "{'name':'ledger','owner':'x\u00A0'}",
            "{'name':'ledger','codeOwner':'@a\\n'}",
            "{'name':'ledger','mcpServer':'yes'}",
            "{'name':'ledger','commitDate':'2026-01-01T00:00:00Z\\n'}",
            "{'name':'ledger','commitDate':'1969-12-31T23:59:59Z'}");

    @TempDir
    Path temp;

    private long count(String verdict, List<String> documents) throws IOException {
        List<JsonValue> objects =
                documents.stream().<JsonValue>map(SpecSchemaOutsideTest::parse).toList();
        Files.write(temp.resolve("schema.json"), CanonicalJson.encode(ServiceSpec.jsonSchema()));
        Files.write(temp.resolve("documents.json"), CanonicalJson.encode(new JsonArray(objects)));
        String said = OutsideProgram.require("python3", "python3-jsonschema")
                .withoutEnv("PY")
                .run(temp, "-c", SCRIPT)
                .orFail();
        return said.lines().filter(line -> line.startsWith(verdict + " ")).count();
    }

    private static JsonObject parse(String json) {
        return StrictJson.parseObject(json.replace('\'', '"').getBytes(UTF_8), "document");
    }

    @Test
    void acceptsWhatIsLegal() throws IOException {
        assertEquals(LEGAL.size(), count("legal", LEGAL));
    }

    @Test
    void refusesWhatIsIllegal() throws IOException {
        assertEquals(ILLEGAL.size(), count("illegal", ILLEGAL));
    }
}
