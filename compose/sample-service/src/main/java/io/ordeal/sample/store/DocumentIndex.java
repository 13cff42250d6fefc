package io.ordeal.sample.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The documents and the words by which they are found. A document is stored first and becomes searchable when it is
/// indexed.
public final class DocumentIndex {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final int MOST_WORDS = 200;
    private static final int EXCERPT = 80;

    /// A document without its text.
    ///
    /// @param id rises with every document
    /// @param excerpt the beginning of its text
    /// @param bytes the size of its text
    public record Document(long id, String title, String excerpt, long bytes, boolean indexed) {}

    private record Entry(Document document, Set<String> words) {}

    private final TreeMap<Long, Entry> documents = new TreeMap<>();
    private final Map<String, NavigableSet<Long>> byWord = new HashMap<>();
    private final int bound;
    private long bytes;
    private int pending;

    /// @param bound how many documents are kept
    public DocumentIndex(int bound) {
        this.bound = bound;
    }

    /// Stores a document that is not searchable yet, and gives up the oldest if there are too many: its id is
    /// returned.
    public Optional<Long> store(long id, String title, String text, long size) {
        Document document = new Document(id, title, text.substring(0, Math.min(EXCERPT, text.length())), size, false);
        documents.put(id, new Entry(document, words(title + " " + text)));
        bytes += size;
        pending++;
        return documents.size() > bound ? Optional.of(remove(documents.firstKey())) : Optional.empty();
    }

    /// Makes a stored document searchable; does nothing if it is gone or is searchable already.
    public void index(long id) {
        Entry entry = documents.get(id);
        if (entry == null || entry.document.indexed) {
            return;
        }
        Document it = entry.document;
        Document indexed = new Document(id, it.title, it.excerpt, it.bytes, true);
        documents.put(id, new Entry(indexed, entry.words));
        pending--;
        for (String word : entry.words) {
            byWord.computeIfAbsent(word, _ -> new TreeSet<>()).add(id);
        }
    }

    /// The newest documents that have all words of `query`, newest first; none for a query without a word.
    public List<Document> search(String query, int limit) {
        List<NavigableSet<Long>> sets = new ArrayList<>();
        for (String word : words(query)) {
            sets.add(byWord.getOrDefault(word, new TreeSet<>()));
        }
        List<Document> found = new ArrayList<>();
        if (sets.isEmpty()) {
            return found;
        }
        sets.sort(Comparator.comparingInt(Set::size));
        for (Long id : sets.getFirst().descendingSet()) {
            if (found.size() == limit) {
                break;
            }
            if (sets.stream().allMatch(set -> set.contains(id))) {
                find(id).ifPresent(found::add);
            }
        }
        return found;
    }

    /// The document with this id.
    public Optional<Document> find(long id) {
        return Optional.ofNullable(documents.get(id)).map(Entry::document);
    }

    /// The size of all texts.
    public long bytes() {
        return bytes;
    }

    /// How many documents there are.
    public int size() {
        return documents.size();
    }

    /// How many of them are not searchable yet.
    public int pending() {
        return pending;
    }

    private long remove(long id) {
        Entry entry = documents.remove(id);
        if (entry == null) {
            return id;
        }
        bytes -= entry.document.bytes;
        pending -= entry.document.indexed ? 0 : 1;
        for (String word : entry.words) {
            NavigableSet<Long> ids = byWord.get(word);
            if (ids != null && ids.remove(id) && ids.isEmpty()) {
                byWord.remove(word);
            }
        }
        return id;
    }

    private static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (words.size() < MOST_WORDS && matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }
}
