package org.postroom.server.http;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.store.Account;
import org.postroom.store.FilePath;
import org.postroom.store.Refused;
import org.postroom.store.Upload;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A house with an account that has files, and a browser at its door.
abstract class AlicesFiles {

    static final String ALICE = basic("alice@example.test");

    TestHouse house;
    Account account;
    Browser browser;

    @BeforeEach
    void open() throws Exception {
        house = new TestHouse();
        account = house.account("alice@example.test");
        browser = new Browser(house);
    }

    @AfterEach
    void close() throws Exception {
        browser.close();
        house.close();
    }

    static String basic(String name) {
        byte[] pair = (name + ":letmein").getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
    }

    static FilePath path(String path) throws Refused {
        return FilePath.ROOT.resolve(path);
    }

    void store(String path, String text) throws Exception {
        try (var upload = account.files().upload(path(path), new Upload.Place.Whole())) {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            upload.write(octets, 0, octets.length);
            upload.commit();
        }
    }

    String stored(String path) throws Exception {
        try (var in = account.files().open(path(path)).read()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
