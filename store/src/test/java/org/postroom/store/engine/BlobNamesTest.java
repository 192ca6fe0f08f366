package org.postroom.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.Stream;

class BlobNamesTest {

    @Test
    void whatWasAddedIsFoundAndNothingElse() {
        var names = new BlobNames();
        var added = Stream.generate(BlobId::random).limit(20_000).toList();
        added.forEach(names::add);
        added.forEach(names::add); // several rows name one blob
        assertThat(added).allMatch(names::contains);
        assertThat(Stream.generate(BlobId::random).limit(20_000)).noneMatch(names::contains);
        var late = BlobId.random();
        names.add(late);
        assertThat(names.contains(late)).isTrue();
    }
}
