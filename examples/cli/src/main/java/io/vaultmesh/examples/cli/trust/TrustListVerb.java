package io.vaultmesh.examples.cli.trust;

import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.trust.Pin;
import io.vaultmesh.remembrancer.trust.TrustStore;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh trust list}. */
@Command(
        name = "list",
        description = "Lists the keys that a memory trusts, each with its window and purpose.",
        footer = {"", "Example:", "  vaultmesh trust list --memory memory"})
final class TrustListVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Mixin
    private Output output;

    @Override
    public void run() {
        TrustStore store;
        try (Remembrancer open = memory.open()) {
            store = open.trust().store();
        }
        store.pins().forEach(pin -> output.print(json(pin), text(pin)));
    }

    private static JsonObject json(Pin pin) {
        JsonObject.Builder json = JsonObject.builder()
                .put("type", pin.type().name().toLowerCase(Locale.ROOT))
                .put("id", pin.id())
                .put("key", pin.key())
                .put("purpose", pin.purpose())
                .put("policies", JsonArray.ofStrings(pin.policies()))
                .put("strict", pin.strict());
        pin.from().ifPresent(time -> json.put("from", time.toString()));
        pin.until().ifPresent(time -> json.put("until", time.toString()));
        pin.compromised().ifPresent(time -> json.put("compromised", time.toString()));
        return json.build();
    }

    private static String text(Pin pin) {
        StringBuilder text = new StringBuilder(pin.id()).append("  ").append(pin.purpose());
        pin.from().ifPresent(time -> text.append("  from ").append(time));
        pin.until().ifPresent(time -> text.append("  until ").append(time));
        pin.compromised().ifPresent(time -> text.append("  COMPROMISED since ").append(time));
        return text.append('\n').toString();
    }
}
