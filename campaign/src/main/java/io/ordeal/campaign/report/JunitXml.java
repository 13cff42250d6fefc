package io.ordeal.campaign.report;

import io.ordeal.campaign.screen.Evidence;
import io.ordeal.campaign.screen.Figures;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.Verdict;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes `junit.xml`: one suite for the campaign, one test case for each objective, each fault and the evidence.
/// Names
/// hold no values, so that histories of runs join. What failed is a failure, what cannot be said an error; what only
/// warns passes, and says so.
final class JunitXml {
    private record Case(String name, Verdict verdict, String message, double seconds) {}

    private JunitXml() {}

    static String text(RunResult result) {
        var cases = cases(result);
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            suite(xml, result, cases);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string can always be written to", e);
        }
        return text + "\n";
    }

    private static void suite(XMLStreamWriter xml, RunResult result, List<Case> cases) throws XMLStreamException {
        var verdict = result.verdict();
        xml.writeStartElement("testsuite");
        attribute(xml, "name", verdict.campaign());
        attribute(xml, "tests", String.valueOf(cases.size()));
        attribute(xml, "failures", String.valueOf(count(cases, Verdict.FAIL)));
        attribute(xml, "errors", String.valueOf(count(cases, Verdict.INCONCLUSIVE)));
        attribute(xml, "skipped", "0");
        attribute(xml, "time", seconds(length(result)));
        attribute(xml, "timestamp", verdict.startedAt().toString());
        xml.writeCharacters("\n  ");
        xml.writeStartElement("properties");
        Map<String, String> properties = new TreeMap<>(Map.of(
                "run", result.run(),
                "verdict", verdict.verdict().name(),
                "seed", String.valueOf(result.plan().campaign().settings().seed()),
                "plan", result.plan().hash()));
        for (var property : properties.entrySet()) {
            xml.writeCharacters("\n    ");
            xml.writeEmptyElement("property");
            attribute(xml, "name", property.getKey());
            attribute(xml, "value", property.getValue());
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
        for (var one : cases) {
            write(xml, one, verdict.campaign());
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private static void write(XMLStreamWriter xml, Case one, String campaign) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        attribute(xml, "name", one.name());
        attribute(xml, "classname", campaign);
        attribute(xml, "time", seconds(one.seconds()));
        if (one.verdict() == Verdict.WARN) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement("system-out");
            xml.writeCharacters(clean("WARN: " + one.message()));
            xml.writeEndElement();
            xml.writeCharacters("\n  ");
        } else if (one.verdict() != Verdict.PASS) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement(one.verdict() == Verdict.FAIL ? "failure" : "error");
            attribute(xml, "type", one.verdict().name().toLowerCase(Locale.ROOT));
            attribute(xml, "message", one.message());
            xml.writeEndElement();
            xml.writeCharacters("\n  ");
        }
        xml.writeEndElement();
    }

    private static List<Case> cases(RunResult result) {
        var cases = new ArrayList<Case>();
        double seconds = length(result);
        result.verdict()
                .objectives()
                .forEach(objective ->
                        cases.add(new Case(objective.name(), objective.verdict(), message(objective), seconds)));
        result.verdict()
                .faults()
                .forEach(fault -> cases.add(new Case(
                        "fault " + fault.fault() + " is applied and reverted",
                        fault.confirmed() ? Verdict.PASS : Verdict.INCONCLUSIVE,
                        fault.reason(),
                        length(fault))));
        for (var evidence : Evidence.of(result.verdict())) {
            if (evidence.what().equals("load delivered") || evidence.what().equals("events accounted")) {
                cases.add(new Case(
                        evidence.what(),
                        evidence.standing() == Evidence.Standing.GOOD ? Verdict.PASS : Verdict.INCONCLUSIVE,
                        evidence.value(),
                        seconds));
            }
        }
        return cases;
    }

    private static String message(ObjectiveVerdict objective) {
        var unit = Figures.unit(objective.unit());
        var observed = objective
                .observed()
                .map(value -> Figures.observed(value, objective.limit(), unit) + ", ")
                .orElse("");
        return observed + "limit " + Figures.value(objective.limit(), unit) + ", " + objective.windowsFailed() + " of "
                + objective.windows() + " windows out"
                + (objective.reason().isBlank() ? "" : "; " + objective.reason());
    }

    private static double length(RunResult result) {
        return Duration.between(result.verdict().startedAt(), result.verdict().endedAt())
                        .toMillis()
                / 1e3;
    }

    private static double length(FaultVerdict fault) {
        return fault.appliedAt()
                .flatMap(from ->
                        fault.revertedAt().map(to -> Duration.between(from, to).toMillis() / 1e3))
                .orElse(0.0);
    }

    private static long count(List<Case> cases, Verdict verdict) {
        return cases.stream().filter(one -> one.verdict() == verdict).count();
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    /// XML 1.0 has no way to write most control characters.
    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, clean(value));
    }

    private static String clean(String value) {
        return value.codePoints()
                .filter(c -> c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || (c >= 0x20 && c <= 0xD7FF)
                        || (c >= 0xE000 && c <= 0xFFFD)
                        || c >= 0x10000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
