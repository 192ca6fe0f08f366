package org.postroom.agent.account;

/// Where an address's letters are read and handed in, as its domain tells.
///
/// @param access with TLS, at once or by STARTTLS: settings without it are none
/// @param source who told it, for people
/// @param vouched whether whoever told it proved to be the domain; else a person has to agree
public record Settings(Place.Net access, Place.Net submission, String source, boolean vouched) {

    @Override
    public String toString() {
        return access.url() + " and " + submission.url() + " (told by " + source + ")";
    }
}
