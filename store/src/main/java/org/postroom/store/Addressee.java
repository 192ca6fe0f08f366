package org.postroom.store;

/// Who a letter is for, or who signs in, in the one form that is compared and stored: the local part
/// case-folded in NFC (DECISIONS, Directory), the domain as lower-case A-labels.
///
/// @param localPart without quotes; empty never
/// @param domain an A-label domain or a domain literal
public record Addressee(String localPart, String domain) {

    /// @throws Refused BAD_ADDRESS
    public static Addressee of(String address) throws Refused {
        return Unwritten.yet();
    }

    /// From the parts that a grammar found, quoting already undone.
    ///
    /// @throws Refused BAD_ADDRESS
    public static Addressee of(String localPart, String domain) throws Refused {
        return Unwritten.yet();
    }

    /// For people: the domain in its own script.
    public String shown() {
        return Unwritten.yet();
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
