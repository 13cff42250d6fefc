package io.ordeal.sample.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DocumentIndexTest {

    private final DocumentIndex index = new DocumentIndex(3);

    @Test
    void findsADocumentOnlyOnceItIsIndexed() {
        index.store(1, "Title", "Some Words", 10);
        assertThat(index.search("words", 10)).isEmpty();
        assertThat(index.pending()).isEqualTo(1);
        index.index(1);
        assertThat(found("words")).containsExactly(1L);
        assertThat(found("TITLE some")).containsExactly(1L);
        assertThat(index.pending()).isZero();
    }

    @Test
    void wantsAllWordsAndGivesTheNewestFirst() {
        store(1, "red apple");
        store(2, "red pear");
        store(3, "red apple pie");
        assertThat(found("red apple")).containsExactly(3L, 1L);
        assertThat(found("red plum")).isEmpty();
        assertThat(found(" ,. ")).isEmpty();
        assertThat(index.search("red", 2)).hasSize(2);
    }

    @Test
    void givesUpTheOldestWithItsBytesAndItsWords() {
        store(1, "one");
        store(2, "two");
        store(3, "three");
        assertThat(index.store(4, "", "four", 10)).isEqualTo(Optional.of(1L));
        assertThat(found("one")).isEmpty();
        assertThat(index.find(1)).isEmpty();
        assertThat(index.bytes()).isEqualTo(30);
        assertThat(index.size()).isEqualTo(3);
    }

    private void store(long id, String text) {
        index.store(id, "", text, 10);
        index.index(id);
    }

    private List<Long> found(String query) {
        return index.search(query, 10).stream().map(DocumentIndex.Document::id).toList();
    }
}
