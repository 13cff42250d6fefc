package io.ordeal.campaign.read;

import io.ordeal.campaign.document.FaultFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads the documents of ready faults. Pure.
public final class FaultFileReader {
    private final Problems problems = new Problems();

    private FaultFileReader() {}

    /// What came of reading one.
    public sealed interface Result {
        /// A good one.
        record Good(FaultFile fault) implements Result {}

        /// Every problem of the document, in its order.
        record Bad(List<DocumentProblem> problems) implements Result {
            public Bad {
                problems = List.copyOf(problems);
            }
        }
    }

    /// Reads a document.
    ///
    /// @param label how messages name it
    public static Result read(String label, String text) {
        var reader = new FaultFileReader();
        var fault = YamlTree.read(Source.of(label, text), reader.problems)
                .flatMap(root -> Fields.open(root, Keys.FAULT_FILE, Keys.FAULT_FILE.what(), reader.problems))
                .flatMap(reader::file);
        return fault.isPresent() && reader.problems.none()
                ? new Result.Good(fault.get())
                : new Result.Bad(reader.problems.sorted());
    }

    private Optional<FaultFile> file(Fields fields) {
        var id = fields.required("id", Values::name);
        var name = fields.required("name", Values::text);
        var description = fields.optional("description", Values::text).orElse("");
        var expect = fields.required("expect", Values::text);
        var length = fields.required("for", Values.duration(FaultReader.SHORTEST, FaultReader.LONGEST));
        var parts =
                fields
                        .required("faults", (value, found) -> Values.list(value, "`faults`", found))
                        .orElse(List.of())
                        .stream()
                        .flatMap(item -> part(item, length.orElse(FaultReader.SHORTEST)).stream())
                        .toList();
        return id.flatMap(known -> name.flatMap(
                title -> expect.map(wish -> new FaultFile(known, title, description.strip(), wish.strip(), parts))));
    }

    private Optional<FaultFile.Part> part(Yaml value, Duration length) {
        return Fields.open(value, Keys.FAULT_PART, "a fault", problems).flatMap(fields -> {
            if (!fields.has("kind")) {
                return fields.required("kind", Values::name).flatMap(_ -> Optional.<FaultFile.Part>empty());
            }
            var on = fields.optional("on", Values::name);
            var at = fields.optional("at", Values.duration(FaultReader.SHORTEST, FaultReader.LONGEST));
            var own = fields.optional("for", Values.duration(FaultReader.SHORTEST, FaultReader.LONGEST));
            var fraction = fields.optional("fraction", Values::fraction);
            var ramp = fields.optional("ramp", Values::duration);
            return FaultReader.kind(fields)
                    .map(kind -> new FaultFile.Part(
                            kind,
                            on,
                            FaultReader.parameters(fields, kind, problems),
                            at.orElse(Duration.ZERO),
                            own.orElse(length),
                            fraction.orElse(1.0),
                            ramp.orElse(Duration.ZERO)));
        });
    }
}
