package org.postroom.logbook;

/// How a log line is written.
public enum Format {
    /// `name=value`, quoted where it must be: for people and for grep.
    LOGFMT,
    /// One JSON object a line: for programs.
    JSON
}
