package org.postroom.names;

import java.util.List;

/// What the domain name system says to a question.
///
/// @param <T> what was asked for
public sealed interface Answer<T> {

    /// There are such records; never an empty list.
    record Found<T>(List<T> values) implements Answer<T> {
        public Found {
            values = List.copyOf(values);
        }
    }

    /// The name exists, without such records (RFC 2308 §2.2).
    record NoData<T>() implements Answer<T> {}

    /// There is no such name (RFC 2308 §2.1).
    record NoName<T>() implements Answer<T> {}

    /// It can't be known now: no server answered, or none was able to. Ask again later.
    ///
    /// @param why for the log and the sender, in words
    record Failed<T>(String why) implements Answer<T> {}
}
