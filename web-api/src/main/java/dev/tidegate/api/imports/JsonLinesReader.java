package dev.tidegate.api.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** JSON Lines: one object per line. */
final class JsonLinesReader implements EntryReader {

    /** A lesson's body and room for escapes. */
    private static final int LONGEST_LINE = 1_500_000;

    private static final ObjectReader OBJECT = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final Kind kind;

    JsonLinesReader(Kind kind) {
        this.kind = kind;
    }

    @Override
    public void read(Path file, EntrySink sink) throws IOException {
        try (Reader text = TextFile.open(file)) {
            var lines = new Lines(text, LONGEST_LINE);
            int number = 0;
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    number++;
                    if (lines.tooLong()) {
                        sink.refuse(Flaw.at(
                                lines.number(), number, null, "is longer than " + LONGEST_LINE + " characters"));
                    } else {
                        entry(line, lines.number(), number, sink);
                    }
                }
            }
        }
    }

    private void entry(String text, int line, int number, EntrySink sink) {
        JsonNode object;
        try {
            object = OBJECT.readTree(text);
        } catch (JsonProcessingException e) {
            sink.refuse(Flaw.at(
                    line,
                    number,
                    null,
                    "is not valid JSON at column "
                            + (e.getLocation() == null ? 1 : e.getLocation().getColumnNr())));
            return;
        }
        if (!object.isObject()) {
            sink.refuse(Flaw.at(line, number, null, "is not a JSON object"));
            return;
        }
        var texts = new HashMap<String, String>();
        var lists = new HashMap<String, List<String>>();
        boolean sound = true;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String message = take(field.getKey(), field.getValue(), texts, lists);
            if (message != null) {
                sound = false;
                sink.refuse(Flaw.at(line, number, shown(field.getKey()), message));
            }
        }
        if (sound) {
            sink.accept(new Entry(number, line, texts, lists));
        }
    }

    private @Nullable String take(
            String field, JsonNode value, Map<String, String> texts, Map<String, List<String>> lists) {
        if (!kind.knows(field)) {
            return "is no field of " + kind.column();
        }
        if (value.isNull()) {
            return null;
        }
        if (kind.texts().contains(field)) {
            if (!value.isTextual() && !value.isNumber()) {
                return "takes a text or a number";
            }
            texts.put(field, value.asText());
            return null;
        }
        if (!value.isArray()
                || !StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual)) {
            return "takes an array of texts";
        }
        var items = new ArrayList<String>();
        value.forEach(item -> items.add(item.asText()));
        lists.put(field, items);
        return null;
    }

    /** A name out of the file, short enough for an error. */
    private static String shown(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }
}
