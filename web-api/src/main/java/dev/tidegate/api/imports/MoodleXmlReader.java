package dev.tidegate.api.imports;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Moodle's question bank as XML: types multichoice with one right answer, and truefalse.
 *
 * <p>Document types and external entities are refused, so a file can neither read ours nor expand without bound.
 */
final class MoodleXmlReader implements EntryReader {

    /** The JDK's own: whatever else is on the class path may know other defaults. */
    private static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    @Override
    public void read(Path file, EntrySink sink) throws IOException {
        try (Reader text = new BoundedMarkup(TextFile.open(file))) {
            XMLStreamReader xml = FACTORY.createXMLStreamReader(text);
            try {
                questions(xml, sink);
            } catch (XMLStreamException e) {
                sink.refuse(Flaw.at(xml.getLocation().getLineNumber(), 0, null, "is not well-formed XML"));
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            sink.refuse(Flaw.ofFile("is not well-formed XML"));
        }
    }

    private static void questions(XMLStreamReader xml, EntrySink sink) throws XMLStreamException {
        String topic = "";
        int number = 0;
        boolean quiz = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                sink.refuse(Flaw.at(
                        xml.getLocation().getLineNumber(), 0, null, "has a document type, which is not accepted"));
                return;
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (!quiz) {
                if (!xml.getLocalName().equals("quiz")) {
                    sink.refuse(Flaw.ofFile("is not a Moodle question bank: its root is not <quiz>"));
                    return;
                }
                quiz = true;
            } else if (xml.getLocalName().equals("question")) {
                var question = MoodleQuestion.read(xml);
                if (question.isCategory()) {
                    topic = Categories.topic(question.category());
                } else {
                    number++;
                    question.give(number, topic, sink);
                }
            }
        }
    }
}
