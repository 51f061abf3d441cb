package dev.tidegate.api.imports;

import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** The text of HTML: blocks become lines, pictures and sounds their names, everything else loses its markup. */
final class HtmlText {

    private static final Set<String> LINES = Set.of(
            "p",
            "div",
            "br",
            "li",
            "ul",
            "ol",
            "tr",
            "table",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "pre",
            "blockquote");
    private static final Set<String> HIDDEN = Set.of("script", "style", "head", "template");
    private static final Pattern SPACES_AROUND_BREAKS = Pattern.compile("[ \\u00a0]*\\n[ \\u00a0]*");
    private static final Pattern MANY_BREAKS = Pattern.compile("\\n{3,}");
    private static final Pattern SPACES = Pattern.compile("[ \\t\\r\\n]+");

    private HtmlText() {}

    static String of(String html) {
        if (html.indexOf('<') < 0 && html.indexOf('&') < 0) {
            return html.strip();
        }
        var text = new StringBuilder();
        NodeTraversor.traverse(new Writer(text), Jsoup.parseBodyFragment(html).body());
        String lines = SPACES_AROUND_BREAKS.matcher(text).replaceAll("\n");
        return MANY_BREAKS
                .matcher(lines)
                .replaceAll("\n\n")
                .replace('\u00a0', ' ')
                .strip();
    }

    private record Writer(StringBuilder text) implements NodeVisitor {

        @Override
        public void head(Node node, int depth) {
            switch (node) {
                case TextNode words
                when !isHidden(words) ->
                    text.append(SPACES.matcher(words.getWholeText()).replaceAll(" "));
                case Element element when LINES.contains(element.normalName()) -> text.append('\n');
                case Element image
                when image.normalName().equals("img") ->
                    text.append("[image: ").append(fileName(image.attr("src"))).append(']');
                default -> {}
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element
                    && LINES.contains(element.normalName())
                    && !element.normalName().equals("br")) {
                text.append('\n');
            }
        }

        private static boolean isHidden(TextNode words) {
            return words.parent() instanceof Element parent && HIDDEN.contains(parent.normalName());
        }

        private static String fileName(String path) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            return name.length() <= 80 ? name : name.substring(0, 80);
        }
    }
}
