package org.postroom.bench;

import java.util.List;

/// What servers are set up with before a load comes. Rows on one stage share the servers that run on
/// it.
///
/// @param accounts how many, called `u0` and so on
/// @param hashing whether passwords are hashed as dearly by peers as by us; else as cheaply as can be
/// @param stock what is in their mailboxes from the beginning
record Stage(String name, int accounts, boolean hashing, List<Stock> stock) {

    static final String DOMAIN = "bench.test";
    static final String PASSWORD = "a bench to sit on";

    /// Messages in an account's INBOX.
    ///
    /// @param octets of each, about
    record Stock(int account, int messages, int octets) {}

    Stage(String name, int accounts, Stock... stock) {
        this(name, accounts, false, List.of(stock));
    }

    Stage {
        stock = List.copyOf(stock);
    }

    static String user(int account) {
        return "u" + account;
    }

    static String address(int account) {
        return user(account) + "@" + DOMAIN;
    }
}
