package org.postroom.agent.access;

import org.postroom.agent.account.Hindrance;
import org.postroom.imap.Flag;
import org.postroom.imap.SearchKey;
import org.postroom.mime.Source;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A person's letters at a server, one mailbox open at a time. Numbers are the mailbox's from 1 on; they
/// stay with their letters until it is opened again, whatever others remove meanwhile.
///
/// What a server does not offer is a [Hindrance] that says so.
public sealed interface Access extends AutoCloseable permits ImapAccess, Pop3Access {

    /// Opens a mailbox; it may be the one that is open, which is then numbered anew.
    void open(String mailbox) throws Hindrance;

    /// The name of the open one.
    String mailbox();

    boolean isReadOnly();

    /// The highest number. Some below it may be gone.
    int last();

    /// How many letters are there.
    int size();

    /// The number of the letter at a place in their order, from 0 on.
    int number(int place);

    /// The place of a letter, or of the one behind where it would be.
    int place(int number);

    /// The lines of the index between two numbers, those that are gone left out.
    List<Row> rows(int from, int to) throws Hindrance;

    /// The numbers of the letters that a condition holds for, searched for where they lie.
    List<Integer> search(SearchKey key) throws Hindrance;

    /// The numbers in the order of their threads, and below how many others each stands.
    List<Level> threads() throws Hindrance;

    /// How deep a letter stands in its thread.
    record Level(int number, int depth) {}

    /// All of a letter, without marking it.
    Fetched fetch(Row row) throws Hindrance;

    /// As much of a letter as is shown: what a large one has attached stays where it is.
    Fetched fetchToRead(Row row) throws Hindrance;

    /// A part of a letter, by its number as IMAP writes it, as it was encoded.
    ///
    /// @throws Hindrance when there is no such part
    Source fetchPart(Row row, String section) throws Hindrance;

    void mark(List<Row> rows, Flag flag, boolean on) throws Hindrance;

    void copy(List<Row> rows, String mailbox) throws Hindrance;

    void move(List<Row> rows, String mailbox) throws Hindrance;

    /// Brings back what was moved last, and opens the mailbox anew.
    ///
    /// @return whether there was anything
    boolean bringBack() throws Hindrance;

    /// Removes for good what is marked `\Deleted`; says how many.
    int expunge() throws Hindrance;

    List<Mailbox> mailboxes(String pattern) throws Hindrance;

    /// How many letters are in a mailbox that is not open, and how many of them are new.
    Optional<Count> count(String mailbox) throws Hindrance;

    record Count(long messages, long unseen) {}

    void create(String mailbox) throws Hindrance;

    void rename(String from, String to) throws Hindrance;

    void remove(String mailbox) throws Hindrance;

    /// The mailbox that serves a use, if there is one.
    Optional<String> serving(Mailbox.Use use) throws Hindrance;

    /// Puts a letter into a mailbox.
    ///
    /// @return its UID, where the server tells it
    OptionalLong append(String mailbox, List<Flag> flags, Source letter) throws Hindrance;

    /// Hears what is new in the open mailbox: how many letters came.
    int news() throws Hindrance;

    /// Takes leave; in POP3 this is when letters are removed.
    @Override
    void close() throws Hindrance;
}
