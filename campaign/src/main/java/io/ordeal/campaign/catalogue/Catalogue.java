package io.ordeal.campaign.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What ships with Ordeal: every document in the folders `campaigns` and `faults` of the class path.
public final class Catalogue {
    private static final String CAMPAIGNS = "/campaigns";
    private static final String FAULTS = "/faults";
    private static final String ENDING = ".yaml";

    private Catalogue() {}

    /// A campaign or a ready fault.
    ///
    /// @param id by which it is asked for: the name of its file without the ending
    /// @param text the document
    public record Entry(String id, String text) {
        /// Returns how messages name the document.
        public String label() {
            return "catalogue:" + id + ENDING;
        }
    }

    /// Returns all campaigns, by id.
    public static List<Entry> entries() {
        return entries(CAMPAIGNS);
    }

    /// Returns all ready faults, by id.
    public static List<Entry> faults() {
        return entries(FAULTS);
    }

    /// Returns the ready fault of that id, in whatever case it is written.
    public static Optional<Entry> fault(String id) {
        return faults().stream()
                .filter(entry -> entry.id().equalsIgnoreCase(id))
                .findFirst();
    }

    private static List<Entry> entries(String folder) {
        try {
            var resource = Catalogue.class.getResource(folder);
            if (resource == null) {
                return List.of();
            }
            return entries(resource.toURI(), folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Returns the campaign of that id.
    public static Optional<Entry> entry(String id) {
        return entries().stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    private static List<Entry> entries(URI folder, String name) throws IOException {
        if (!folder.getScheme().equals("jar")) {
            return entries(Path.of(folder));
        }
        try (var jar = FileSystems.newFileSystem(folder, Map.of())) {
            return entries(jar.getPath(name));
        }
    }

    private static List<Entry> entries(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .map(Catalogue::entry)
                    .toList();
        }
    }

    private static Entry entry(Path file) {
        var name = file.getFileName().toString();
        try {
            return new Entry(name.substring(0, name.length() - ENDING.length()), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
