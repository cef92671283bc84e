package io.vaultmesh.spawn.verify;

import io.vaultmesh.spawn.tree.GeneratedFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * What a Markdown file links to and can be linked at.
 *
 * @param links the destinations of its links and images
 * @param anchors its headings, as GitHub makes fragments of them
 * @param commands the lines of its shell blocks
 */
record MarkdownText(List<String> links, Set<String> anchors, List<String> commands) {

    private static final Parser PARSER = Parser.builder().build();

    static MarkdownText parse(GeneratedFile file) {
        List<String> links = new ArrayList<>();
        Set<String> anchors = new HashSet<>();
        List<String> commands = new ArrayList<>();
        PARSER.parse(file.content().text()).accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                links.add(link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                links.add(image.getDestination());
                visitChildren(image);
            }

            @Override
            public void visit(Heading heading) {
                anchors.add(fragment(textOf(heading)));
                visitChildren(heading);
            }

            @Override
            public void visit(FencedCodeBlock block) {
                String language = String.valueOf(block.getInfo());
                if (language.equals("sh") || language.equals("bash") || language.equals("shell")) {
                    block.getLiteral().lines().forEach(commands::add);
                }
            }
        });
        return new MarkdownText(links, anchors, commands);
    }

    private static String textOf(Node heading) {
        StringBuilder text = new StringBuilder();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Text node) {
                text.append(node.getLiteral());
            }

            @Override
            public void visit(Code node) {
                text.append(node.getLiteral());
            }
        });
        return text.toString();
    }

    private static String fragment(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
