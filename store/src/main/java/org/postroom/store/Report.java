package org.postroom.store;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What [Store#check] found in a home.
public record Report(
        long accounts,
        long mailboxes,
        long messages,
        long files,
        long blobs,
        List<Finding> findings) {

    public Report {
        findings = List.copyOf(findings);
    }

    /// Two things that do not agree.
    ///
    /// @param account whose, as hex, or `directory`, or what else there is
    public record Finding(Kind kind, String account, String what) {}

    public enum Kind {
        /// A row that can't be read, or stands beside none that it needs.
        ROW,
        /// The quota row says other than the rows added.
        QUOTA,
        /// A mailbox row's totals say other than its messages.
        MAILBOX,
        /// A row names a blob that is not there, or not as a whole: data was lost.
        DANGLING_BLOB,
        /// A blob that no row names; harmless, the sweeper's work.
        UNNAMED_BLOB,
        /// A file among the blobs that is none of ours; harmless, and left alone.
        FOREIGN_FILE,
        /// The directory and an account do not name each other.
        ACCOUNT,
        /// What is left of a removed account; harmless, the sweeper's work.
        UNNAMED_ACCOUNT
    }

    private static final Set<Kind> HARMLESS =
            EnumSet.of(Kind.UNNAMED_BLOB, Kind.UNNAMED_ACCOUNT, Kind.FOREIGN_FILE);

    /// Whether all agrees but for what the sweeper will remove, or is none of ours.
    public boolean sound() {
        return findings.stream().allMatch(finding -> HARMLESS.contains(finding.kind()));
    }
}
