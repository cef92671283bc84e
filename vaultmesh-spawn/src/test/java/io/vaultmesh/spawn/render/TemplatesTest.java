package io.vaultmesh.spawn.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    private static TemplateModel.Builder model() {
        return TemplateModel.builder().text("word", "\"{{ x }}\" <i>").list("words", List.of("a", "b"));
    }

    @Test
    void rendersTextsAndListsAsTheyStand() {
        assertEquals(
                "raw \"{{ x }}\" <i>\npython '\"{{ x }}\" <i>'\ntoml \"\\\"{{ x }}\\\" <i>\"\n"
                        + "markdown \"\\{\\{ x \\}\\}\" \\<i\\>\n- a\n- b\nend\n",
                Templates.render("test/formats", model().build()));
    }

    @Test
    void refusesAVariableThatTheModelLacks() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> Templates.render("test/formats", TemplateModel.builder().build()));

        assertTrue(e.getMessage().startsWith("template test/formats can't be rendered: "), e.getMessage());
        assertTrue(e.getMessage().contains("word"), e.getMessage());
    }

    @Test
    void refusesATemplateThatDoesNotExist() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Templates.render("test/absent", model().build()));

        assertTrue(e.getMessage().contains("test/absent"), e.getMessage());
    }

    @Test
    void refusesToEscapeWhatIsNoText() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Templates.render("test/escapes-a-list", model().build()));

        assertTrue(e.getMessage().contains("expected a text"), e.getMessage());
    }

    @Test
    void aVariableHasOneValue() {
        assertThrows(IllegalStateException.class, () -> model().text("word", "other"));
    }
}
