package io.vaultmesh.spawn.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapeTest {

    @Test
    void aPythonLiteralHasTheQuotesThatSaveEscapes() {
        assertEquals("\"plain\"", Escape.python("plain"));
        assertEquals("\"it's\"", Escape.python("it's"));
        assertEquals("'say \"hi\"'", Escape.python("say \"hi\""));
        assertEquals("\"it's \\\"so\"", Escape.python("it's \"so"));
        assertEquals("'it\\'s \"so\"'", Escape.python("it's \"so\""));
    }

    @Test
    void aPythonLiteralEscapesBackslashesAndControlCharacters() {
        assertEquals("\"a\\\\n\\x0a\\x7f{{ }}é\"", Escape.python("a\\n\n\u007f{{ }}é"));
    }

    @Test
    void aTomlStringEscapesQuotesBackslashesAndControlCharacters() {
        assertEquals("\"say \\\"hi\\\" \\\\ \\u000a\\u007f 'é'\"", Escape.toml("say \"hi\" \\ \n\u007f 'é'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '~',
            value = {
                "Double-entry Double-entry",
                "~*a* _b_~ ~\\*a\\* \\_b\\_~",
                "[x](y) \\[x\\](y)",
                "~# a~ ~\\# a~",
                "<b>&amp; \\<b\\>\\&amp;",
                "`x` \\`x\\`",
                "a|b a\\|b",
                "\\ \\\\",
                "{{x}} \\{\\{x\\}\\}",
                "~- a~ ~\\- a~",
                "~+ a~ ~\\+ a~",
                "=== \\===",
                "~1. a~ ~1\\. a~",
                "~12) a~ ~12\\) a~",
                "~v1. a~ ~v1. a~",
                "~two\nlines~ ~two lines~",
            })
    void markdownIsTakenForTextWhereverItStands(String text, String escaped) {
        assertEquals(escaped, Escape.markdown(text));
    }
}
