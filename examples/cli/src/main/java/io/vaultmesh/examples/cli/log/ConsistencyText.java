package io.vaultmesh.examples.cli.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.ConsistencyProof;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A consistency proof as text: a line {@code consistency <old size> <new size>}, and a line for each hash, in standard
 * Base64.
 */
final class ConsistencyText {

    static final String FIRST_WORD = "consistency ";

    private static final Pattern FORM =
            Pattern.compile("consistency (\\d{1,18}) (\\d{1,18})\\n((?:[^\\n]+\\n){0,128})");

    private ConsistencyText() {}

    static String format(ConsistencyProof proof) {
        StringBuilder text = new StringBuilder(FIRST_WORD)
                .append(proof.oldSize())
                .append(' ')
                .append(proof.newSize())
                .append('\n');
        proof.hashes().forEach(hash -> text.append(hash.toBase64()).append('\n'));
        return text.toString();
    }

    static ConsistencyProof parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "expected a line \"consistency <old size> <new size>\", and a line for each hash");
        }
        return new ConsistencyProof(
                Long.parseLong(form.group(1)),
                Long.parseLong(form.group(2)),
                Arrays.stream(form.group(3).split("\n"))
                        .filter(line -> !line.isEmpty())
                        .map(Hash::parseBase64)
                        .toList());
    }
}
