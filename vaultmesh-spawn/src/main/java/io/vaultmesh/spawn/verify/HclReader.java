package io.vaultmesh.spawn.verify;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a file of HCL, the language of Terraform, down to its attributes. */
final class HclReader {

    private final String text;
    private int at;

    private HclReader(String text) {
        this.text = text;
    }

    /** The file as a block without a type. Throws if it is no HCL. */
    static HclBlock read(String text) throws IOException {
        HclReader reader = new HclReader(text);
        HclBlock file = reader.body("", List.of(), false);
        if (reader.at < text.length()) {
            throw reader.wrong("has a } that closes nothing");
        }
        return file;
    }

    /** Reads until the file or the block ends, without the brace that ends it. */
    private HclBlock body(String type, List<String> labels, boolean inBlock) throws IOException {
        Map<String, HclExpression> attributes = new LinkedHashMap<>();
        List<HclBlock> blocks = new ArrayList<>();
        for (skip(true); at < text.length() && text.charAt(at) != '}'; skip(true)) {
            String name = identifier();
            skip(false);
            if (here("=") && !here("==")) {
                at++;
                if (attributes.put(name, expression()) != null) {
                    throw wrong("sets " + name + " twice");
                }
            } else {
                blocks.add(block(name));
            }
        }
        if (inBlock && at == text.length()) {
            throw wrong("ends within block " + type);
        }
        return new HclBlock(type, labels, attributes, blocks);
    }

    private HclBlock block(String type) throws IOException {
        List<String> labels = new ArrayList<>();
        for (; !here("{"); skip(false)) {
            if (here("\"")) {
                int start = at + 1;
                string(new StringBuilder());
                labels.add(text.substring(start, at - 1));
            } else {
                labels.add(identifier());
            }
        }
        at++;
        HclBlock block = body(type, labels, true);
        at++;
        return block;
    }

    private String identifier() throws IOException {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (start == at || Character.isDigit(text.charAt(start)) || text.charAt(start) == '-') {
            throw wrong("has " + (at < text.length() ? "\"" + text.charAt(start) + "\"" : "its end")
                    + " where a name is expected");
        }
        return text.substring(start, at);
    }

    /** Reads to the end of the line, or of the block that has it; brackets go on over lines. */
    private HclExpression expression() throws IOException {
        int start = at;
        StringBuilder code = new StringBuilder();
        brackets(code, false);
        String source = text.substring(start, at).strip();
        if (source.isEmpty()) {
            throw wrong("has an attribute without a value");
        }
        return new HclExpression(source, code.toString());
    }

    /** Reads an expression; one in a template ends at the brace that ends that, and may go on over lines. */
    private void brackets(StringBuilder code, boolean inTemplate) throws IOException {
        Deque<Character> open = new ArrayDeque<>();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (open.isEmpty() && (c == '}' || (c == '\n' && !inTemplate))) {
                return;
            }
            if (c == '"') {
                string(code);
            } else if (c == '#' || here("//") || here("/*")) {
                comment();
            } else if (here("<<")) {
                heredoc(code);
            } else {
                if ("([{".indexOf(c) >= 0) {
                    open.push(")]}".charAt("([{".indexOf(c)));
                } else if (")]}".indexOf(c) >= 0 && (open.isEmpty() || open.pop() != c)) {
                    throw wrong("has a " + c + " that closes nothing");
                }
                code.append(c);
                at++;
            }
        }
        if (!open.isEmpty() || inTemplate) {
            throw wrong("ends before a " + (inTemplate ? '}' : open.pop()));
        }
    }

    /** Reads a quoted template; of its text nothing is code, but what stands in its braces is. */
    private void string(StringBuilder code) throws IOException {
        code.append('"');
        for (at++; !here("\""); at++) {
            if (at >= text.length() || text.charAt(at) == '\n') {
                throw wrong("has a quote that isn't closed");
            }
            if (text.charAt(at) == '\\') {
                at++;
            } else {
                template(code);
            }
        }
        code.append('"');
        at++;
    }

    /** Reads the code of a template if it begins here, up to the brace that ends it; a doubled mark is text. */
    private void template(StringBuilder code) throws IOException {
        if (here("$${") || here("%%{")) {
            at += 2;
        } else if (here("${") || here("%{")) {
            at += 2;
            code.append(' ');
            brackets(code, true);
            code.append(' ');
        }
    }

    private void heredoc(StringBuilder code) throws IOException {
        int end = lineEnd();
        String mark = text.substring(at + 2, end).replaceFirst("^-", "").strip();
        for (at = end + 1; at < text.length(); at = lineEnd() + 1) {
            if (text.substring(at, lineEnd()).strip().equals(mark)) {
                at = lineEnd();
                return;
            }
            for (int stop = lineEnd(); at < stop; at++) {
                template(code);
            }
        }
        throw wrong("ends before " + mark);
    }

    private int lineEnd() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void comment() throws IOException {
        if (here("/*")) {
            int end = text.indexOf("*/", at + 2);
            if (end < 0) {
                throw wrong("has a comment that isn't closed");
            }
            at = end + 2;
        } else {
            at = lineEnd();
        }
    }

    private void skip(boolean lines) throws IOException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n')) {
                at++;
            } else if (c == '#' || here("//") || here("/*")) {
                comment();
            } else {
                return;
            }
        }
    }

    private boolean here(String wanted) {
        return text.startsWith(wanted, at);
    }

    private IOException wrong(String problem) {
        long line = text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new IOException(problem + ", line " + line);
    }
}
