package io.vaultmesh.spawn.render;

import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Reads back what was escaped, by the rules of each format, and must get the text that went in. */
class EscapeProperties {

    @Property
    boolean aPythonLiteralSaysTheTextThatWentIn(@ForAll("texts") String text) {
        String literal = Escape.python(text);
        return read(literal, literal.charAt(0), 'x', 2).equals(text);
    }

    @Property
    boolean aTomlStringSaysTheTextThatWentIn(@ForAll("texts") String text) {
        return read(Escape.toml(text), '"', 'u', 4).equals(text);
    }

    @Property
    boolean markdownSaysTheTextThatWentIn(@ForAll("texts") String text) {
        UnaryOperator<String> line = s -> s.replaceAll("\\R", " ");
        return Escape.markdown(text).replaceAll("\\\\([!-/:-@\\[-`{-~])", "$1").equals(line.apply(text));
    }

    private static String read(String literal, char quote, char hex, int digits) {
        StringBuilder out = new StringBuilder();
        for (int i = 1; ; i++) {
            char c = literal.charAt(i);
            if (c == quote) {
                if (i != literal.length() - 1) {
                    throw new AssertionError("the literal ends early: " + literal);
                }
                return out.toString();
            }
            if (c < 0x20) {
                throw new AssertionError("the literal has a raw control character: " + literal);
            }
            if (c != '\\') {
                out.append(c);
            } else if (literal.charAt(i + 1) == hex) {
                out.append((char) Integer.parseInt(literal.substring(i + 2, i + 2 + digits), 16));
                i += 1 + digits;
            } else {
                out.append(literal.charAt(++i));
            }
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("ab\"'\\`{}%#$()*_[]<>|&~-+=.!1é\n\u007f\u0001"),
                Arbitraries.strings().ofMaxLength(40));
    }
}
